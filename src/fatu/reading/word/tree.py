"""The tree of a Word document made plain: what a reader sees, as paragraphs, tables and runs of text alone.

python-docx looks at paragraphs, tables, runs and links; what stands around or between them (content controls,
tracked changes, fields, text boxes, alternatives for older programs) it passes over with all that it holds. Here such
things are taken away and what they hold put in their place, so that `iter_inner_content` sees everything in order
(ECMA-376-1, 17). What a reader does not see is removed and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from functools import cache

from docx.oxml import OxmlElement

from ...lexicon.tables import load_table
from .parts import Element

NUMBER = "number"
"""Attribute that holds the number of a paragraph in the file, from 1, once `number_paragraphs` has set it."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WRAPPERS = tuple(
    f"{_W}{name}"
    for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "fldSimple", "sdtContent")
)
"""Elements that stand for what they hold."""
_TEXT = (
    *(f"{_W}{name}" for name in ("t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym")),
    f"{_M}t",
)
_SIGNS = {f"{_M}den": "/", f"{_M}sup": "^", f"{_M}sub": "_"}
"""Parts of a formula that stand apart on paper → what stands before them in a line."""
_LISTED = re.compile(r"\s*TOC\b", re.IGNORECASE)
_PICTURES = ".//*[local-name()='blip' or local-name()='imagedata']"
_OBJECTS = ".//*[local-name()='OLEObject' or local-name()='relIds' or (local-name()='chart' and @*[local-name()='id'])]"
_LAYOUT_SPACE = re.compile(r"[\t\r\n]+")
_FALSE = ("0", "false", "off", "none")


def number_paragraphs(body: Element) -> None:
    """Give each paragraph its number in the file, from 1 in the order of the file, those in tables and text boxes
    counted too, and only once what is there again for older programs."""
    for alternate in list(body.iter(f"{_MC}AlternateContent")):
        chosen = alternate.find(f"{_MC}Choice")
        chosen = alternate.find(f"{_MC}Fallback") if chosen is None else chosen
        _replace(alternate, list(chosen) if chosen is not None else [])
    for number, paragraph in enumerate(body.iter(f"{_W}p"), 1):
        paragraph.set(NUMBER, str(number))


def make_plain(body: Element) -> Counter[str]:
    """Change a tree so that paragraphs, tables and runs hold everything that a reader sees.

    Returns how often something was taken out: keys of `LEFT_OUT`."""
    left_out: Counter[str] = Counter()
    left_out["picture"] = len(body.xpath(_PICTURES))
    left_out["object"] = len(body.xpath(_OBJECTS)) + len(list(body.iter(f"{_W}altChunk")))
    _take_out_deleted(body, left_out)
    _take_out_hidden(body, left_out)
    _take_out_field_codes(body, left_out)
    for control in list(body.iter(f"{_W}sdt")):
        _replace(control, control.findall(f"{_W}sdtContent"))
    for wrapper in list(body.iter(*_WRAPPERS)):
        _replace(wrapper, list(wrapper))
    _write_out(body, left_out)
    for box in reversed(list(body.iter(f"{_W}txbxContent"))):
        anchor = next(box.iterancestors(f"{_W}p"), None)
        if anchor is not None:
            _put_after(anchor, list(box))
    return left_out


LEFT_OUT = {
    "deletion": "{n} tracked deletion{s} left out",
    "hidden": "{n} hidden run{s} of text left out",
    "placeholder": "{n} empty form field{s} left out",
    "contents": "{n} table{s} of contents left out",
    "symbol": "{n} symbol{s} of a font left out, whose meaning is not known",
    "picture": "{n} picture{s} left out: no text is read from {them}",
    "object": "{n} embedded object{s} (charts, sheets, documents) left out",
    "comment": "{n} comment{s} left out",
}
"""What is taken out → the note that says so."""


def put_notes(body: Element, notes: Element | None, reference: str) -> int:
    """Put each footnote or endnote (`reference`: footnoteReference, endnoteReference) after the paragraph that refers
    to it, or after the table that holds that paragraph. Returns how many."""
    if notes is None:
        return 0
    known = {note.get(f"{_W}id"): note for note in notes if note.get(f"{_W}type") in (None, "normal")}
    found: list[tuple[Element, Element, str]] = []
    for mark in body.iter(f"{_W}{reference}"):
        note = known.pop(mark.get(f"{_W}id"), None)
        if note is not None:
            anchor = next((above for above in mark.iterancestors() if above.getparent() is body), mark)
            number = next((p.get(NUMBER) for p in mark.iterancestors(f"{_W}p")), "1")
            found.append((anchor, note, number))
    for anchor, note, number in reversed(found):
        blocks = [deepcopy(block) for block in note.iter(f"{_W}p")]
        for block in blocks:
            block.set(NUMBER, number)
        _put_after(anchor, blocks)
    return len(found)


# ------------------------------------------------------------------------------------------------ taking out


def _take_out_deleted(body: Element, left_out: Counter[str]) -> None:
    for row in list(body.iter(f"{_W}tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            left_out["deletion"] += 1
            _replace(row, [])
    for paragraph in list(body.iter(f"{_W}p")):
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        if mark is not None and (mark.find(f"{_W}del") is not None or mark.find(f"{_W}moveFrom") is not None):
            _join_next(paragraph)
    for deleted in list(body.iter(f"{_W}del", f"{_W}moveFrom")):
        if deleted.getparent().tag != f"{_W}rPr":
            left_out["deletion"] += deleted.tag == f"{_W}del"
            _replace(deleted, [])


def _join_next(paragraph: Element) -> None:
    """The break after a paragraph was deleted: what it holds stands at the beginning of the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{_W}p":
        return
    kept = [child for child in paragraph if child.tag != f"{_W}pPr"]
    begin = 1 if len(following) and following[0].tag == f"{_W}pPr" else 0
    following[begin:begin] = kept
    _replace(paragraph, [])


def _take_out_hidden(body: Element, left_out: Counter[str]) -> None:
    for run in list(body.iter(f"{_W}r")):
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        if hidden is not None and hidden.get(f"{_W}val", "1") not in _FALSE:
            left_out["hidden"] += any(text.text for text in run.iter(f"{_W}t"))
            for text in list(run.iter(*_TEXT)):
                _replace(text, [])
    for control in list(body.iter(f"{_W}sdt")):
        gallery = control.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
        listed = gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"
        if listed or control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            left_out["contents" if listed else "placeholder"] += 1
            _replace(control, [])


def _take_out_field_codes(body: Element, left_out: Counter[str]) -> None:
    """Of a field only its result is text, and that of a table of contents only says the headings again. A field that
    does not end is none."""
    for simple in list(body.iter(f"{_W}fldSimple")):
        if _LISTED.match(simple.get(f"{_W}instr") or ""):
            left_out["contents"] += 1
            _replace(simple, [])
    open_fields: list[tuple[list[Element], list[str]]] = []
    coded: int | None = None
    """Place of the outermost open field whose result has not begun."""
    for element in list(body.iter(f"{_W}fldChar", f"{_W}instrText", *_TEXT)):
        kind = element.get(f"{_W}fldCharType") if element.tag == f"{_W}fldChar" else None
        if kind == "begin":
            coded = len(open_fields) if coded is None else coded
            open_fields.append(([], []))
        elif kind and not open_fields:
            continue
        elif kind == "separate":
            listed = bool(_LISTED.match("".join(open_fields[-1][1])))
            left_out["contents"] += listed
            coded = None if coded == len(open_fields) - 1 and not listed else coded
        elif kind == "end":
            taken, _ = open_fields.pop()
            coded = None if coded == len(open_fields) else coded
            for text in taken:
                _replace(text, [])
        elif element.tag == f"{_W}instrText":
            if open_fields:
                open_fields[-1][1].append(element.text or "")
        elif coded is not None:
            open_fields[coded][0].append(element)


# ---------------------------------------------------------------------------------------------- writing out


def _write_out(body: Element, left_out: Counter[str]) -> None:
    """Symbols and formulas as text, of words with their reading the words; breaks of pages and columns as breaks of
    lines; line breaks within a run's text, which are none to a reader, as space."""
    for ruby in list(body.iter(f"{_W}ruby")):
        base = ruby.find(f"{_W}rubyBase")
        _replace(ruby, list(base.iter(*_TEXT)) if base is not None else [])
    for symbol in list(body.iter(f"{_W}sym")):
        written = _symbol(symbol.get(f"{_W}font") or "", symbol.get(f"{_W}char") or "")
        left_out["symbol"] += not written
        _replace(symbol, [_text(written)])
    for formula in list(body.iter(f"{_M}oMath")):
        run = OxmlElement("w:r")
        parts = formula.iter(f"{_M}t", *_SIGNS)
        run.append(_text("".join(_SIGNS.get(part.tag) or part.text or "" for part in parts)))
        _replace(formula, [run])
    for paragraph in list(body.iter(f"{_M}oMathPara")):
        _replace(paragraph, list(paragraph))
    for line in body.iter(f"{_W}br"):
        line.attrib.pop(f"{_W}type", None)
    for text in body.iter(f"{_W}t"):
        if text.text and _LAYOUT_SPACE.search(text.text):
            text.text = _LAYOUT_SPACE.sub(" ", text.text)


def _symbol(font: str, code: str) -> str:
    """The character of a symbol; nothing where only its font knows it."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    known = _symbols().get((font, f"{point | 0xF000:04X}"))
    if known or 0xE000 <= point <= 0xF8FF:
        return known or ""
    return chr(point) if 0x20 <= point < 0xD800 or 0xF900 <= point < 0xFFFE else ""


@cache
def _symbols() -> dict[tuple[str, str], str]:
    return {(row["font"], row["code"]): row["character"] for row in load_table("symbol_fonts.tsv")}


def _text(written: str) -> Element:
    element = OxmlElement("w:t")
    element.text = written
    return element


# --------------------------------------------------------------------------------------------------- the tree


def _replace(element: Element, children: list[Element]) -> None:
    for child in children:
        element.addprevious(child)
    element.getparent().remove(element)


def _put_after(anchor: Element, blocks: list[Element]) -> None:
    for block in reversed([block for block in blocks if block.tag in (f"{_W}p", f"{_W}tbl")]):
        anchor.addnext(block)
