"""ZIP archives that nobody vouches for: what they hold, and the bytes of a member.

What an archive says of itself is held against `Limits` before anything is unpacked, and no member is unpacked beyond
what the archive says of it (APPNOTE.TXT, 4.3 and 4.4). Nothing is written to disk.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from ..errors import InputError
from .limits import Limits

BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
"""What an archive begins with: a member, or its end where it holds none."""

_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800
_LOCAL = struct.Struct("<4s22xHH")
_BYTES_TO_LIST = 1024
"""More than a directory takes for a member, on an average."""
_MAX_RATIO, _LARGE = 400, 1 << 20
"""A large member that packs better than this holds the same over and over: documents stay below 100, bombs come to
1000."""
_BOMB = "a ZIP bomb unpacks to more than any report: give the report itself"
_AGAIN = "make the archive again, or give its files"


@dataclass(frozen=True, slots=True)
class Member:
    """What the directory of an archive says of a file in it."""

    name: str
    offset: int
    packed: int
    size: int
    method: int
    checksum: int
    is_encrypted: bool = False
    is_folder: bool = False
    is_link: bool = False

    @property
    def part(self) -> str:
        """Its name as that of a part of a document."""
        return part_name(self.name)


def part_name(name: str) -> str:
    """A name by which parts of documents are the same: it does not tell upper from lower case (ECMA-376-2, 6.3.5)."""
    return name.replace("\\", "/").lstrip("/").lower()


class _Bounded(io.RawIOBase):
    """A file of which no more than so many bytes are read at once: `zipfile` reads a directory in one go."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, most

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise zipfile.BadZipFile("its directory is larger than its members account for")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def list_members(file: BinaryIO, where: str, limits: Limits) -> tuple[Member, ...]:
    """The members of an archive in the order of its directory.

    Raises InputError where it is damaged, holds more members or more bytes than `limits` allow, or where members
    share their bytes.
    """
    length = file.seek(0, io.SEEK_END)
    try:
        most = max(1 << 17, limits.members * _BYTES_TO_LIST)
        with zipfile.ZipFile(_Bounded(file, most)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise InputError(where, f"is a damaged ZIP archive ({error})", _AGAIN) from None
    if len(infos) > limits.members:
        raise InputError(where, f"holds more than {limits.members} files", "give fewer at once")
    if sum(info.file_size for info in infos) > limits.unpacked:
        raise InputError(where, f"unpacks to more than {limits.unpacked} bytes", _BOMB)
    if sum(info.compress_size for info in infos) > length:
        raise InputError(where, "holds files that share their bytes", _BOMB)
    return tuple(map(_member, infos))


def read_member(file: BinaryIO, member: Member, where: str, limit: int) -> bytes:
    """The bytes of a member, at most `limit`.

    Raises InputError, which names `where`, for one that is encrypted, damaged, packed in a way that is not read,
    too large, or larger than the archive says.
    """
    if member.is_encrypted:
        raise InputError(where, "is encrypted", "unpack it with its password and give the file")
    if member.method not in (_STORED, _DEFLATED):
        raise InputError(where, f"is packed by method {member.method}, which is not read", _AGAIN)
    if member.size > limit:
        raise InputError(where, f"unpacks to more than {limit} bytes", _BOMB)
    if member.size > max(_LARGE, _MAX_RATIO * member.packed):
        raise InputError(where, f"unpacks to {member.size} bytes from {member.packed}", _BOMB)
    data = _unpacked(_packed(file, member, where), member, where)
    if len(data) > member.size:
        raise InputError(
            where, f"unpacks to more than the {member.size} bytes that it is said to have", _BOMB
        )
    if len(data) < member.size or zlib.crc32(data) != member.checksum:
        raise InputError(where, "is damaged: its checksum differs", _AGAIN)
    return data


def _member(info: zipfile.ZipInfo) -> Member:
    kind = info.external_attr >> 16
    return Member(
        name=_decoded(info),
        offset=info.header_offset,
        packed=info.compress_size,
        size=info.file_size,
        method=info.compress_type,
        checksum=info.CRC,
        is_encrypted=bool(info.flag_bits & _ENCRYPTED),
        is_folder=info.filename.endswith("/"),
        is_link=stat.S_ISLNK(kind),
    )


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag for UTF-8 it is in the code page of whoever packed it: of Chinese
    Windows, or UTF-8 all the same (macOS)."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _packed(file: BinaryIO, member: Member, where: str) -> bytes:
    """What stands behind the member's own header, whose name and extra field may differ from the directory's."""
    try:
        file.seek(member.offset)
        sign, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
        if sign != BEGINNINGS[0]:
            raise ValueError("no member stands where its directory says")
        file.seek(name + extra, io.SEEK_CUR)
        return file.read(member.packed)
    except (OSError, ValueError, struct.error) as error:
        raise InputError(where, f"is damaged ({error})", _AGAIN) from None


def _unpacked(data: bytes, member: Member, where: str) -> bytes:
    """Unpacked to one byte more than it should have at most."""
    if member.method == _STORED:
        return data
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, member.size + 1)
    except zlib.error as error:
        raise InputError(where, f"is damaged ({error})", _AGAIN) from None
