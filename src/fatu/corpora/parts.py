"""One file of a corpus → its part: the N-Quads of the report and its record, as the bytes that are kept."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..auditing import audit
from ..describing.lines import report_lines
from ..describing.names import Names
from ..errors import FatuError, MetadataError
from ..iris import Iris
from ..lexicon.extension import extended
from ..model import Overrides
from ..pipeline import read_report
from ..reading import Confinement, InputFile, Limits
from .keys import Setting
from .records import Record, make_record, read_record, write_record

_LEVEL = 1
"""Of compression: N-Quads shrink to a fifteenth as it is, and more would take longer than reading the report."""


@dataclass(frozen=True, slots=True)
class LoadedFile(InputFile):
    """A file with its bytes, so that it can be read where its path leads nowhere: on another machine."""

    data: bytes = b""

    def load(self, limit: int = 0) -> bytes:
        """Its bytes, which whoever loaded them has measured."""
        return self.data


@dataclass(frozen=True, slots=True)
class Job:
    """A file whose part is to be made."""

    key: str
    file: LoadedFile
    overrides: Overrides


@dataclass(frozen=True, slots=True)
class Part:
    """What a file came to."""

    key: str
    record: Record
    digest: str
    """SHA-256 of the N-Quads."""
    quads: int
    content: bytes
    """As it is kept: two members of gzip, notes and record as a comment and the sorted N-Quads."""
    notes: tuple[str, ...] = ()
    """What was left out of the file, or overruled."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that is no report that can be read, and why."""

    key: str
    name: str
    problem: str


Made = Part | Failure


def make_parts(jobs: Sequence[Job], setting: Setting) -> list[Made]:
    """The part of each file. Nothing is raised for a file: it fails alone."""
    return [make_part(job, setting) for job in jobs]


def make_part(job: Job, setting: Setting) -> Made:
    """Reads, audits and describes a report."""
    iris = Iris(setting.base)
    try:
        report = read_report(
            job.file, job.overrides, setting.base, setting.guidance, _confinement(setting.limits)
        )
        with extended(setting.guidance.lexicon):
            findings = audit(report)
            names = Names(report)
            lines = report_lines(report, findings, iris, names)
            record = make_record(report, findings, names)
    except MetadataError as error:
        told = MetadataError(error.where, error.problem, "give it in the table of --metadata")
        return Failure(job.key, job.file.name, str(told))
    except FatuError as error:
        return Failure(job.key, job.file.name, str(error))
    except RecursionError:
        return Failure(
            job.key, job.file.name, f"{job.file.name}: is nested too deeply; save it as plain text"
        )
    nquads = "".join(lines).encode()
    digest = hashlib.sha256(nquads).hexdigest()
    content = write_part(record, digest, nquads, report.notes)
    return Part(job.key, record, digest, len(lines), content, report.notes)


@lru_cache(maxsize=1)
def _confinement(limits: Limits) -> Confinement:
    """The process that parses what this one may not; it ends with this one."""
    return Confinement(limits)


# ---- as it is kept -------------------------------------------------------------------------------------------


def write_part(record: Record, digest: str, nquads: bytes, notes: Sequence[str]) -> bytes:
    """The bytes of a part."""
    quads = nquads.count(b"\n")
    head = f"# {digest} {quads} {json.dumps(notes)}\t{write_record(record)}\n".encode()
    return gzip.compress(head, _LEVEL, mtime=0) + gzip.compress(nquads, _LEVEL, mtime=0)


def read_part(key: str, content: bytes) -> Part:
    """A part by its bytes; its N-Quads are not unpacked. Raises ValueError where they are not of a part."""
    unpack = zlib.decompressobj(31)
    try:
        head = unpack.decompress(content).decode()
        if not unpack.eof or not head.startswith("# ") or not unpack.unused_data:
            raise ValueError("not a part")
        digest, quads, rest = head[2:].split(" ", 2)
        notes, line = rest.split("\t", 1)  # JSON has no tab in it
        return Part(key, read_record(line), digest, int(quads), content, tuple(json.loads(notes)))
    except (zlib.error, UnicodeDecodeError) as error:
        raise ValueError(f"not a part: {error}") from None


def part_nquads(content: bytes) -> bytes:
    """The N-Quads of a part. Raises ValueError where they are damaged."""
    try:
        head, nquads = _members(content)
    except (zlib.error, ValueError) as error:
        raise ValueError(f"not a part: {error}") from None
    if hashlib.sha256(nquads).hexdigest() != head[2:66].decode("ascii", "replace"):
        raise ValueError("not what was written")
    return nquads


def _members(content: bytes) -> Iterator[bytes]:
    while content:
        unpack = zlib.decompressobj(31)
        member = unpack.decompress(content)
        if not unpack.eof:
            raise ValueError("cut short")
        content = unpack.unused_data
        yield member
