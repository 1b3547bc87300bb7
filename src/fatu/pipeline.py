"""The whole flow on one screen: a file goes in, a knowledge graph comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, fields
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .auditing import Coverage, audit, measure_coverage
from .describing import graph_quads, make_dataset
from .describing.registry import registry_quads
from .describing.terms import Object, Quad
from .errors import InputError
from .exporting.formats import write_jsonld, write_ntriples, write_rdfxml, write_trig, write_turtle
from .exporting.frame import Table
from .exporting.records import (
    FINDING_COLUMNS,
    METRIC_COLUMNS,
    Record,
    extraction_records,
    finding_records,
    finding_rows,
    metric_rows,
    write_csv,
    write_jsonl,
)
from .finding import find
from .finding.correcting import correct_mentions
from .interpreting import interpret
from .iris import BASE, Iris
from .lexicon.extension import NOTHING, Extension, extended
from .lexicon.user_corrections import NO_GUIDANCE, Guidance
from .linking import identify, link
from .model import Corrected, Finding, Overrides, Report
from .outlining import outline
from .reading import Confinement, InputFile, find_inputs, read

if TYPE_CHECKING:
    from rdflib import Dataset

    from .diffing import Change, Side
    from .querying import Results
    from .storing import MemoryStore, Store
    from .viewing.inline import Explorer


def read_report(
    path: str | Path | InputFile,
    overrides: Overrides | None = None,
    base: str = BASE,
    guidance: Guidance = NO_GUIDANCE,
    confinement: Confinement | None = None,
) -> Report:
    """file ─read▶ Source ─outline▶ Outline ─find▶ Mentions ─interpret▶ Reading ─link▶ Report.

    Many files are best read with one `confinement`, which also says how large and slow they may be.
    `guidance` holds a user's own rows and decisions: see `load_guidance`. They hold within this call:
    whoever goes on with the report (audit, graph_quads) does so inside `extended(guidance.lexicon)`, as `build` does.
    """
    iris = Iris(base)
    with extended(guidance.lexicon):
        outlined = outline(read(path, confinement=confinement), overrides)
        mentions = find(outlined)
        corrected: tuple[Corrected, ...] = ()
        if guidance.corrections:
            name = identify(outlined, iris).id or ""
            mentions, corrected = correct_mentions(mentions, guidance.of_report(name))
        return link(interpret(outlined, mentions), iris, corrected)


def build(
    path: str | Path | InputFile,
    overrides: Overrides | None = None,
    base: str = BASE,
    guidance: Guidance = NO_GUIDANCE,
    confinement: Confinement | None = None,
) -> KnowledgeGraph:
    """Read a report (text, HTML, Word, PDF or a picture) and build its knowledge graph.

    Raises InputError for a file that cannot be read as a report, MetadataError where neither the text nor
    `overrides` tells area and year.
    """
    iris = Iris(base)
    report = read_report(path, overrides, base, guidance, confinement)
    with extended(guidance.lexicon):
        findings = audit(report)
        return KnowledgeGraph(
            report, findings, tuple(graph_quads(report, findings, iris)), iris, guidance.lexicon
        )


def diff(old: Diffed, new: Diffed, base: str = BASE) -> tuple[Change, ...]:
    """What changed between two graphs, as facts: added, removed or changed, with their evidence.

    Each is a KnowledgeGraph, or a graph file, a folder of graphs, a store by its folder or URL, a report that is built
    on the fly. Reports are matched by their IRIs; two single ones are compared in any case. For how many facts are the
    same, and how the changes are written as a table or a sheet, see `fatu.diffing`.

    Raises InputError for what cannot be read or holds no report under `base`, StoreError for a store that cannot be
    opened.
    """
    from .diffing import diff_sides

    with ExitStack() as opened:
        before, after = (opened.enter_context(_open_side(one, Iris(base))) for one in (old, new))
        return diff_sides(before, after).changes


def _open_side(diffed: Diffed, iris: Iris) -> AbstractContextManager[Side]:
    from .diffing import Part, Side, building_side, holds_graphs, open_graphs

    if isinstance(diffed, KnowledgeGraph):
        name = diffed.report.identity.id or ""
        return nullcontext(Side([Part(name, name, lambda: diffed.quads)], diffed.iris))
    if holds_graphs(diffed):
        return open_graphs(diffed, iris)
    files = []
    for file in find_inputs([diffed]):
        if isinstance(file, InputError):
            raise file
        if isinstance(file, InputFile):
            files.append(file)
    return nullcontext(building_side(diffed, files, lambda f: build(f, base=iris.base).quads, iris))


def compare(
    store: KnowledgeGraph | Store | str | Path,
    indicators: str | Iterable[str] = (),
    areas: str | Iterable[str] = (),
    years: int | Iterable[int] = (),
    base: str = BASE,
) -> Table:
    """Areas × indicators × years as a table with COMPARISON_COLUMNS, numbers as decimal text.

    `store` is a KnowledgeGraph, whose base counts, or a store, its folder or its URL; `indicators` are ids or names,
    `areas` codes (six digits: that area; 41 or 4102: with all below) or names (with all below), each all by default.
    Every report that does not give an indicator has its row, with `reported` no. Raises as `compare_store` does,
    StoreError where there is no store.
    """
    from .querying.comparing import compare_store, compared_table
    from .querying.comparison_choice import Choice
    from .storing import open_store

    choice = Choice(
        (indicators,) if isinstance(indicators, str) else tuple(indicators),
        (areas,) if isinstance(areas, str) else tuple(areas),
        (years,) if isinstance(years, int) else tuple(years),
    )
    if isinstance(store, KnowledgeGraph):
        return compared_table(compare_store(store.store, choice, store.iris.base))
    if isinstance(store, str | Path):
        with open_store(str(store)) as opened:
            return compared_table(compare_store(opened, choice, base))
    return compared_table(compare_store(store, choice, base))


@dataclass(frozen=True, repr=False)
class KnowledgeGraph:
    """A report, what the audit found in it, and the quads that say both."""

    report: Report
    findings: tuple[Finding, ...]
    quads: tuple[Quad, ...]
    iris: Iris
    lexicon: Extension = NOTHING
    """The user's own rows that it was read with."""

    def __repr__(self) -> str:
        """What a prompt shows: <KnowledgeGraph 410203-gov-2020: 4 figures, 3 findings, 1200 quads>."""
        figures = len(self.report.reading.observations)
        counts = f"{figures} figures, {len(self.findings)} findings, {len(self.quads)} quads"
        return f"<KnowledgeGraph {self.report.identity.id or 'of an unnamed report'}: {counts}>"

    @cached_property
    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset."""
        return make_dataset(list(self.quads), self.iris)

    @property
    def coverage(self) -> Coverage:
        """How many of the report's rates were checked, and which rules ran."""
        return measure_coverage(self.report, self.findings)

    def __getstate__(self) -> dict[str, object]:
        """The fields alone: an Oxigraph store cannot be pickled, and what is cached is made again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def store(self) -> MemoryStore:
        """The graph as a store: the quads and those of the registry, loaded once for all questions."""
        from .storing import MemoryStore

        return MemoryStore([*self.quads, *registry_quads(self.quads, self.iris)])

    def query(self, query: str, parameters: Mapping[str, str | Object | Path] | None = None) -> Results:
        """Answer a named query (reconsideration, q7 …) or SPARQL text. Raises QueryError where it is neither."""
        from .querying import ask_store

        return ask_store(self.store, query, parameters or {}, self.iris.base)

    def metrics(self) -> Table:
        """One row for each observation, in text order: a tidy table with METRIC_COLUMNS."""
        with extended(self.lexicon):
            return Table(METRIC_COLUMNS, tuple(metric_rows(self.report)), ("value", "value_high"))

    def _repr_html_(self) -> str:
        """A summary for notebooks: what was read, and what the audit found."""
        verdicts = Counter(finding.verdict for finding in self.findings)
        facts = {
            "observations": str(len(self.report.indicator_links)),
            "documents": str(len(self.report.documents)),
            "agencies": str(len(self.report.agencies)),
            "findings": ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items())) or "0",
            "statements": str(len(self.quads)),
        }
        rows = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in facts.items())
        title = self.report.reading.outline.metadata.title
        caption = title.value if title else self.report.identity.id or "report"
        return f"<table><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>"

    def explorer(self, height: int = 640) -> Explorer:
        """The explorer page, which a notebook shows in a frame of so many pixels."""
        from .viewing import render_explorer
        from .viewing.inline import Explorer

        return Explorer(render_explorer(self.dataset), height)

    def mentions(self) -> list[Record]:
        """Mentions, clauses and links as flat records."""
        with extended(self.lexicon):
            return extraction_records(self.report)

    def replaces_another_text(self, folder: str | Path) -> bool:
        """Whether what `save` would replace in `folder` is the graph of another text with the same report id."""
        try:
            known = (self._place(folder) / "graph.trig").read_bytes()
        except OSError:
            return False
        return self.report.reading.outline.source.sha256.encode() not in known

    def _place(self, folder: str | Path) -> Path:
        return Path(folder) / (self.report.identity.id or "report")

    def save(self, folder: str | Path) -> Path:
        """Write all files into `folder`/<report id>/ and return that folder.

        Each file is written beside its place and renamed, so that none is ever half there; files that build
        did not make stay. Raises InputError where the folder cannot be written.
        """
        target = self._place(folder)
        with extended(self.lexicon):
            contents = {name: make(self) for name, make in OUTPUTS.items()}
        try:
            target.mkdir(parents=True, exist_ok=True)
            for name, content in contents.items():
                replace_file(target / name, content)
        except OSError as error:
            raise InputError(
                str(target), f"cannot be written: {error.strerror}", "choose another folder with -o"
            ) from error
        return target


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it: it is whole or not there. Raises OSError."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _explorer(graph: KnowledgeGraph) -> bytes:
    from .viewing import render_explorer

    return render_explorer(graph.dataset).encode()


Diffed = KnowledgeGraph | str | Path
"""What `diff` compares."""

OUTPUTS: dict[str, Callable[[KnowledgeGraph], bytes]] = {
    "graph.trig": lambda g: write_trig(g.quads, g.iris),
    "graph.ttl": lambda g: write_turtle(g.quads, g.iris),
    "graph.nt": lambda g: write_ntriples(g.quads, g.iris),
    "graph.jsonld": lambda g: write_jsonld(g.quads, g.iris),
    "graph.rdf": lambda g: write_rdfxml(g.quads, g.iris),
    "metrics.csv": lambda g: write_csv(metric_rows(g.report), METRIC_COLUMNS),
    "findings.csv": lambda g: write_csv(finding_rows(finding_records(g.report, g.findings)), FINDING_COLUMNS),
    "mentions.jsonl": lambda g: write_jsonl(extraction_records(g.report)),
    "explorer.html": _explorer,
}
"""Every file of a report's folder and how it is made."""
