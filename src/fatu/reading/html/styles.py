"""What the style of an element says of how it is shown, as far as it decides where text is and where a line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from lxml.html import HtmlElement

Display = Literal["none", "block", "inline"]

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre",
    "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
"""Elements that begin and end a line (HTML Standard, 15.3); cells of layout tables, too."""
NOT_TEXT = frozenset((
    "area", "audio", "base", "basefont", "button", "canvas", "col", "colgroup", "datalist", "embed", "head", "iframe",
    "input", "link", "map", "meta", "noembed", "noframes", "noscript", "object", "optgroup", "option", "param", "rp",
    "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
))  # fmt: skip
"""Elements without text of the page to be read: buttons and fields, and what stands for a missing program."""
_DECLARED = re.compile(
    r"(?:^|[;\s{])(display|visibility|white-space|list-style(?:-type)?)\s*:\s*([\w-]+)", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"[{}]")
_SIMPLE = re.compile(r"[.#][\w-]+")
_MAX_STYLE = 2000


def read_style(element: HtmlElement) -> dict[str, str]:
    """What the element's own style declares of display, visibility, white space and marks of lists."""
    style = element.get("style")
    return (
        {name.lower(): value.lower() for name, value in _DECLARED.findall(style[:_MAX_STYLE])}
        if style
        else {}
    )


def tell_display(element: HtmlElement, style: dict[str, str], hidden: frozenset[str]) -> Display:
    """Whether the page shows an element, and whether it begins a line. `hidden` are selectors, see
    `hidden_selectors`."""
    declared = style.get("display", "")
    if declared == "none" or element.get("hidden") is not None:
        return "none"
    if hidden and not declared and any(selector in hidden for selector in _selectors(element)):
        return "none"
    if declared.startswith("inline") or declared == "contents":
        return "inline"
    return (
        "block"
        if element.tag in _BLOCKS or declared in ("block", "flex", "grid", "table", "list-item")
        else "inline"
    )


def keeps_breaks(element: HtmlElement, style: dict[str, str]) -> bool | None:
    """Whether breaks of lines in the source are shown; None where the element does not say."""
    declared = style.get("white-space")
    if declared is not None:
        return declared.startswith("pre") or declared == "break-spaces"
    return True if element.tag in ("pre", "listing", "plaintext", "xmp") else None


def hidden_selectors(sheets: Iterable[str]) -> frozenset[str]:
    """The simple selectors (.class, #id) that the style sheets of a page hide. What they say of paper and small screens
    is passed over."""
    shown: dict[str, bool] = {}
    for sheet in sheets:
        for selectors, body in _rules(_COMMENT.sub("", sheet)):
            displays = [value.lower() for name, value in _DECLARED.findall(body) if name.lower() == "display"]
            if displays:
                for selector in selectors.split(","):
                    shown[selector.strip()] = displays[-1] != "none"
    return frozenset(s for s, is_shown in shown.items() if not is_shown and _SIMPLE.fullmatch(s))


def _rules(sheet: str) -> Iterable[tuple[str, str]]:
    """Selectors and body of the rules that are within no other."""
    depth, before, opened = 0, 0, 0
    for match in _TOKEN.finditer(sheet):
        if match.group() == "{":
            opened = match.start() if depth == 0 else opened
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0:
                yield sheet[before:opened], sheet[opened + 1 : match.start()]
                before = match.end()
                opened = before


def _selectors(element: HtmlElement) -> list[str]:
    names = [f".{name}" for name in (element.get("class") or "")[:_MAX_STYLE].split()]
    return [*names, f"#{element.get('id')}"] if element.get("id") else names
