"""Word documents (.docx, .docm): paragraphs and tables in the order in which a reader meets them."""

from __future__ import annotations

from ...errors import InputError, how_to_get
from ..extract import Extract
from ..limits import Limits


def extract_word(data: bytes, name: str, limits: Limits) -> Extract:
    """The text of a Word document. A paragraph is one piece, with its number in the file; a row of a table is one
    line, its cells between bars.

    Automatic numbers stand before their paragraphs, footnotes after the paragraph that refers to them. Raises
    InputError, which names `name`, for what is no Word document, or is encrypted, damaged or beyond `limits`.
    """
    try:
        from .lines import read_word
    except ImportError:
        problem = "is a Word document, which needs the extra fatu[files]"
        raise InputError(name, problem, how_to_get("files")) from None
    return read_word(data, name, limits)
