"""Evaluating: the figures of an extraction against gold, and the same figures as the shared scorer's."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fatu.errors import InputError
from fatu.evaluating import Gold, Score, format_scores, load_gold, score

SHARED = Path(__file__).parents[2] / "shared"
SHARED_GOLD = SHARED / "gold" / "shunhe-2020"

# The gold of a made-up text; _ is an empty cell.
TABLES = {
    "metrics": """\
start end surface value_base unit_base bound indicator indicator_full agency period_norm core
10 13 9件 9 件 exact 行政复议案件受理 行政复议案件受理 甲市司法局 2020 1
14 17 8件 8 件 exact 审结 行政复议案件审结 _ 2020 1
18 21 5件 5 件 at_least 调解矛盾纠纷 调解矛盾纠纷 甲市 2020-Q1 1
22 25 3件 3 件 exact _ _ _ 2020 0
""",
    "agencies": """\
start end surface normalised core acceptable_alt_spans acceptable_names
0 4 市司法局 甲市司法局 1 1-4:司法局 甲市法务局;甲市司法行政局
30 32 我市 甲市 0 _ _
""",
    "clauses": """\
start end role also
0 10 basis _
11 20 action outcome
21 30 problem _
31 40 action _
""",
    "links": """\
relation from_any start end surface core
observation 5-9;40-49 10 13 9件 1
observation 5-9 14 17 8件 1
observation 5-9 22 25 3件 0
""",
}


def write_gold(folder: Path, **tables: str) -> Path:
    for name, table in tables.items():
        lines = [
            "\t".join("" if cell == "_" else cell for cell in line.split(" ")) for line in table.split("\n")
        ]
        (folder / f"{name}.tsv").write_bytes("\n".join(lines).encode("utf-8"))
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    (tmp_path / "self.txt").write_text("甲市\n甲市人民政府\n", encoding="utf-8")
    return load_gold(write_gold(tmp_path, **TABLES))


def by_name(gold: Gold, records: list[dict[str, Any]]) -> dict[str, Score]:
    return {figure.name: figure for figure in score(gold, records)}


def metric(start: int, end: int, **fields: object) -> dict[str, Any]:
    return {"kind": "metric", "start": start, "end": end, **fields}


def link(source: tuple[int, int], target: tuple[int, int]) -> dict[str, Any]:
    where = {"start": source[0], "end": source[1], "target_start": target[0], "target_end": target[1]}
    return {"kind": "link", "relation": "observation", **where}


# ------------------------------------------------------------------------------------------ what is right


def test_spans_count_where_both_ends_agree(gold: Gold) -> None:
    found = [metric(10, 13), metric(14, 16), metric(22, 25), metric(10, 13)]
    spans = by_name(gold, found)["metric.span"]
    # one of three core rows; a wrong end and a double are wrong; the optional row is neither
    assert (spans.hits, spans.predicted, spans.of) == (1, 3, 3)
    assert (spans.precision, spans.recall, spans.f1) == (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))


FIELDS = [
    # score, fields of the record at 10-13 (9件 受理) or 18-21 (5件 at least), rows right
    ("metric.value", {10: {"value": "9"}}, 1),
    ("metric.value", {10: {"value": "9.0000001"}}, 1),
    ("metric.value", {10: {"value": "9.1"}}, 0),
    ("metric.value", {10: {"value": None}}, 0),
    ("metric.value", {10: {"value": "九"}}, 0),
    ("metric.bound", {10: {}, 18: {"bound": "at_least"}}, 2),  # exact is what goes without saying
    ("metric.unit", {10: {"unit": "件"}, 18: {"unit": "次"}}, 1),
    ("metric.indicator", {10: {"indicator": "受理行政复议案件"}}, 1),  # order and 案件 do not matter
    ("metric.indicator", {10: {"indicator": "行政复议案件审结"}}, 0),  # another indicator is closer
    ("metric.indicator", {14: {"indicator": "审结"}}, 0),  # the elided head is missing
    ("metric.agency", {18: {"agency": "甲市人民政府"}}, 1),  # an area stands for its government
    ("metric.agency", {10: {"agency": "甲市人民政府"}}, 0),
    ("metric.agency_invented", {14: {"agency": "乙市司法局"}}, 1),
    ("metric.agency_invented", {14: {"agency": "甲市"}}, 0),  # the reporting government itself
    ("metric.period", {18: {"period": "2020"}}, 1),  # the year alone will do
    ("metric.period", {18: {"period": "2020-Q2"}}, 0),
]


@pytest.mark.parametrize(("name", "fields", "right"), FIELDS)
def test_fields_of_matched_spans(
    gold: Gold, name: str, fields: dict[int, dict[str, Any]], right: int
) -> None:
    found = [metric(start, start + 3, **values) for start, values in fields.items()]
    assert by_name(gold, found)[name].hits == right


def test_a_span_not_found_is_a_field_not_right(gold: Gold) -> None:
    figure = by_name(gold, [metric(10, 13, value="9")])["metric.value"]
    assert (figure.hits, figure.of, figure.accuracy) == (1, 3, Fraction(1, 3))


@pytest.mark.parametrize(
    ("span", "name", "found", "named"),
    [
        ((0, 4), "甲市司法局", 1, 1),
        ((0, 4), "甲市法务局", 1, 1),
        ((1, 4), "甲市司法行政局", 1, 1),
        ((0, 4), "乙市司法局", 1, 0),
        ((2, 4), "甲市司法局", 0, 0),
        ((30, 32), "甲市", 0, 0),
    ],
)
def test_agencies_have_other_right_spans_and_names(
    gold: Gold, span: tuple[int, int], name: str, found: int, named: int
) -> None:
    figures = by_name(gold, [{"kind": "agency", "start": span[0], "end": span[1], "name": name}])
    assert (figures["agency.span"].hits, figures["agency.name"].hits) == (found, named)


def test_a_clause_has_the_role_of_most_of_its_characters(gold: Gold) -> None:
    records = [
        {"kind": "clause", "start": 0, "end": 6, "role": "basis"},  # six of ten
        {"kind": "clause", "start": 6, "end": 10, "role": "action"},
        {"kind": "clause", "start": 11, "end": 20, "role": "outcome"},  # the second right role
        {"kind": "clause", "start": 21, "end": 30, "role": "action"},  # wrong
    ]
    figures = by_name(gold, records)
    assert figures["clause.role"].accuracy == Fraction(2, 4)
    # action: one of two predicted, one of two in the gold; basis all; problem none
    assert [figures[f"clause.role.{role}"].f1 for role in ("action", "basis", "problem")] == [
        Fraction(1, 2), 1, 0
    ]  # fmt: skip
    assert figures["clause.macro_f1"].f1 == Fraction(1, 2)


LINKS = [
    # links (source, target), right, predicted, gold rows reached
    ([((5, 9), (10, 13))], 1, 1, 1),
    ([((8, 12), (12, 15))], 1, 1, 1),  # touching is enough
    ([((40, 49), (10, 13))], 1, 1, 1),  # one of two sources
    ([((40, 49), (14, 17))], 0, 1, 0),  # not a source of this target
    ([((5, 9), (22, 25))], 0, 0, 0),  # optional
    ([((5, 9), (10, 13)), ((40, 49), (10, 13))], 2, 2, 1),  # two links, one row
    ([((5, 166), (10, 13))], 0, 1, 0),  # 161 characters are no measure
    ([((5, 165), (10, 13))], 1, 1, 1),
]


@pytest.mark.parametrize(("links", "right", "predicted", "reached"), LINKS)
def test_links(gold: Gold, links: list[Any], right: int, predicted: int, reached: int) -> None:
    figure = by_name(gold, [link(*ends) for ends in links])["link.observation"]
    assert (figure.hits, figure.predicted, figure.of) == (right, predicted, 2)
    assert figure.recall == Fraction(reached, 2)


def test_nothing_found_scores_nothing_and_does_not_fail(gold: Gold) -> None:
    assert {figure.hits for figure in score(gold, [])} == {0}


def test_scores_are_one_table() -> None:
    scores = [
        Score("metric.span", 2, 3, 4, Fraction(1, 2), Fraction(2, 3), Fraction(4, 7)),
        Score("metric.value", 2, 3, accuracy=Fraction(2, 3)),
        Score("metric.agency_invented", 0),
    ]
    assert format_scores(scores).splitlines() == [
        "                        precision  recall     f1  accuracy  right  of  predicted",
        "metric.span                 0.500   0.667  0.571                2   3          4",
        "metric.value                                         0.667      2   3",
        "metric.agency_invented                                          0",
    ]


# -------------------------------------------------------------------------------------------- broken gold

BROKEN = [
    # table, its text, where, what
    ("programs", "start\n3\n", "programs.tsv, row 1", "no column end"),
    ("metrics", "start end value_base unit_base\n", "metrics.tsv, row 1", "no column bound"),
    ("programs", "start end\n3 7\n8\n", "programs.tsv, row 3", "1 cells where the header has 2"),
    ("programs", "start end\n3 x\n", "programs.tsv, row 2, columns start and end", "'3-x' is no span"),
    ("programs", "start end\n7 3\n", "programs.tsv, row 2, columns start and end", "'7-3' is no span"),
    ("programs", "start end core\n3 7 yes\n", "programs.tsv, row 2, column core", "'yes' is neither"),
    ("links", "start end relation from_any\n3 7 actor 4\n", "row 2, column from_any", "'4' is no span"),
    ("agencies", "start end normalised acceptable_alt_spans\n3 7 x 4-\n", "alt_spans", "'4-' is no span"),
]


@pytest.mark.parametrize(("table", "text", "where", "what"), BROKEN)
def test_a_malformed_table_is_named_to_the_cell(
    tmp_path: Path, table: str, text: str, where: str, what: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_gold(write_gold(tmp_path, **{table: text}))
    assert caught.value.where.startswith(str(tmp_path))
    assert caught.value.where.endswith(where)
    assert what in caught.value.problem


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load_gold(tmp_path / "none")
    with pytest.raises(InputError, match="holds no gold"):
        load_gold(tmp_path)
    (tmp_path / "programs.tsv").write_bytes(b"start\tend\n\xff")
    with pytest.raises(InputError, match="cannot be read"):
        load_gold(tmp_path)


# -------------------------------------------------------------------------------- as the shared scorer has it

needs_shared = pytest.mark.skipif(
    not SHARED_GOLD.is_dir() and "FATU_REQUIRE_SHARED" not in os.environ,
    reason="../shared is not beside the checkout",
)


def records_of(gold: Gold) -> list[dict[str, Any]]:
    """What an extraction that agrees with the gold in everything would print."""
    kinds = {"metrics": "metric", "agencies": "agency", "programs": "program", "dates": "date"}
    records = []
    for table, rows in gold.tables.items():
        for row in rows:
            record: dict[str, Any] = {"start": row.span.start, "end": row.span.end, "text": row["surface"]}
            if table == "metrics":
                record |= {
                    "value": row["value_base"],
                    "unit": row["unit_base"] or None,
                    "bound": row["bound"],
                }
                record |= {"indicator": row["indicator_full"], "indicator_id": row["indicator_id"] or None}
                record |= {"agency": row["agency"] or None, "period": row["period_norm"] or None}
                record |= {"scope": row["scope"] or None, "status": row["status"]}
            elif table == "citations":
                number = row["kind"] == "number"
                record |= {"kind": "citation", "title": None if number else row["title"]}
                record |= {field: row[field] or None for field in ("number", "function", "issuer")}
                record |= {"number_start": row.span.start if number else None, "number_end": row.span.end}
            elif table == "links":
                record |= {"target_start": row.span.start, "target_end": row.span.end}
                record |= {"kind": "link", "relation": row["relation"]}
                record |= {"start": row.sources[0].start, "end": row.sources[0].end}
            elif table == "clauses":
                record |= {"kind": "clause", "role": row["role"]}
            record.setdefault("kind", kinds.get(table))
            record |= {"name": row["normalised"]} if table in ("agencies", "programs") else {}
            record |= {"value": row["normalised"] or None} if table == "dates" else {}
            records.append(record)
    return records


def perturbed(records: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Some records left out, doubled, moved, or with a field emptied or taken from another record."""
    chance = random.Random(seed)
    result = []
    for record in records:
        changed = dict(record)
        what = chance.choice(
            ["keep", "keep", "keep", "drop", "double", "move", "grow", "empty", "swap", "swap"]
        )
        field = chance.choice(sorted(changed.keys() - {"kind", "start", "end", "target_start", "target_end"}))
        if what == "drop":
            continue
        if what in ("move", "grow"):
            changed["end"] += chance.choice([1, 5, 200]) if what == "grow" else 1
            changed["start"] += what == "move"
        elif what == "empty" and not field.startswith("number"):
            changed[field] = None
        elif what == "swap" and not field.startswith("number"):
            other = chance.choice([r for r in records if r["kind"] == record["kind"]])
            changed[field] = other[field]
        result += [changed] * (2 if what == "double" else 1)
    return sorted(result, key=lambda record: (record["start"], record["end"]))


def figures_of_shared_scorer(records: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    predictions = folder / "predictions.jsonl"
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    predictions.write_text("".join(lines), encoding="utf-8")
    command = [
        sys.executable,
        str(SHARED / "tools" / "score.py"),
        str(SHARED_GOLD),
        str(predictions),
        "--json",
    ]
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


@needs_shared
def test_the_gold_itself_is_all_right() -> None:
    gold = load_gold(SHARED_GOLD)
    figures = by_name(gold, records_of(gold))
    assert {name for name, figure in figures.items() if figure.f1 not in (None, 1)} == set()
    assert figures["clause.role"].accuracy == 1
    assert figures["metric.value"].accuracy == 1
    assert figures["metric.agency_invented"].hits == 0


@needs_shared
@pytest.mark.parametrize("seed", range(12))
def test_figures_are_those_of_the_shared_scorer(tmp_path: Path, seed: int) -> None:
    gold = load_gold(SHARED_GOLD)
    records = [] if seed == 0 else perturbed(records_of(gold), seed)
    figures = by_name(gold, records)
    for name, expected in figures_of_shared_scorer(records, tmp_path).items():
        figure = figures.pop(name)
        ratios = {"p": figure.precision, "r": figure.recall, "f1": figure.f1, "accuracy": figure.accuracy}
        counts: dict[str, int | None] = {"tp": figure.hits, "hits": figure.hits, "count": figure.hits}
        counts |= {"gold": figure.of, "of": figure.of, "predicted": figure.predicted}
        for field, value in expected.items():
            if field == "roles":
                assert {
                    role: pytest.approx(figures.pop(f"clause.role.{role}").f1, abs=6e-5) for role in value
                } == value
            elif field in counts:
                assert counts[field] == value, (name, field)
            elif name == "clause.macro_f1":  # the mean of rounded figures there
                assert ratios[field] == pytest.approx(value, abs=2e-4)
            else:
                ratio = ratios[field]
                assert (None if ratio is None else round(float(ratio), 4)) == value, (name, field)
    # The shared scorer leaves out two fields where no span was found.
    assert set(figures) <= {"metric.indicator_id", "metric.status"}
    assert {figure.hits for figure in figures.values()} <= {0}
