"""file → Source: what kind of file it is, its text, and where each part of the text stood in it.

Text files are decoded here; every other kind is parsed in a process of its own (`confining`).
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from ..encodings import decode_text
from ..errors import InputError
from ..model import Place, Source
from .confining import Confinement
from .extract import Extract
from .inputs import InputFile
from .kinds import Known, tell_kind
from .limits import DEFAULT_LIMITS, Limits
from .text import make_source


def read(
    path: str | Path | InputFile, limits: Limits = DEFAULT_LIMITS, confinement: Confinement | None = None
) -> Source:
    """The text of a file: plain text, HTML, Word (.docx), PDF, or a picture of a page (PNG, JPEG, TIFF).

    A text file's text is exactly as decoded (line breaks too) but for a byte order mark. Of any other file it is the
    main text without what frames it, and `places` say where each part of it stood. Many files are best read with one
    `confinement`, whose limits then hold.

    Raises InputError where the file is missing, a directory, not readable, empty, damaged, of another kind, not
    Chinese, or larger or slower than `limits` allow.
    """
    if confinement is not None:
        limits = confinement.limits
    file = path if isinstance(path, InputFile) else InputFile(str(path))
    data = file.load(limits.bytes)
    known = tell_kind(data, file.name, limits)
    if known.kind == "text":
        return make_source(*decode_text(data, file.name), file.name)
    if known.kind == "archive":
        raise InputError(
            file.name, "is a ZIP archive of files", "give it to fatu build, which reads each of them"
        )
    if known.kind == "other":
        raise InputError(file.name, f"is {known.called}, which is not read", known.remedy)
    with Confinement(limits) if confinement is None else nullcontext(confinement) as parser:
        extract = parser.extract(known.kind, data, file.name)
    return _compose(extract, known, file.name, limits)


def _compose(extract: Extract, known: Known, name: str, limits: Limits) -> Source:
    """The pieces one after the other, and where each was."""
    places: list[Place] = []
    offset = 0
    for piece in extract.pieces:
        if piece.has_place and piece.text:
            places.append(piece.place_at(offset))
        offset += len(piece.text)
    if offset > limits.characters:
        raise InputError(name, f"has more than {limits.characters} characters", "give one report a file")
    text = "".join(piece.text for piece in extract.pieces)
    source = make_source(text, extract.encoding, name)
    return replace(
        source, media_type=known.media_type, places=tuple(places), pages=extract.pages, notes=extract.notes
    )
