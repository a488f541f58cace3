"""What the fork server does once, so that no kernel has to."""

import importlib
import sys
import warnings
from decimal import Decimal

_LIBRARIES = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "tornado.platform.asyncio",
    "faulthandler",
    "reporting.kernels.streams",
    "reporting.notebook",
    "reporting.exhibits.show",
)


def warm_up() -> None:
    """Load libraries and fonts; nothing that a notebook could notice may stay behind."""
    from reporting.kernels.launch import kernel_application

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kernel_application()
        for name in _LIBRARIES:
            importlib.import_module(name)
        _draw()
        _read_words()
    # A warning that was given here would not be given again where somebody reads it.
    for module in list(sys.modules.values()):
        getattr(module, "__warningregistry__", {}).clear()


def _draw() -> None:
    from reporting.documents.exhibit import Exhibit
    from reporting.exhibits.charts import QuarterPoint, plan_actual_chart

    point = QuarterPoint(quarter=1, plan=Decimal(1), actual=Decimal(1))
    figure = plan_actual_chart([point], measure="示例", unit="亿元")
    Exhibit(blocks=(figure,))._repr_mimebundle_()


def _read_words() -> None:
    from reporting.language.periods import times_in

    times_in("6月底前完成", None)
