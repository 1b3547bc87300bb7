"""Small corpora that tests write: invented reports of real places, a few sentences each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pyoxigraph

from fatu.corpora import Corpus, Engine, Setting, Summary
from fatu.corpora.parts import LoadedFile

OPENING = (
    "{year}年,{short}坚持以习近平新时代中国特色社会主义思想为指导,深入推进法治政府建设,现将有关情况报告如下。"
)


def report(area: str, year: int, *paragraphs: str, published: str = "") -> str:
    """The text of a report: title, opening, paragraphs, signature; paragraphs may name {year} and {last}."""
    lines = [f"{area}人民政府", f"关于{year}年度法治政府建设工作情况的报告"]
    if published:
        lines.append(f"发布日期:{published}")
    lines.append(OPENING.format(year=year, short=area[-4:]))
    lines += ["一、主要工作", *paragraphs]
    lines += [f"{area}人民政府", f"{year + 1}年1月20日"]
    return "\n".join(lines).format(year=year, last=year - 1) + "\n"


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Texts as files of a folder, which holds no others then."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.rglob("*"):
        if old.is_file():
            old.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, store: Path, engine: Engine | None = None, setting: Setting | None = None) -> Summary:
    """A corpus of a folder, its cache beside the store."""
    with Corpus(store.with_name(f"{store.name}.cache"), setting) as corpus:
        return corpus.build([folder], store, engine)


def dump(store: Path) -> list[str]:
    """All statements of a store as canonical N-Quads, sorted: those of the default graph too."""
    opened = pyoxigraph.Store.read_only(str(store))
    lines = opened.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines is not None
    return sorted(lines.decode().splitlines())


class DeadlyFile(LoadedFile):
    """A file that ends the process that reads it."""

    def load(self, limit: int = 0) -> NoReturn:
        """Ends the process."""
        os._exit(9)
