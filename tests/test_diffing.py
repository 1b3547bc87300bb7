"""What changed between two graphs, as facts: edits of the sample report and what a reader would say they change, the
laws that every comparison keeps, the command."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fatu
from commands import ROOT, Result
from commands import fatu as run
from fatu.describing.terms import Iri, Quad, write_quad
from fatu.diffing import Change, GraphChanges, Part, Side, diff_sides
from fatu.diffing.records import change_records
from fatu.diffing.sheet import mark_differences, write_changes
from fatu.diffing.similarity import pair_nearest, pair_similar, shape_of, similarity
from fatu.diffing.table import format_changes
from fatu.iris import Iris
from fatu.model import Overrides
from fatu.storing import load_graphs

FOLDER = ROOT / "graphs" / "410203-gov-2020"
SAMPLE = (FOLDER / "source.txt").read_text(encoding="utf-8")
IRIS = Iris()


@cache
def quads_of(text: str) -> tuple[Quad, ...]:
    """The graph of a report, given as its text."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        return fatu.build(path).quads


def side(*graphs: Iterable[Quad]) -> Side:
    parts = [Part(str(n), f"graph {n}", lambda quads=tuple(quads): quads) for n, quads in enumerate(graphs)]
    return Side(parts, IRIS)


def changes_of(old: str, new: str) -> GraphChanges:
    return diff_sides(side(quads_of(old)), side(quads_of(new)))


def told(change: Change) -> tuple[str, str, str, tuple[str, ...]]:
    """A change in short: how, kind, the words of the evidence, the properties that differ with their values."""
    place = next(p for p in reversed(change.places) if p is not None)
    differences = tuple(
        d.name
        if d.name == "text"
        else f"{d.name}: {'、'.join(v.zh for v in d.old)} → {'、'.join(v.zh for v in d.new)}"
        for d in change.differences
    )
    return change.change, change.kind, place.exact, differences


def replaced(old: str, new: str) -> str:
    assert SAMPLE.count(old) == 1
    return SAMPLE.replace(old, new)


# ------------------------------------------------------------------------------------------------ edits of the sample

_NOTICE = "开封市法治政府建设领导小组关于印发开封市2020年度法治政府建设工作安排的通知"
_LEGAL_SERVICES = "二是充分发挥公共法律服务中心作用"
_LEGAL_AID = "三是规范有序开展法律援助"
_REVIEW = "四是做好行政复议工作"


def swapped() -> str:
    """The items on legal services and on legal aid, the one in the place of the other and numbered so."""
    start, middle, end = (SAMPLE.index(words) for words in (_LEGAL_SERVICES, _LEGAL_AID, _REVIEW))
    aid, services = SAMPLE[middle:end], SAMPLE[start:middle]
    return SAMPLE[:start] + "二" + aid[1:] + "三" + services[1:] + SAMPLE[end:]


EDITS: dict[str, tuple[str, list[tuple[str, str, str, tuple[str, ...]]]]] = {
    "a figure is another: so are the two checks that rest on it": (
        replaced("受理行政复议案件9件", "受理行政复议案件10件"),
        [
            ("changed", "observation", "受理行政复议案件10件", ("value: 9 → 10",)),
            ("changed", "finding", "受理行政复议案件10件", ("expectedHigh: 9 → 10",)),
            (
                "changed",
                "finding",
                "受理行政复议案件10件",
                ("expectedLow: 88.89 → 80", "expectedHigh: 88.89 → 80"),
            ),
        ],
    ),
    "a sentence is gone: its figure and its measure": (
        replaced("疫情期间,区法律援助中心共办理个人申请案件29件。", ""),
        [
            ("removed", "observation", "区法律援助中心共办理个人申请案件29件", ()),
            ("removed", "measure", "区法律援助中心共办理个人申请案件29件", ()),
        ],
    ),
    "a paragraph at the top moves all offsets, and adds a measure": (
        replaced("一、关于我区", "区司法局牵头开展法治督察。\n\n一、关于我区"),
        [("added", "measure", "区司法局牵头开展法治督察", ())],
    ),
    "a document has another number": (
        replaced("汴法政〔2020〕1号", "汴法政〔2020〕2号"),
        [
            (
                "changed",
                "citation",
                f"按照《{_NOTICE}》(汴法政〔2020〕2号)要求",
                (f"cites: 《{_NOTICE}》(汴法政〔2020〕1号) → 《{_NOTICE}》(汴法政〔2020〕2号)",),
            )
        ],
    ),
    "two paragraphs change places: nothing": (swapped(), []),
    "a plan is worded otherwise": (
        replaced("强化基层基础,补齐工作短板", "夯实基层基础,补齐短板"),
        [
            (
                "changed",
                "plan",
                "坚持问题导向,夯实基层基础,补齐短板,深入推进依法行政,加快建设法治政府",
                ("text",),
            )
        ],
    ),
    "the report is dated otherwise": (
        replaced("2021年1月26日", "2021年1月29日"),
        [("changed", "report", "2021年1月29日", ("created: 2021-01-26 → 2021-01-29",))],
    ),
    "exact where it was at least": (
        replaced("签署书面调解协议500余份", "签署书面调解协议500份"),
        [("changed", "observation", "签署书面调解协议500份", ("bound: 下限 → 确数",))],
    ),
    "an agency is newly named, and acts in the place of another": (
        replaced("区政府专人负责", "区财政局专人负责"),
        [
            (
                "changed",
                "measure",
                "区财政局专人负责,做好行政复议与行政诉讼的衔接",
                ("text", "actor: 开封市顺河回族区人民政府 → 开封市顺河回族区财政局"),
            ),
            ("added", "agency", "区财政局", ()),
        ],
    ),
    "other spaces and full-width forms: nothing": (
        replaced("受理行政复议案件9件,审结8件,结案率90%", "受理行政复议案件 ９ 件，审结８件，结案率９０％"),
        [],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_as_a_reader_would(name: str) -> None:
    text, expected = EDITS[name]
    assert [told(change) for change in changes_of(SAMPLE, text).changes] == expected


@pytest.mark.parametrize("name", EDITS)
def test_the_mirrored_comparison_tells_the_same_with_added_and_removed_exchanged(name: str) -> None:
    assert mirrored(changes_of(EDITS[name][0], SAMPLE)) == as_set(changes_of(SAMPLE, EDITS[name][0]))


def as_set(comparison: GraphChanges) -> set[tuple[object, ...]]:
    return {
        (c.change, c.kind, c.old and c.old.iri, c.new and c.new.iri, frozenset(c.differences))
        for c in comparison.changes
    }


def mirrored(comparison: GraphChanges) -> set[tuple[object, ...]]:
    other = {"added": "removed", "removed": "added", "changed": "changed"}
    return {
        (
            other[c.change],
            c.kind,
            c.new and c.new.iri,
            c.old and c.old.iri,
            frozenset(type(d)(d.name, d.new, d.old) for d in c.differences),
        )
        for c in comparison.changes
    }


def test_what_moved_is_counted_among_the_same() -> None:
    alone = diff_sides(side(quads_of(SAMPLE)), side(quads_of(SAMPLE)))
    assert alone.changes == () and alone.same > 0
    assert changes_of(SAMPLE, swapped()).same == alone.same


def test_several_figures_of_one_thing_are_matched_by_their_sentences() -> None:
    old = _HEAD + "在乡镇开展法治宣传30场次,群众反响良好。在学校开展法治宣传20场次,师生反响良好。\n"
    new = _HEAD + "在学校开展法治宣传25场次,师生反响良好。在乡镇开展法治宣传30场次,群众反响良好。\n"
    (change,) = [c for c in changes_of(old, new).changes if c.kind == "observation"]
    assert [place and place.exact for place in change.places] == [
        "在学校开展法治宣传20场次",
        "在学校开展法治宣传25场次",
    ]


# ------------------------------------------------------------------------------- one text, another program's graph

MEASURE = f"{IRIS.base}id/report/410203/gov/2020#measure-1.1-1"


def decided(old: Quad, *new: Quad) -> GraphChanges:
    """The sample against its graph with one statement in the place of another."""
    quads = quads_of(SAMPLE)
    assert old in quads
    return diff_sides(side(quads), side([*(q for q in quads if q != old), *new]))


def statement(subject: str, predicate: str) -> Quad:
    return next(q for q in quads_of(SAMPLE) if (q.subject, q.predicate) == (subject, IRIS.term(predicate)))


def test_another_topic_of_the_same_measure_is_a_change_of_that_property() -> None:
    old = statement(MEASURE, "topic")
    (change,) = decided(old, old._replace(object=Iri(IRIS.concept("topic", "enforcement")))).changes
    assert (change.change, change.kind) == ("changed", "measure")
    assert [d.name for d in change.differences] == ["topic"]


def test_a_name_taken_for_something_else_is_told_with_what_it_is_taken_for() -> None:
    old = next(
        q
        for q in quads_of(SAMPLE)
        if q.predicate == IRIS.term("refersTo")
        and q.object == Iri(IRIS.agency("410200", "司法局", "政策法规科"))
    )
    changes = decided(old, old._replace(object=Iri(IRIS.agency("410200", "司法局")))).changes
    assert [(c.change, c.kind, c.fact.label.zh) for c in changes] == [
        ("added", "agency", "开封市司法局"),
        ("removed", "agency", "开封市司法局政策法规科"),
        ("changed", "mention", "市司法局政策法规科"),
    ]


def test_two_things_of_one_name_are_told_apart_by_their_iris() -> None:
    quads = quads_of(SAMPLE)
    program = next(q for q in quads if q.predicate == IRIS.term("usesProgram"))
    twin = program.object.value + "-2"
    label = next(q for q in quads if q.subject == program.object.value and q.predicate.endswith("#label"))
    change = next(
        c
        for c in decided(program, program._replace(object=Iri(twin)), label._replace(subject=twin)).changes
        if c.kind == "measure"
    )
    (difference,) = change.differences
    assert program.object.value in [v.zh for v in difference.old] and twin in [v.zh for v in difference.new]


# -------------------------------------------------------------------------------------------------------------- laws

_SENTENCES = [
    "在乡镇开展法治宣传30场次。",
    "在学校开展法治宣传20场次。",
    "开展法治宣传30场次。",
    "县司法局受理行政复议案件20件,审结15件,结案率75%。",
    "县司法局受理行政复议案件20件,审结18件。",
    "制定《石门县2022年普法工作计划》。",
    "印发《石门县2022年普法工作要点》。",
    "全面推行行政执法“三项制度”。",
    "组织行政执法人员开展培训。",
    "组织行政执法人员开展业务培训。",
    "组织全县行政执法人员开展业务培训。",
    "县财政局开展专项检查3次。",
    "取得良好效果。",
]
_HEAD = "石门县人民政府2022年度法治政府建设情况报告\n\n一、工作情况\n\n"
_TAIL = "\n\n二、存在的问题\n\n执法力量薄弱。\n"
TEXTS = st.lists(st.sampled_from(_SENTENCES), max_size=7).map(lambda chosen: _HEAD + "".join(chosen) + _TAIL)


@settings(max_examples=30)
@given(TEXTS)
def test_a_graph_differs_from_itself_in_nothing(text: str) -> None:
    assert changes_of(text, text).changes == ()


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_exchanging_old_and_new_exchanges_added_and_removed(one: str, other: str) -> None:
    there, back = changes_of(one, other), changes_of(other, one)
    assert mirrored(back) == as_set(there) and back.same == there.same


@settings(max_examples=25)
@given(TEXTS, TEXTS, st.integers(0, 9))
def test_the_order_of_statements_changes_no_byte(one: str, other: str, seed: int) -> None:
    def shuffled(text: str) -> list[Quad]:
        quads = list(quads_of(text))
        random.Random(seed).shuffle(quads)
        return quads

    mixed = diff_sides(side(shuffled(one)), side(shuffled(other)))
    plain = changes_of(one, other)
    assert change_records(mixed) == change_records(plain)
    assert format_changes(mixed) == format_changes(plain)
    assert write_changes(mixed) == write_changes(plain)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_every_fact_is_told_once(one: str, other: str) -> None:
    """Added facts and matched ones are all the facts of the new graph; removed and matched ones all of the old."""
    there = changes_of(one, other)
    for place in ("old", "new"):
        iris = [fact.iri for c in there.changes if (fact := getattr(c, place)) and c.kind != "mention"]
        assert len(iris) == len(set(iris))


WORDS = st.lists(st.text("依法行政推进建设", max_size=8), max_size=12)


@given(WORDS, WORDS)
def test_the_prefix_filter_loses_no_similar_pair(one: list[str], other: list[str]) -> None:
    """What the filter leaves alone is alike to nothing that is left alone."""
    old, new = [shape_of(text) for text in one], [shape_of(text) for text in other]
    pairs = pair_similar(old, new, 600)
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    assert all(similarity(old[i], new[j]) >= 600 for i, j in pairs)
    left = [
        (i, j) for i in range(len(old)) for j in range(len(new)) if i not in taken[0] and j not in taken[1]
    ]
    assert all(similarity(old[i], new[j]) < 600 for i, j in left)


@given(WORDS, WORDS)
def test_pairing_is_the_same_from_either_side(one: list[str], other: list[str]) -> None:
    old, new = [shape_of(text) for text in one], [shape_of(text) for text in other]
    for pair in (pair_similar, pair_nearest):
        assert set(pair(old, new)) == {(i, j) for j, i in pair(new, old)}
    assert len(pair_nearest(old, new)) == min(len(old), len(new))


def test_many_facts_of_one_key_are_paired_in_little_time() -> None:
    shapes = [shape_of(f"开展法治宣传{n}") for n in range(3000)]
    assert pair_nearest(shapes, shapes) and len(pair_similar(shapes, shapes)) == 3000


@pytest.mark.parametrize(
    ("one", "other", "thousandths"),
    [
        ("依法行政", "依法行政", 1000),
        ("补齐工作短板", "补齐短板", 500),  # 补齐 短板 of 5 + 3 pairs
        ("依法行政", "行政执法", 333),  # 行政 of 3 + 3 pairs
        ("依", "依", 1000),
        ("依", "法", 0),
    ],
)
def test_similarity_counts_pairs_of_characters(one: str, other: str, thousandths: int) -> None:
    assert (
        similarity(shape_of(one), shape_of(other))
        == similarity(shape_of(other), shape_of(one))
        == thousandths
    )


# ------------------------------------------------------------------------------------------- sides and their reports


def renamed(quads: Iterable[Quad], name: str) -> list[Quad]:
    """A graph as that of a report of another name."""

    def said(text: str) -> str:
        return text.replace("410203/gov/2020", name)

    return [
        Quad(said(s), p, Iri(said(o.value)) if isinstance(o, Iri) else o, said(g)) for s, p, o, g in quads
    ]


def write_graphs(folder: Path, graphs: dict[str, Iterable[Quad]]) -> Path:
    for name, quads in graphs.items():
        (folder / name).mkdir(parents=True)
        lines = (f"{write_quad(q)}\n" for q in quads if q.graph != IRIS.vocabulary_graph)
        (folder / name / "graph.trig").write_text(trig(lines), encoding="utf-8")
    return folder


def trig(lines: Iterable[str]) -> str:
    blocks = []
    for line in lines:
        triple, _, graph = line.removesuffix(" .\n").rpartition(" ")
        blocks.append(f"{graph} {{ {triple} . }}\n")
    return "".join(blocks)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders of graphs: one report edited, one the same in a folder of another name, one in each alone."""
    place = tmp_path_factory.mktemp("diff")
    plain, edited = quads_of(SAMPLE), quads_of(replaced("审结8件", "审结9件"))
    old = write_graphs(
        place / "old",
        {"a": plain, "b": renamed(plain, "410204/gov/2020"), "c": renamed(plain, "410205/gov/2020")},
    )
    new = write_graphs(
        place / "new",
        {"a": edited, "x": renamed(plain, "410204/gov/2020"), "y": renamed(plain, "410202/gov/2020")},
    )
    return old, new


def test_reports_are_matched_by_their_iris_wherever_they_lie(folders: tuple[Path, Path]) -> None:
    changes = fatu.diff(*folders)
    assert [
        (c.report, c.change, c.kind) for c in changes if c.kind == "report" or c.report != "410203-gov-2020"
    ] == [
        ("410202-gov-2020", "added", "report"),
        ("410205-gov-2020", "removed", "report"),
    ]
    (value,) = [c for c in changes if c.kind == "observation"]
    assert told(value) == ("changed", "observation", "审结9件", ("value: 8 → 9",))


def test_a_store_is_compared_with_the_files_that_it_was_loaded_from(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    load_graphs(tmp_path / "store", [folders[0]])
    assert fatu.diff(tmp_path / "store", folders[0]) == ()
    assert len(fatu.diff(tmp_path / "store", folders[1])) == len(fatu.diff(*folders))


@pytest.mark.parametrize("name", ["graph.trig", "graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf"])
def test_every_syntax_of_a_graph_says_the_same(name: str) -> None:
    assert fatu.diff(FOLDER / name, FOLDER / "graph.trig") == ()


def test_a_report_is_built_on_the_fly() -> None:
    assert fatu.diff(FOLDER / "source.txt", FOLDER) == ()
    assert fatu.diff(fatu.build(FOLDER / "source.txt"), FOLDER / "graph.nt") == ()


def test_two_single_reports_are_compared_whatever_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(SAMPLE, encoding="utf-8")
    other = fatu.build(path, Overrides(id="draft"))
    assert fatu.diff(FOLDER, other) == ()


def test_a_line_break_in_a_string_hides_no_graph(tmp_path: Path) -> None:
    """TriG that another program wrote: what looks like the vocabulary's block stands in a string."""
    vocabulary = f"<{IRIS.vocabulary_graph}>"
    quads = [q for q in quads_of(SAMPLE) if q.graph != IRIS.vocabulary_graph]
    text = trig(f"{write_quad(q)}\n" for q in quads)
    odd = f'<urn:g> {{ <urn:s> <urn:p> """\n{vocabulary} {{\n""" . }}\n'
    (tmp_path / "graph.trig").write_text(
        odd + text + '<urn:g> { <urn:s> <urn:p> """\n}\n""" . }\n', encoding="utf-8"
    )
    assert fatu.diff(tmp_path / "graph.trig", FOLDER) == ()


# ----------------------------------------------------------------------------------------------------- what is shown


def test_records_have_both_sides_with_their_places() -> None:
    (record,) = (
        r
        for r in change_records(changes_of(SAMPLE, replaced("受理行政复议案件9件", "受理行政复议案件10件")))
        if r["kind"] == "observation"
    )
    old, new = record["old"], record["new"]
    assert isinstance(old, dict) and isinstance(new, dict)
    assert record["report"] == "410203-gov-2020" and record["properties"] == ["value"]
    assert (old["value"], new["value"]) == ("9", "10")
    assert (old["unit"], old["period"], old["status"], old["bound"]) == ("件", "2020", "achieved", "exact")
    assert SAMPLE[old["start"] : old["end"]] == old["text"] == "受理行政复议案件9件"
    assert json.dumps(record, ensure_ascii=False)


def test_table_and_sheet_speak_both_languages() -> None:
    comparison = changes_of(SAMPLE, replaced("受理行政复议案件9件", "受理行政复议案件10件"))
    assert "数值: 9 → 10" in format_changes(comparison) and "相同" in format_changes(comparison)
    assert "value: 9 → 10" in format_changes(comparison, "en") and "the same" in format_changes(
        comparison, "en"
    )
    page = write_changes(comparison).decode()
    assert "数据" in page and "observation" in page and "<mark>10</mark>" in page


def test_hostile_text_stays_text() -> None:
    evil = "<script>alert(1)</script>[bold]\x1b[31m{{7*7}}"
    comparison = changes_of(SAMPLE, replaced("严格决策责任追究", f"严格{evil}决策责任追究"))
    page = write_changes(comparison).decode()
    assert "<script" not in page and "&lt;" in page and "{{7*7}}" in page
    assert "\x1b" not in format_changes(comparison)


def test_what_the_other_text_lacks_is_marked() -> None:
    assert mark_differences("受理9件", "受理10件") == (
        [("受理", False), ("9", True), ("件", False)],
        [("受理", False), ("10", True), ("件", False)],
    )
    assert mark_differences("审结", "审结") == ([("审结", False)], [("审结", False)])


# ------------------------------------------------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    place = tmp_path_factory.mktemp("command")
    (place / "old.txt").write_text(SAMPLE, encoding="utf-8")
    (place / "new.txt").write_text(replaced("审结8件", "审结9件"), encoding="utf-8")
    (place / "empty.txt").write_bytes(b"")
    (place / "void").mkdir()
    (place / "broken.ttl").write_bytes(b"<a> <b> .\n")
    (place / "other.nt").write_bytes(b"<urn:a> <urn:b> <urn:c> .\n")
    return lambda *arguments: run("diff", *arguments, cwd=place)


def test_the_command_exits_1_only_where_it_is_asked_to(command: Callable[..., Result]) -> None:
    done = command("old.txt", "new.txt", "--lang", "zh")
    assert done.code == 0 and "数值: 8 → 9" in done.out
    assert command("old.txt", "new.txt", "--exit-code").code == 1
    assert command("old.txt", FOLDER, "--exit-code").code == 0


def test_the_command_writes_json_to_stdout_and_counts_to_stderr(command: Callable[..., Result]) -> None:
    done = command("old.txt", "new.txt", "--format", "json")
    assert {record["kind"] for record in json.loads(done.out)} >= {"observation", "finding"}
    assert "the same" in done.err
    assert json.loads(command("old.txt", "old.txt", "--format", "json").out) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("old.txt", "missing.txt"), "missing.txt: no such file or folder"),
        (("old.txt", "empty.txt"), "empty.txt"),
        (("old.txt", "void"), "void"),
        (("old.txt", "broken.ttl"), "broken.ttl: does not parse as RDF"),
        (("old.txt", "other.nt"), "no report under"),
        (("old.txt", "new.txt", "--report", "410299-gov-2020"), "neither side has a report"),
        (("old.txt",), "Missing argument"),
    ],
)
def test_bad_input_is_told_in_one_line(
    command: Callable[..., Result], arguments: tuple[str, ...], said: str
) -> None:
    done = command(*arguments)
    assert done.code == 2 and done.out == "" and said in done.err
    assert len(done.err.strip().splitlines()) == 1 and "Traceback" not in done.err
