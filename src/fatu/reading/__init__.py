"""file → Source: the text of a report, kept as it is, and where each part of it stood in the file.

In: a path, an `InputFile` (a member of an archive), or a text already decoded. Out: `model.Source`, whose text is never
changed afterwards; spans everywhere are half-open code points into it. Raises `errors.InputError` and nothing else.
"""

from .confining import Confinement
from .inputs import InputFile, LeftOut, find_inputs
from .limits import DEFAULT_LIMITS, Limits
from .sources import read
from .text import read_text

__all__ = [
    "DEFAULT_LIMITS",
    "Confinement",
    "InputFile",
    "LeftOut",
    "Limits",
    "find_inputs",
    "read",
    "read_text",
]
