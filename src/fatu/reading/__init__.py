"""file → Source: bytes decoded, checked to be a Chinese text, and kept as they are.

In: a path, or a text already decoded. Out: `model.Source`, whose text is never changed afterwards; spans
everywhere are half-open code points into it. Raises `errors.InputError` and nothing else.
"""

from fatu.reading.text import MAX_BYTES, read, read_text

__all__ = ["MAX_BYTES", "read", "read_text"]
