"""A ZIP archive with some members exchanged: all others are copied as they are packed, in their order.

APPNOTE 6.3.3. Nothing is unpacked for it, so a member may be anything; the same input gives the same bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from align.errors import FormatError, TooLargeError
from align.formats.docx_parts import Archive

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_UTF8, _DESCRIPTOR = 0x800, 0x8
_VERSION = 20
_ZIP64 = 1
_FIRST_DAY = (1 << 5) | 1  # 1 January 1980, where the time of ZIP begins
_MAX = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it is packed; the fields are those of its headers."""

    name: bytes
    packed: bytes
    flags: int
    method: int
    crc: int
    size: int
    time: int = 0
    day: int = _FIRST_DAY
    made_by: int = _VERSION
    needs: int = _VERSION
    internal: int = 0
    external: int = 0
    extra: bytes = b""
    comment: bytes = b""

    def local(self) -> bytes:
        """The header ahead of the packed bytes."""
        return (
            _LOCAL.pack(b"PK\x03\x04", self.needs, *self._common(), len(self.name), len(self.extra))
            + self.name
            + self.extra
        )

    def central(self, offset: int) -> bytes:
        """The entry in the directory at the end."""
        lengths = (len(self.name), len(self.extra), len(self.comment))
        places = (0, self.internal, self.external, offset)
        fixed = _CENTRAL.pack(b"PK\x01\x02", self.made_by, self.needs, *self._common(), *lengths, *places)
        return fixed + self.name + self.extra + self.comment

    def _common(self) -> tuple[int, ...]:
        return self.flags, self.method, self.time, self.day, self.crc, len(self.packed), self.size


def repacked(archive: Archive, data: bytes, members: Mapping[str, bytes]) -> bytes:
    """``data``, which ``archive`` was opened from, with these members exchanged, or added at the end if new.

    A member that is already what it should be is not touched. Raises ``FormatError`` where the archive is damaged.
    """
    kept = [_exchanged(archive, data, info, members) for info in archive.zip.infolist()]
    added = [
        _packed(name.encode(), content) for name, content in members.items() if name not in archive.members
    ]
    return b"".join(_written([*kept, *added], archive.zip.comment))


def packed(members: Mapping[str, bytes]) -> bytes:
    """A new archive of these members in this order."""
    return b"".join(_written([_packed(name.encode(), content) for name, content in members.items()], b""))


def _written(members: list[_Member], comment: bytes) -> Iterator[bytes]:
    offset = 0
    directory: list[bytes] = []
    for member in members:
        header = member.local()
        yield header
        yield member.packed
        directory.append(member.central(offset))
        offset += len(header) + len(member.packed)
    size = sum(map(len, directory))
    yield from directory
    count = len(members)
    yield _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, len(comment)) + comment


def _exchanged(archive: Archive, data: bytes, info: zipfile.ZipInfo, members: Mapping[str, bytes]) -> _Member:
    member = _copied(data, info, archive.name)
    content = members.get(info.filename)
    if (
        content is None
        or archive.members[info.filename] is not info
        or archive.read(info.filename) == content
    ):
        return member
    new = _packed(member.name, content)
    return _Member(
        **{
            **{name: getattr(member, name) for name in _Member.__slots__},
            **{name: getattr(new, name) for name in ("packed", "method", "crc", "size")},
        }
    )


def _packed(name: bytes, content: bytes) -> _Member:
    compressor = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = compressor.compress(content) + compressor.flush()
    return _Member(
        name, body, _UTF8 * (not name.isascii()), zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content)
    )


def _copied(data: bytes, info: zipfile.ZipInfo, where: str) -> _Member:
    start = info.header_offset
    header = data[start : start + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise FormatError(f"{info.filename} in it is damaged", where=where)
    if info.file_size > _MAX:
        raise TooLargeError(f"{info.filename} would unpack to {info.file_size:,} bytes", where=where)
    fields = _LOCAL.unpack(header)
    begin = start + _LOCAL.size + fields[-2] + fields[-1]
    year, month, day, hour, minute, second = info.date_time
    return _Member(
        name=info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437"),
        packed=data[begin : begin + info.compress_size],
        flags=info.flag_bits & ~_DESCRIPTOR,
        method=info.compress_type,
        crc=info.CRC,
        size=info.file_size,
        time=hour << 11 | minute << 5 | second // 2,
        day=(year - 1980) << 9 | month << 5 | day,
        made_by=info.create_version | info.create_system << 8,
        needs=info.extract_version,
        internal=info.internal_attr,
        external=info.external_attr,
        extra=_without_zip64(info.extra),
        comment=info.comment,
    )


def _without_zip64(extra: bytes) -> bytes:
    """An extra field without the sizes for archives that are larger than any that is read here."""
    kept = b""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind != _ZIP64:
            kept += extra[: 4 + length]
        extra = extra[4 + length :]
    return kept
