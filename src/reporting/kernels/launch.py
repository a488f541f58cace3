"""Become a kernel: the same steps in a forked process and in one that was started anew."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reporting.kernels.confine import confine
from reporting.kernels.guard.install import install, lock


def main() -> None:
    """Serve as the kernel of ``python -m reporting.kernels.launch -f FILE``."""
    if not sys.flags.safe_path:
        del sys.path[0]  # the working folder, where a file may have the name of a library
    confine()
    lock()
    run_kernel(sys.argv[1:])


def run_kernel(arguments: Sequence[str], **traits: Any) -> None:
    """Serve as an ipykernel until it is told to end."""
    application = kernel_application()
    kernel = application.instance(
        outstream_class="reporting.kernels.streams.BoundedStream", **traits
    )
    kernel.initialize(list(arguments))
    install(kernel.shell)
    kernel.start()


def kernel_application() -> Any:
    """Import ipykernel without its debugger, which takes longer to load than all the rest."""
    with _hidden("debugpy"):
        import ipykernel.debugger  # noqa: F401
    from reporting.kernels.application import KernelApplication

    return KernelApplication


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    modules: dict[str, Any] = sys.modules
    missing = module not in modules
    modules.setdefault(module, None)
    try:
        yield
    finally:
        if missing:
            del modules[module]


if __name__ == "__main__":
    main()
