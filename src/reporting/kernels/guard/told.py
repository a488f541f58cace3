"""What was refused: said by the kernel, a line each, and read by whoever runs the notebook."""

import json
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

GUARD = "REPORTING_KERNEL_GUARD"
"""Environment variable that names the file; without it nothing is refused."""

_DECLARE = "请放进项目文件夹，在 params 的 inputs 中为这个笔记本声明"
SENTENCES = {
    "read": "读取了没有声明的文件：{what}。" + _DECLARE + "。",
    "list": "查看了没有声明的文件夹：{what}。请在 params 的 inputs 中逐个声明要读的文件。",
    "write": "改动了自己文件夹以外的文件：{what}。笔记本只能写自己的临时文件。",
    "network": "访问了网络：{what}。请把内容存成文件，在 params 的 inputs 中声明。",
    "command": "运行了别的程序：{what}。请先另行运行，把结果存成文件，在 params 的 inputs 中声明。",
    "variable": "读取了环境变量：{what}。请把用到的值写在笔记本里。",
    "clock": "读取了当前时间：{what}。每次都会不同；日期请用报告自己的，如 assessment.issued_on。",
    "chance": "用了没有种子的随机数：{what}。每次都会不同；请给出固定的种子。",
}
"""What is said of each kind of refusal."""


class NotDeclared(PermissionError):
    """A notebook wanted what it has not declared."""


class NoTerminal(RuntimeError):
    """A notebook wanted a terminal for a program.

    After an error of the system another way would be tried, which leaves a copy of the kernel.
    """


class Refused(NamedTuple):
    """One refusal; a library that only tries whether something is there may go on without."""

    sentence: str
    stops: bool


class Teller:
    """Writes refusals, in the kernel."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)

    def refuse(
        self, kind: str, what: str, *, stops: bool = True, error: type[Exception] = NotDeclared
    ) -> None:
        """Tell of a refusal, and refuse.

        Raises
        ------
        NotDeclared
            Always, or another ``error``.
        """
        sentence = SENTENCES[kind].format(what=what)
        os.write(self._file, json.dumps([sentence, stops]).encode() + b"\n")
        raise error(sentence)


class Listener:
    """Reads refusals, in the program that runs the notebook."""

    def __init__(self, path: Path) -> None:
        path.touch()
        # Held open: what a notebook does to its folder does not matter.
        self._file: BinaryIO = path.open("rb")

    def heard(self) -> list[Refused]:
        """Give what was refused since last time."""
        return [Refused(*json.loads(line)) for line in self._file.read().splitlines()]

    def close(self) -> None:
        """Listen no more."""
        self._file.close()
