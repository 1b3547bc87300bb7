"""Scores of an extraction against a gold folder.

In: the tables of a gold folder (`load_gold`) and extraction records, the objects that
`fatu extract --format jsonl` prints. Out: `Score`s, as exact fractions, and one table of them. Offsets are
half-open code points into the decoded source text. A gold row with core=0 is optional: neither required nor
counted as wrong.

Spans count where both ends agree. Of the matched spans, fields are compared one by one; a field's accuracy is
over all gold rows that fill it, so that a span not found is a field not right. A link counts where it touches
the gold target and one of the gold sources, and its own source is no longer than `LONGEST_SOURCE`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from fatu.errors import InputError
from fatu.model import Span

Record = Mapping[str, Any]
"""One object of the JSON lines that `fatu extract` prints."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "metrics": ("value_base", "unit_base", "bound"),
    "citations": ("kind",),
    "agencies": ("normalised",),
    "programs": (),
    "dates": (),
    "clauses": ("role", "also"),
    "links": ("relation", "from_any"),
}
"""Tables of a gold folder, and the columns that each must have besides start and end."""

LONGEST_SOURCE = 160
NAMES_INDICATOR = Fraction(3, 5)
SAME_SCOPE = Fraction(1, 2)
SAME_NUMBER = Decimal("1e-6")

# Counting words that two namings of one indicator may differ by.
_NO_MATTER = frozenset("数量案件的了共")
_GOVERNMENT = "人民政府"


@dataclass(frozen=True, slots=True)
class Score:
    """One figure. Spans have precision, recall and f1, fields accuracy; a mere count has none of them."""

    name: str
    hits: int
    """Right predictions; for a mere count (…_invented) what was counted."""
    of: int | None = None
    """What the gold asks for."""
    predicted: int | None = None
    precision: Fraction | None = None
    recall: Fraction | None = None
    f1: Fraction | None = None
    accuracy: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a gold table."""

    span: Span
    core: bool
    alternatives: tuple[Span, ...]
    """Other spans that are as right."""
    sources: tuple[Span, ...]
    """Of a link: the spans of which its source must touch one."""
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column, empty where the table has no such column."""
        return self.fields.get(column, "")


@dataclass(frozen=True, slots=True)
class Gold:
    """The tables of a gold folder by name; a table that is not there has no rows."""

    tables: Mapping[str, tuple[Row, ...]]
    own_names: frozenset[str] = frozenset()
    """Names of the reporting government (self.txt): no invention where the gold names no agency."""


Pair = tuple[Row, Record]
Judge = Callable[[Row, Record], bool]


# ------------------------------------------------------------------------------------------------ the gold


def load_gold(folder: str | Path) -> Gold:
    """The gold tables of a folder, those of `COLUMNS` that it has.

    Raises InputError where the folder is missing or holds none of them, and where a table is malformed,
    naming file, row (the header is row 1) and column.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(str(folder), "no such folder", "give a folder with gold tables (metrics.tsv …)")
    tables = {name: _load_table(folder / f"{name}.tsv", columns) for name, columns in COLUMNS.items()}
    if not any(tables.values()):
        names = ", ".join(f"{name}.tsv" for name in COLUMNS)
        raise InputError(str(folder), "holds no gold", f"a gold folder has at least one of {names}")
    own = folder / "self.txt"
    return Gold(tables, frozenset(_read(own).split()) if own.exists() else frozenset())


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "gold tables are UTF-8 text") from None


def _load_table(path: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    if not path.exists():
        return ()
    lines = (line.rstrip("\r").split("\t") for line in _read(path).rstrip("\r\n").split("\n"))
    header = next(lines)
    for column in ("start", "end", *columns):
        if column not in header:
            raise InputError(f"{path}, row 1", f"has no column {column}", "add it to the header")
    rows = []
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            problem = f"has {len(cells)} cells where the header has {len(header)}"
            raise InputError(f"{path}, row {number}", problem, "separate cells by one tab each")
        rows.append(_parse_row(dict(zip(header, cells, strict=True)), f"{path}, row {number}"))
    return tuple(rows)


def _parse_row(cells: dict[str, str], where: str) -> Row:
    if cells.get("core", "1") not in ("0", "1", ""):
        raise InputError(f"{where}, column core", f"{cells['core']!r} is neither 0 nor 1", "mend the cell")
    return Row(
        span=_parse_span(f"{cells['start']}-{cells['end']}", f"{where}, columns start and end"),
        core=cells.get("core") != "0",
        alternatives=_parse_spans(cells, "acceptable_alt_spans", where),
        sources=_parse_spans(cells, "from_any", where),
        fields=cells,
    )


def _parse_spans(cells: dict[str, str], column: str, where: str) -> tuple[Span, ...]:
    """Spans written 84-89 or 84-89:text, separated by semicolons."""
    parts = filter(None, cells.get(column, "").split(";"))
    return tuple(_parse_span(part.split(":")[0], f"{where}, column {column}") for part in parts)


def _parse_span(written: str, where: str) -> Span:
    start, _, end = written.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise InputError(where, f"{written!r} is no span", "give two offsets, the first one smaller")
    return Span(int(start), int(end))


# ------------------------------------------------------------------------------------------------- scoring


def score(gold: Gold, records: Iterable[Record]) -> tuple[Score, ...]:
    """Every score that the gold has tables for, in the order of `SCORERS`."""
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record["kind"], []).append(record)
    return tuple(
        figure
        for table, kind, scorer in SCORERS
        if gold.tables.get(table)
        for figure in scorer(gold, sorted(by_kind.get(kind, ()), key=_span))
    )


def _score_metrics(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    rows = gold.tables["metrics"]
    core = [row for row in rows if row.core]
    spans, pairs = _match("metric.span", rows, records)
    yield spans

    everyone = {_full_indicator(row) for row in rows if row["indicator"]}
    checks: tuple[tuple[str, str, Judge], ...] = (
        # field, column that must be filled (none: every row is asked), when it is right
        ("value", "", lambda row, record: _is_same_number(record.get("value"), row["value_base"])),
        ("unit", "", _is_equal("unit", "unit_base")),
        ("bound", "", lambda row, record: (_text(record, "bound") or "exact") == row["bound"]),
        ("indicator", "indicator", lambda row, record: _names_indicator(record, row, everyone)),
        ("indicator_id", "indicator_id", _is_equal("indicator_id", "indicator_id")),
        ("status", "status", _is_equal("status", "status")),
        ("scope", "", _is_same_scope),
        ("agency", "agency", lambda row, record: _office(_text(record, "agency")) == _office(row["agency"])),
        ("period", "period_norm", _is_same_period),
    )
    columns = rows[0].fields.keys() | {"value", "unit", "period"}
    for field, column, judge in checks:
        if field in columns:
            yield _share(f"metric.{field}", _filled(core, column), pairs, judge)
    named = [_text(record, "agency") for row, record in pairs if not row["agency"]]
    yield Score("metric.agency_invented", sum(bool(name) and name not in gold.own_names for name in named))


def _score_citations(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    rows = gold.tables["citations"]
    titles = [row for row in rows if row["kind"] == "title"]
    ignored = {row.span for row in rows if row["kind"] not in ("title", "number")}
    titled = [record for record in records if record.get("title")]
    spans, pairs = _match("citation.span", titles, titled, ignored)
    yield spans
    for field in ("number", "function", "issuer"):
        yield _share(f"citation.{field}", _filled(titles, field), pairs, _is_equal(field, field))
    invented = sum(bool(record.get("number")) for row, record in pairs if not row["number"])
    yield Score("citation.number_invented", invented)
    numbers = {row.span for row in rows if row["kind"] == "number"}
    written = [record for record in records if record.get("number_start") is not None]
    found = {Span(record["number_start"], record["number_end"]) for record in written}
    yield _ratios("number.span", len(numbers & found), len(found), len(numbers))


def _score_agencies(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    rows = gold.tables["agencies"]
    spans, pairs = _match("agency.span", rows, records)
    yield spans
    yield _share("agency.name", [row for row in rows if row.core], pairs, _is_acceptable_name)


def _score_programs(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    yield _match("program.span", gold.tables["programs"], records)[0]


def _score_dates(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    rows = gold.tables["dates"]
    spans, pairs = _match("date.span", rows, records)
    yield spans
    yield _share("date.value", _filled(rows, "normalised"), pairs, _is_equal("value", "normalised"))


def _score_clauses(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    """A gold clause has the role that most of its characters have, the first one where two are as many."""
    rows = gold.tables["clauses"]
    role_at = {offset: record.get("role") for record in records for offset in range(*_span(record))}
    wanted: Counter[str] = Counter(row["role"] for row in rows)
    predicted: Counter[str | None] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        role = Counter(role_at.get(offset) for offset in range(*row.span)).most_common(1)[0][0]
        if role in (row["role"], row["also"] or row["role"]):
            role = row["role"]
            right[role] += 1
        predicted[role] += 1
    yield _accuracy("clause.role", right.total(), len(rows))
    roles = [_ratios(f"clause.role.{r}", right[r], predicted[r], wanted[r]) for r in sorted(wanted)]
    mean = sum((figure.f1 or Fraction(0) for figure in roles), Fraction(0)) / len(roles)
    yield Score("clause.macro_f1", right.total(), len(rows), f1=mean)
    yield from roles


def _score_links(gold: Gold, records: Sequence[Record]) -> Iterator[Score]:
    rows = gold.tables["links"]
    for relation in sorted({row["relation"] for row in rows}):
        asked = [row for row in rows if row["relation"] == relation]
        found = [record for record in records if record.get("relation") == relation]
        reached = [_linked_row(record, asked) for record in found]
        right = [row for row in reached if row is not None and row.core]
        counted = len(found) - sum(row is not None and not row.core for row in reached)
        core = sum(row.core for row in asked)
        # Two measures may share a result: precision counts links, recall the gold rows reached.
        precision, recall = _divide(len(right), counted), _divide(len({id(row) for row in right}), core)
        f1 = _harmonic(precision, recall)
        yield Score(f"link.{relation}", len(right), core, counted, precision, recall, f1)


Scorer = Callable[[Gold, Sequence[Record]], Iterator[Score]]
SCORERS: tuple[tuple[str, str, Scorer], ...] = (
    # gold table, kind of record, scorer
    ("metrics", "metric", _score_metrics),
    ("citations", "citation", _score_citations),
    ("agencies", "agency", _score_agencies),
    ("programs", "program", _score_programs),
    ("dates", "date", _score_dates),
    ("clauses", "clause", _score_clauses),
    ("links", "link", _score_links),
)


# ------------------------------------------------------------------------------------- matching and judging


def _match(
    name: str, rows: Iterable[Row], records: Iterable[Record], ignored: Iterable[Span] = ()
) -> tuple[Score, list[Pair]]:
    """Core rows paired with the records of the same span; a second record for a row is spurious."""
    core = [row for row in rows if row.core]
    optional = {*ignored, *(row.span for row in rows if not row.core)}
    row_at = {row.span: row for row in core}
    for row in core:
        for span in row.alternatives:
            row_at.setdefault(span, row)
    pairs: dict[int, Pair] = {}
    spurious = 0
    for record in records:
        row_found = row_at.get(_span(record))
        if row_found is not None and id(row_found) not in pairs:
            pairs[id(row_found)] = (row_found, record)
        elif _span(record) not in optional:
            spurious += 1
    return _ratios(name, len(pairs), len(pairs) + spurious, len(core)), list(pairs.values())


def _linked_row(record: Record, rows: Iterable[Row]) -> Row | None:
    """The first gold link that this one touches at both ends."""
    source, target = _span(record), Span(record["target_start"], record["target_end"])
    if source.end - source.start > LONGEST_SOURCE:
        return None
    touched = (
        row for row in rows if row.span.touches(target) and any(s.touches(source) for s in row.sources)
    )
    return next(touched, None)


def _span(record: Record) -> Span:
    return Span(record["start"], record["end"])


def _text(record: Record, field: str) -> str:
    return record.get(field) or ""


def _filled(rows: Iterable[Row], column: str) -> list[Row]:
    return [row for row in rows if not column or row[column]]


def _is_equal(field: str, column: str) -> Judge:
    return lambda row, record: _text(record, field) == row[column]


def _is_acceptable_name(row: Row, record: Record) -> bool:
    return _text(record, "name") in {row["normalised"], *filter(None, row["acceptable_names"].split(";"))}


def _is_same_number(found: object, wanted: str) -> bool:
    try:
        a, b = Decimal(str(found)), Decimal(wanted)
    except InvalidOperation:
        return False
    return a.is_finite() and b.is_finite() and abs(a - b) <= SAME_NUMBER * max(Decimal(1), abs(b))


def _is_same_period(row: Row, record: Record) -> bool:
    """The year alone will do."""
    return _text(record, "period") in (row["period_norm"], row["period_norm"][:4])


def _is_same_scope(row: Row, record: Record) -> bool:
    scope = _text(record, "scope")
    return _overlap(scope, row["scope"]) >= SAME_SCOPE if row["scope"] else not scope


def _names_indicator(record: Record, row: Row, everyone: Iterable[str]) -> bool:
    """The phrase is close to its own indicator, and no other indicator of the text is closer."""
    phrase, own = _text(record, "indicator"), _full_indicator(row)
    fit = _overlap(phrase, own)
    others = (other for other in everyone if _letters(other) != _letters(own))
    return fit >= NAMES_INDICATOR and all(_overlap(phrase, other) <= fit for other in others)


def _full_indicator(row: Row) -> str:
    """With elided heads restored."""
    return row["indicator_full"] or row["indicator"]


def _office(name: str) -> str:
    """An area that acts stands for its people's government."""
    return name.removesuffix(_GOVERNMENT)


def _letters(phrase: str) -> Counter[str]:
    folded = unicodedata.normalize("NFKC", phrase).lower()
    return Counter(letter for letter in folded if letter.isalnum() and letter not in _NO_MATTER)


def _overlap(one: str, other: str) -> Fraction:
    """The share of letters that two phrases have in common (Dice's coefficient)."""
    a, b = _letters(one), _letters(other)
    return _divide(2 * (a & b).total(), a.total() + b.total())


# ------------------------------------------------------------------------------------------------- figures


def _divide(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _harmonic(precision: Fraction, recall: Fraction) -> Fraction:
    total = precision + recall
    return 2 * precision * recall / total if total else Fraction(0)


def _ratios(name: str, hits: int, predicted: int, of: int) -> Score:
    precision, recall = _divide(hits, predicted), _divide(hits, of)
    return Score(name, hits, of, predicted, precision, recall, _harmonic(precision, recall))


def _accuracy(name: str, hits: int, of: int) -> Score:
    return Score(name, hits, of, accuracy=Fraction(hits, of) if of else None)


def _share(name: str, asked: Sequence[Row], pairs: Iterable[Pair], judge: Judge) -> Score:
    """How many of the rows asked were found and are right."""
    ids = {id(row) for row in asked}
    hits = sum(judge(row, record) for row, record in pairs if id(row) in ids)
    return _accuracy(name, hits, len(asked))


def format_scores(scores: Iterable[Score]) -> str:
    """One table, three decimals, a line a score, without a line break at the end."""
    lines = [("", "precision", "recall", "f1", "accuracy", "right", "of", "predicted")]
    for s in scores:
        ratios = (_written(ratio) for ratio in (s.precision, s.recall, s.f1, s.accuracy))
        counts = ("" if count is None else str(count) for count in (s.hits, s.of, s.predicted))
        lines.append((s.name, *ratios, *counts))  # type: ignore[arg-type]
    first, *widths = (max(map(len, column)) for column in zip(*lines, strict=True))
    return "\n".join(
        "  ".join([line[0].ljust(first), *map(str.rjust, line[1:], widths)]).rstrip() for line in lines
    )


def _written(ratio: Fraction | None) -> str:
    if ratio is None:
        return ""
    return str((Decimal(ratio.numerator) / ratio.denominator).quantize(Decimal("0.001")))
