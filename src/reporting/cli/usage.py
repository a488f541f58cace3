"""What is wrong with a command line, and what a disk refused: one Chinese sentence each.

Typer says such things in English, over several lines; its errors are told apart by their names,
which are all that it makes public of most of them.
"""

import re
from typing import Any

import typer

from reporting.errors import ReportingError, UsageError
from reporting.system.faults import place_of, said

_NAME = "reporting"
_INTEGERS = frozenset({"int_parsing", "int_from_float", "int_type", "int_parsing_size"})


def run(app: typer.Typer) -> int:
    """Run the command; gives its exit code.

    Raises
    ------
    UsageError
        The command line is wrong; the sentence says where, what was expected and what was found.
    ReportingError
        The system refused to read or to write a file, or nobody answers a question.
    """
    try:
        return app(standalone_mode=False, prog_name=_NAME) or 0
    except typer.Abort:
        raise ReportingError("已中断：没有得到回答。") from None
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            return 2  # the help has been printed
        raise UsageError(f"{_fault(error)}；用法见 {_command(error)} --help。") from None
    except OSError as error:
        place = place_of(error)
        where = f"{place}：" if place else ""
        raise ReportingError(f"文件不能读写：{where}{said(error)}。") from error


def _fault(error: Any) -> str:
    """Say what is wrong."""
    match type(error).__name__:
        case "MissingParameter":
            return f"缺少{_named(error.param)}"
        case "BadParameter":
            return f"{_named(error.param)}{_expected(error)}"
        case "NoSuchOption":
            near = "、".join(error.possibilities or ())
            return f"没有选项 {error.option_name}" + (f"（相近的有 {near}）" if near else "")
        case "BadOptionUsage":
            needs = "requires" in error.message
            return f"选项 {error.option_name} " + ("后面缺少值" if needs else "不带值")
    return _of_words(error.format_message())


def _of_words(message: str) -> str:
    """Say what is wrong where an error has nothing but its text."""
    if found := re.match(r"No such command '(.*)'\.", message):
        return f"没有命令 {found[1]}"
    if found := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return f"多出了 {found[1]}，不知何意"
    if message == "Missing command.":
        return "缺少命令"
    return f"命令行有误（{message}）"


def _named(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return "要处理的文件"
    return f"选项 {'（'.join(parameter.opts[:2])}{'）' if len(parameter.opts) > 1 else ''}"


def _expected(error: Any) -> str:
    """Say what a value should be, and what was given; its type's own fault knows both."""
    faults: Any = getattr(error.__cause__, "errors", tuple)()
    if not faults:
        return f"的值不对（{error.message}）"
    expected = "应为整数" if faults[0]["type"] in _INTEGERS else "的值不对"
    return f"{expected}，收到的是“{faults[0]['input']}”"


def _command(error: Any) -> Any:
    """Name the command whose help tells more."""
    return error.ctx.command_path if getattr(error, "ctx", None) else _NAME
