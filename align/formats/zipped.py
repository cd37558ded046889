"""Documents inside a zip archive, addressed as if it were a folder: ``texts.zip/ru/one.txt``.

Nothing is unpacked to disk. What an archive claims is checked before anything is unpacked: how many members, how
large each and all together, how strongly packed. Members with a way out of the archive in their names, protected
ones, and archives inside the archive are refused.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from align.errors import FormatError, InputError, TooLargeError

MAX_MEMBERS = 20_000
MAX_MEMBER = 64 * 1024 * 1024
MAX_TOTAL = 1024 * 1024 * 1024
MAX_RATIO, RATIO_FREE = 200, 1024 * 1024
_HINT = "Unpack it with another program, and give the folder"
_UTF8, _ENCRYPTED = 0x800, 0x1
_ARCHIVES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst", ".jar")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as it is shown, and its entry."""

    name: str
    info: zipfile.ZipInfo


def is_archive(path: str) -> bool:
    """Whether this names a zip archive that is there (documents that are zip files have names of their own)."""
    return path.lower().endswith(".zip") and Path(path).is_file()


def members(path: str) -> list[Member]:
    """The files in an archive that can be read, in the order of their names; hidden ones are left out.

    Raises ``InputError`` (no such file), ``FormatError`` (no zip archive, a name that leads out of it, a protected
    member) and ``TooLargeError`` for what is over the bounds.
    """
    with _opened(path) as archive:
        return _members(archive, path)


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, or of a member of an archive. Raises ``OSError`` where they cannot be read."""
    try:
        return path.read_bytes()
    except NotADirectoryError:
        try:
            found = read_member(str(path))
        except InputError as error:
            raise FileNotFoundError(str(error)) from error
        if found is None:
            raise
        return found


def read_member(path: str) -> bytes | None:
    """The bytes of ``ARCHIVE.zip/MEMBER``; None where no part of the path is an archive. Raises as ``members``."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    for i in range(len(parts) - 1, 0, -1):
        outer = str(PurePosixPath(*parts[:i]))
        if is_archive(outer):
            return _read(outer, "/".join(parts[i:]))
    return None


def _read(path: str, name: str) -> bytes:
    status = Path(path).stat()
    archive, found = _kept_open(path, status.st_mtime_ns, status.st_size)
    if name not in found:
        raise InputError(
            "there is no such file in the archive", where=f"{path}/{name}", hint="Check the name"
        )
    where, info = f"{path}/{name}", found[name]
    if name.lower().endswith(_ARCHIVES):
        raise FormatError("this is an archive inside an archive", where=where, hint=_HINT)
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_MEMBER + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise FormatError("this file in the archive is damaged", where=where, hint=_HINT) from error
    if len(data) != info.file_size:
        raise FormatError("this file in the archive is damaged", where=where, hint=_HINT)
    return data


@lru_cache(maxsize=1)
def _kept_open(path: str, _changed: int, _size: int) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """The archive and its members by name: opening one of 10,000 members again for each takes 50 ms a time."""
    archive = _opened(path)
    try:
        return archive, {member.name: member.info for member in _members(archive, path)}
    except BaseException:
        archive.close()
        raise


def _opened(path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=path, hint="Check the name and the folder") from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FormatError("this is no zip archive, or a damaged one", where=path, hint=_HINT) from error


def _members(archive: zipfile.ZipFile, path: str) -> list[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise TooLargeError(f"the archive has more than {MAX_MEMBERS:,} files", where=path, hint=_HINT)
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise TooLargeError(
            f"the archive would unpack to more than {MAX_TOTAL >> 20} MB", where=path, hint="Divide it"
        )
    found = [Member(_name(info), info) for info in infos]
    for member in found:
        _check(member, path)
    shown = [member for member in found if not _is_hidden(member.name)]
    return sorted(shown, key=lambda member: member.name)


def _check(member: Member, path: str) -> None:
    where, info = f"{path}/{member.name}", member.info
    parts = member.name.split("/")
    if member.name.startswith("/") or ".." in parts or ":" in parts[0] or "\x00" in info.orig_filename:
        raise FormatError("its name leads out of the archive", where=where, hint=_HINT)
    if info.flag_bits & _ENCRYPTED:
        raise FormatError("the archive is protected by a password", where=where, hint="Give it without one")
    packed = max(1, info.compress_size)
    if info.file_size > MAX_MEMBER or (info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * packed):
        raise TooLargeError(
            f"it would unpack to {info.file_size:,} bytes from {packed:,}",
            where=where,
            hint="This looks like a zip bomb",
        )


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Programs of Windows write Russian names in the code page of DOS."""
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        raw = name.encode("cp437", errors="replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp866")
    return name.replace("\\", "/")


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
