"""The explorer page within a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Explorer:
    """An explorer page; a notebook shows it in a frame of `height` pixels, apart from its own scripts."""

    html: str
    height: int = 640

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="fatu" srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-downloads"'
            f' style="width:100%;height:{self.height}px;border:0"></iframe>'
        )
