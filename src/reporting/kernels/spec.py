"""The kernel name ``reporting``: what jupyter_client needs to know to start such a kernel."""

import json
import sys
from pathlib import Path
from typing import Any

KERNEL_NAME = "reporting"
PROVISIONER = "reporting-fork"
LAUNCHER = "reporting.kernels.launch"


def kernelspec(*, cold: bool = False, python: str = "python") -> dict[str, Any]:
    """Describe the kernel, as ``kernel.json`` does; a cold one starts Python anew."""
    return {
        "argv": [
            python, "-m", LAUNCHER, "-f", "{connection_file}",
            # Kernels side by side would quarrel about one history file.
            "--HistoryManager.enabled=False",
        ],
        "display_name": "Python 3 (reporting)",
        "language": "python",
        "metadata": {
            "debugger": False,
            "kernel_provisioner": {"provisioner_name": PROVISIONER, "config": {"cold": cold}},
        },
    }  # fmt: skip


def install_kernelspec(prefix: str | Path = sys.prefix) -> Path:
    """Write ``kernel.json`` below a prefix (a virtual environment); gives its folder."""
    folder = Path(prefix, "share", "jupyter", "kernels", KERNEL_NAME)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kernelspec(), indent=1, sort_keys=True)
    (folder / "kernel.json").write_text(f"{text}\n", encoding="utf-8")
    return folder
