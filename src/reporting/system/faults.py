"""What a file system refused, in words of ours: the system's own are in its language."""

import errno
import os
from pathlib import Path

_SAID = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EACCES: "没有权限，或正被其他程序打开",
    errno.EPERM: "没有权限，或正被其他程序打开",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EBUSY: "正被其他程序占用",
    errno.EFBIG: "文件超过允许的大小",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ELOOP: "链接指回了自己",
    errno.EINVAL: "文件名含有这里不能用的字符",
}
_SAID_BY_WINDOWS = {
    32: "文件正被其他程序打开",
    33: "文件正被其他程序打开",
    123: "文件名含有这里不能用的字符",
    206: "路径太长",
}
"""By the numbers that Windows has besides; few of them have one of the above alone."""


def said(error: OSError) -> str:
    """Say what went wrong, without where."""
    known = _SAID_BY_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return known or _SAID.get(error.errno or 0) or f"系统错误 {error.errno or '不明'}"


def place_of(error: OSError) -> Path | None:
    """Tell the file that a reader knows: not the one that was written beside it."""
    name = error.filename2 or error.filename
    if not isinstance(name, str | os.PathLike):
        return None
    path = Path(name)
    return path.with_name(path.name[1:-5]) if _is_beside(path.name) else path


def _is_beside(name: str) -> bool:
    return name.startswith(".") and name.endswith(".part")


def disk_fault(error: OSError, path: Path) -> str:
    """Say in a sentence what a file system refused when it was to be written to."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘空间不足，写入 {path.name} 时中断；原有成果未动，请清理磁盘后重新运行。"
    if isinstance(error, PermissionError):
        return f"不能写入 {path}：文件可能正被其他程序打开，或没有写权限。"
    return f"不能写入 {path}：{said(error)}。"
