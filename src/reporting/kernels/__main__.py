"""Tell Jupyter of us: ``python -m reporting.kernels install [PREFIX]``."""

import sys

from reporting.documents.html.by_hand import install_pages
from reporting.kernels.spec import install_kernelspec


def main(arguments: list[str]) -> int:
    """Run the command; gives its exit code."""
    if not arguments or arguments[0] != "install" or len(arguments) > 2:
        sys.stderr.write("用法：python -m reporting.kernels install [安装前缀]\n")
        return 2
    prefix = arguments[1] if len(arguments) == 2 else sys.prefix
    sys.stdout.write(f"已安装内核：{install_kernelspec(prefix)}\n")
    if install_pages(prefix) is None:
        sys.stdout.write("jupyter nbconvert 已有别的设置，未作改动；它生成的网页可能要访问外网。\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
