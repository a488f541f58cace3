"""A stand-in for the Quarto command, and the sample report."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest


class StandIn:
    """The stand-in command, and what it was called with."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch
        self.command = folder / "bin" / "quarto"
        self.command.parent.mkdir()
        script = Path(__file__).with_name("stand_in.py")
        self.command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
        self.command.chmod(0o755)
        patch.setenv("STAND_IN_RECORD", str(folder))
        patch.setenv("QUARTO_PATH", str(self.command))

    def be(self, mode: str = "", *, version: str = "1.10.3") -> None:
        """Let it misbehave, or be of another version."""
        self._patch.setenv("STAND_IN", mode)
        self._patch.setenv("STAND_IN_VERSION", version)

    @property
    def calls(self) -> list[dict[str, Any]]:
        """What each render was called with."""
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("call-*.json"))]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Put the stand-in where Quarto is looked for."""
    return StandIn(tmp_path, monkeypatch)
