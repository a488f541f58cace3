"""Install the kernel name: ``python -m reporting.kernels install [PREFIX]``."""

import sys

from reporting.kernels.spec import install_kernelspec


def main(arguments: list[str]) -> int:
    """Run the command; gives its exit code."""
    if not arguments or arguments[0] != "install" or len(arguments) > 2:
        sys.stderr.write("用法：python -m reporting.kernels install [安装前缀]\n")
        return 2
    folder = install_kernelspec(arguments[1] if len(arguments) == 2 else sys.prefix)
    sys.stdout.write(f"已安装内核：{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
