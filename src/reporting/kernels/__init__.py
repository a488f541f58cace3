"""Kernels that start warm: forked from a process that has loaded the libraries already.

Anybody's papermill or nbclient gets one by the kernel name ``reporting``; every notebook still
has a fresh process of its own. `reporting.kernels.spec` installs that name,
`reporting.kernels.provisioner` starts the kernels, `reporting.kernels.confine` bounds them.
"""

from reporting.kernels.confine import CUT_OFF, network_state
from reporting.kernels.forks import shared_server
from reporting.kernels.spec import KERNEL_NAME, install_kernelspec

__all__ = ["CUT_OFF", "KERNEL_NAME", "install_kernelspec", "network_state", "shared_server"]
