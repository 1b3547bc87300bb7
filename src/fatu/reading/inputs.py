"""What a user names as input → the files that it stands for: a file, the files of a folder, the members of a ZIP.

Nothing is read yet but the directories of archives, and nothing is ever unpacked to disk. What lies outside of a folder
is not reached from within it: links are followed only to where they stay inside, each file once. Names in archives
that lead out of them are refused, though they are used for nothing but to tell files apart.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..errors import InputError
from ..paths import Paths, each_path
from .archives import BEGINNINGS, Member, list_members, read_member
from .kinds import tell_archive
from .limits import DEFAULT_LIMITS, Limits

_READ = re.compile(
    r"te?xt|md|[sxj]?html?|mht(?:ml)?|aspx?|jsp|php|doc[xm]?|wps|odt|ofd|rtf|pdf|ceb|caj|djvu"
    r"|png|jpe?g|tiff?|bmp|webp|gif|"
)
"""Endings of reports, or none. Those in formats that are not read are among them: they are refused by name, with the
way out."""
_ARCHIVE = re.compile(r"zip|rar|7z|tar|t?gz|bz2|xz|zst|iso|cab")
_SAVED_PAGE = re.compile(r"(?P<page>.+)(?:_files|\.files)", re.DOTALL)
_FOLDER_OF_PAGE = re.compile(r"(?:_files|\.files)/")
_MAX_DEPTH = 10
"""Folders within folders of a name that are looked at."""
_PAGES = (".html", ".htm", ".shtml", ".xhtml", ".mht")
_DRIVE = re.compile(r"[A-Za-z]:")
_ENDING = re.compile(r"[A-Za-z][A-Za-z0-9]{0,5}|7[zZ]")
_SAVED = "folder(s) of saved pages"
_GRAPH, _TEXT = "graph.trig", "source.txt"
"""What tells a folder that fatu built, and what in it is a report: the text that the graph was made of."""
_BUILT = "folder(s) that fatu built, without their source.txt"
_HEAD = 4096
"""Bytes of a graph that its prefixes stand in."""
_UNPACK = "unpack it and give its files"
_RENAME = "unpack it yourself, look at it, and give the file"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read."""

    name: str
    """Its path as given; of a member of an archive, that of the archive, a slash, and the member's."""
    path: str = ""
    """Where it, or the archive, lies; empty where its name says so."""
    member: Member | None = None

    def load(self, limit: int = DEFAULT_LIMITS.bytes) -> bytes:
        """Its bytes. Raises InputError where it is missing, a directory, not readable, or larger than `limit`; of a
        member of an archive also where that is encrypted or damaged."""
        path = Path(self.path or self.name)
        try:
            if path.is_dir():
                raise InputError(self.name, "is a directory", "give the file of a report")
            with path.open("rb") as file:
                if self.member is not None:
                    return read_member(file, self.member, self.name, limit)
                data = file.read(limit + 1)  # not by the stated size: a pipe has none
        except FileNotFoundError:
            raise InputError(self.name, "no such file", "check the path") from None
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            raise _unreadable(self.name, error) from None
        if len(data) > limit:
            raise InputError(
                self.name, f"larger than {limit} bytes", "give one report a file, or raise --max-size"
            )
        return data


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files of a folder or an archive that are of no kind that holds reports."""

    where: str
    kinds: tuple[tuple[str, int], ...]
    """What kind of file (.css), and how many."""

    def __str__(self) -> str:
        told = ", ".join(f"{count} {kind}" for kind, count in self.kinds)
        return f"{self.where}: left out, being no reports: {told}"


Found = InputFile | LeftOut | InputError


def find_inputs(paths: Paths, limits: Limits = DEFAULT_LIMITS) -> Iterator[Found]:
    """The files that paths stand for, in the order of the paths, within a folder or an archive by name; and why some
    cannot be read. Errors are among them, not raised, so that the others are read all the same.

    A path that is a file stands for itself, whatever its name. Hidden files, and the folders that browsers save
    beside a page, are passed over; of a folder that fatu built only the source.txt is a report.
    """
    for path in map(str, each_path(paths)):
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            yield from _told(_folder(path, limits), path)
        elif stat.S_ISREG(mode):
            yield from _file(path, path, limits)
        else:
            yield InputFile(path)


def _mode(path: str) -> int:
    """Kind of what lies there; 0 where nothing does."""
    try:
        return Path(path).stat().st_mode
    except (OSError, ValueError):
        return 0


def _told(found: Iterator[Found | str], where: str) -> Iterator[Found]:
    """What was found, the kinds of what was left out counted at the end; an error where that is all."""
    kinds: Counter[str] = Counter()
    files = 0
    for one in found:
        if isinstance(one, str):
            kinds[one] += 1
        else:
            files += 1
            yield one
    if kinds:
        yield LeftOut(_shown(where), tuple(sorted(kinds.items())))
    if not files:
        yield InputError(_shown(where), "holds no file that could be a report", "check the path")


def _file(path: str, name: str, limits: Limits) -> Iterator[Found]:
    """A file, or what is in it if it is an archive that is no document."""
    name = _shown(name)
    try:
        with Path(path).open("rb") as file:
            if not file.read(4).startswith(BEGINNINGS):
                yield InputFile(name, path)
                return
            members = list_members(file, name, limits)
            is_document = tell_archive(file, members).kind != "archive"
    except InputError as error:
        yield error
        return
    except OSError as error:
        yield _unreadable(name, error)
        return
    if is_document:
        yield InputFile(name, path)
    else:
        yield from _told(_members(members, path, name), name)


# --------------------------------------------------------------------------------------------------- folders


def _folder(root: str, limits: Limits) -> Iterator[Found | str]:
    """The files below a folder; the kind of each that is left out."""
    top = os.path.realpath(root)
    seen: set[str] = set()
    waiting = [(root, top)]
    while waiting:
        path, place = waiting.pop()
        # What is no link is where the folder is that holds it: deep folders are not gone through from the top again.
        name, real = _shown(path), os.path.realpath(place) if Path(place).is_symlink() else place
        if real != top and not real.startswith(top.rstrip(os.sep) + os.sep):
            yield InputError(name, "is a link that leads out of the folder", "give what it leads to itself")
            continue
        if real in seen:
            continue
        seen.add(real)
        mode = _mode(real)
        if stat.S_ISDIR(mode):
            try:
                names = sorted(entry.name for entry in Path(real).iterdir())
            except OSError as error:
                yield _unreadable(name, error)
                continue
            saved = {name for name in names if _is_beside_page(name, names)}
            yield from [_SAVED] * len(saved)
            own = _is_built(Path(real))
            if own and _TEXT not in names:
                yield _BUILT
            kept = [name for name in names if not _is_hidden(name) and name not in saved]
            for name in reversed(kept):
                if own and name != _TEXT and (Path(real) / name).is_file():
                    yield f".{_ending(name)}"
                else:
                    waiting.append((str(Path(path) / name), str(Path(real) / name)))
        elif not stat.S_ISREG(mode):
            yield InputError(name, "is no file, or a link to nothing", "take it out of the folder")
        elif _READ.fullmatch(ending := _ending(path)) or ending == "zip":
            yield from _file(real, path, limits)
        elif _ARCHIVE.fullmatch(ending):
            yield InputError(name, "is an archive of a kind that is not read", _UNPACK)
        else:
            yield f".{ending}"


def _is_built(folder: Path) -> bool:
    """Whether what is in a folder is what `fatu build` wrote: it holds a graph in fatu's words."""
    try:
        with (folder / _GRAPH).open("rb") as graph:
            return b"@prefix fatu: " in graph.read(_HEAD)
    except OSError:
        return False


def _is_hidden(name: str) -> bool:
    """Whether programs keep it for themselves: .DS_Store, ~$报告.docx of a Word that has the report open."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def _is_beside_page(name: str, names: Collection[str]) -> bool:
    """Whether it is the folder that a browser saved beside a page, with what the page shows and runs."""
    saved = _SAVED_PAGE.fullmatch(name)
    return saved is not None and any(saved["page"] + ending in names for ending in _PAGES)


def _ending(name: str) -> str:
    """What in a file's name tells its kind, in small letters; nothing where the end is no such word: 报告（1.0版）."""
    ending = name.rpartition(".")[2] if "." in name else ""
    return ending.lower() if _ENDING.fullmatch(ending) else ""


# -------------------------------------------------------------------------------------------------- archives


def _members(members: Iterable[Member], path: str, name: str) -> Iterator[Found | str]:
    """The files in an archive; the kind of each that is left out."""
    ordered = sorted((member for member in members if not member.is_folder), key=lambda member: member.name)
    names = {member.name for member in ordered}
    seen: set[str] = set()
    saved: set[str] = set()
    for member in ordered:
        shown = f"{name}/{_shown(member.name)}"
        problem = _problem(member) or ("stands twice in the archive" if member.name in seen else "")
        seen.add(member.name)
        beside = _saved_folder(member.name, names)
        ending = _ending(member.name)
        if problem:
            yield InputError(shown, problem, _RENAME)
        elif any(map(_is_hidden, member.name.split("/"))) or beside in saved:
            continue
        elif beside:
            saved.add(beside)
            yield _SAVED
        elif _ARCHIVE.fullmatch(ending):
            yield InputError(shown, "is an archive within an archive", _UNPACK)
        elif not _READ.fullmatch(ending):
            yield f".{ending}"
        else:
            yield InputFile(shown, path, member)


def _problem(member: Member) -> str:
    """Why a member is refused for its name, or for being a link; empty where it is not."""
    name = member.name
    if member.is_link:
        return "is a link"
    if not name or any(ord(character) < 0x20 or character == "\x7f" for character in name):
        return "has control characters in its name"
    if "\\" in name:
        return "has a backslash in its name"
    if name.startswith("/") or _DRIVE.match(name):
        return "has the path of another place as its name"
    return "has a name that leads out of the archive" if ".." in name.split("/") else ""


def _saved_folder(name: str, names: Collection[str]) -> str:
    """The outermost folder in a member's name that was saved beside a page; empty where there is none."""
    for found in islice(_FOLDER_OF_PAGE.finditer(name), _MAX_DEPTH):
        folder = name[: found.end() - 1]
        if _is_beside_page(folder, names):
            return folder
    return ""


def _shown(name: str) -> str:
    """A name as it can be written in one line, whatever bytes it is made of."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def _unreadable(name: str, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(name, f"cannot be read ({reason})", "check the path and its permissions")
