"""The kernel's application: ipykernel's own, with an end that does not wait for itself."""

from ipykernel.kernelapp import IPKernelApp


class KernelApplication(IPKernelApp):
    """Ends its threads in the order in which they wait for each other.

    The control thread, while it answers the request to end, waits for the thread that publishes
    output, which ipykernel stops as soon as the main thread is through. Where that comes first,
    the kernel hangs until its manager loses patience and kills it.
    """

    def start(self) -> None:
        """Serve until told to end, and let the control thread finish its answer."""
        super().start()  # type: ignore[no-untyped-call]
        control = self.control_thread
        if control is not None and control.is_alive():
            control.stop()
            control.join()
