"""The commit that the running package was checked out at."""

import os
import subprocess

from reporting.publish.keys.package import PACKAGE


def commit() -> str:
    """Name the commit whose files the package holds.

    Empty where it is of none: not under Git, changed since, or only lying in the folder of
    another project that is, as an installed package does.
    """
    if not _git("ls-files", "--", "__init__.py") or _git("status", "--porcelain", "--", "."):
        return ""
    return _git("rev-parse", "HEAD")


def _git(*arguments: str) -> str:
    """Give what Git says; nothing where it is not there or refuses."""
    # What a hook of Git sets would lead to its repository instead of the package's.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=PACKAGE, env=env, capture_output=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""
