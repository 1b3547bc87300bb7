"""The same text gives the same bytes: under any hash seed, locale, time zone, folder, name, encoding or order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fatu
from fatu.exporting.formats import RDF_FORMATS
from fatu.exporting.records import extraction_records, finding_records
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.iris import Iris
from fatu.linking import link
from fatu.model import Overrides, Report
from fatu.outlining import outline
from fatu.pipeline import OUTPUTS, build
from fatu.reading import read_text

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PLACES = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    {"PYTHONHASHSEED": "99", "TZ": "America/Los_Angeles", "LANG": "zh_CN.GB18030", "PYTHONOPTIMIZE": "1"},
]


def run_build(source: Path, folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """All files that `fatu build` makes as a process of its own in `folder`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "fatu", "build", str(source), "-o", "out"],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return {p.name: p.read_bytes() for p in (folder / "out" / "410203-gov-2020").iterdir()}


def test_builds_in_different_places_are_the_same_bytes(sample_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "another name.txt"
    copy.write_bytes(sample_path.read_bytes())
    sources = [sample_path, copy, copy]
    builds = [
        run_build(source, tmp_path / str(n), place)
        for n, (source, place) in enumerate(zip(sources, PLACES, strict=True))
    ]
    for name in OUTPUTS:
        assert builds[0][name] == builds[1][name] == builds[2][name], name


def test_a_build_in_process_is_the_same_bytes_again(sample_path: Path) -> None:
    first, second = build(sample_path), build(sample_path)
    for name, make in OUTPUTS.items():
        assert make(first) == make(second), name


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_encoding_of_the_file_leaves_no_trace(encoding: str, sample_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "report.txt"
    other.write_bytes(sample_path.read_bytes().decode("utf-8").encode(encoding))
    assert build(other).quads == build(sample_path).quads


def test_nothing_in_the_graph_tells_when_or_where_it_was_made(sample_path: Path) -> None:
    nt = OUTPUTS["graph.nt"](build(sample_path)).decode()
    for trace in (str(sample_path), str(ROOT), "source.txt", os.uname().nodename):
        assert f'"{trace}' not in nt
        assert f"/{trace}>" not in nt


SENTENCES = [
    "县司法局受理行政复议案件9件,审结8件,结案率90%。",
    "清理规范性文件155件,继续有效的61件,拟废止的94件。",
    "疫情期间,县公共法律服务中心受理各类矛盾纠纷62件,调解成功62件,调解成功率100%。",
    "县委、县政府高度重视,制定《石门县普法工作要点》。",
    "按照《关于加强合法性审核的通知》(湘政办发〔2021〕3号)要求,全面推行行政执法“三项制度”。",
    "开展普法宣传30余场次,发放资料1.2万份,提升了法治意识。",
    "支持人民法院依法受理行政案件。",
    "法律顾问提供法律意见31件,参与谈判6次。",
    "一是选取县应急管理局、县水利局开展试点。二是每季度开展督察一次。",
]
TITLE = "石门县人民政府2022年度法治政府建设情况报告\n\n一、工作开展情况\n\n"


def link_text(text: str) -> Report:
    outlined = outline(read_text(text, "report.txt"), Overrides())
    return link(interpret(outlined, find(outlined)))


bodies = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map("".join)


@given(body=bodies, shuffled=st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_quads_does_not_change_a_byte(body: str, shuffled: object) -> None:
    report = link_text(TITLE + body)
    from fatu.describing import graph_quads

    quads = [q for q in graph_quads(report, fatu.audit(report), Iris()) if "/graph/vocab" not in q.graph]
    other = list(quads)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    for name, write in RDF_FORMATS.items():
        assert write(quads, Iris()) == write(other, Iris()), name


@given(body=bodies)
@settings(max_examples=25)
def test_reading_a_text_again_gives_the_same(body: str) -> None:
    one, other = link_text(TITLE + body), link_text(TITLE + body)
    assert one == other
    assert fatu.audit(one) == fatu.audit(other)


@given(body=bodies)
@settings(max_examples=25)
def test_every_record_quotes_the_source(body: str) -> None:
    text = TITLE + body
    report = link_text(text)
    for record in extraction_records(report):
        assert record["text"] == text[record["start"] : record["end"]]  # type: ignore[misc]
    for finding in finding_records(report, fatu.audit(report)):
        for evidence in finding["evidence"]:  # type: ignore[attr-defined]
            assert evidence["text"] == text[evidence["start"] : evidence["end"]]


@given(body=bodies)
@settings(max_examples=25)
def test_nothing_is_dropped(body: str) -> None:
    """Every number is observed once, every mention linked once, every observation has one indicator."""
    report = link_text(TITLE + body)
    mentions = report.reading.mentions
    assert [o.metric for o in report.reading.observations] == list(mentions.metrics)
    assert [i.observation for i in report.indicator_links] == list(report.reading.observations)
    assert len({i.name for i in report.indicator_links}) == len(report.indicator_links)
    linked = [(e.mention.span, e.mention.kind) for e in report.entity_links]
    assert len(set(linked)) == len(linked)
    for mention in (*mentions.agencies, *mentions.citations, *mentions.programs):
        assert (mention.span, mention.kind) in linked


def test_the_order_of_reports_does_not_change_their_union(sample_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "report.txt"
    other.write_bytes((TITLE + "".join(SENTENCES)).encode())
    a, b = build(sample_path).quads, build(other).quads
    for name, write in RDF_FORMATS.items():
        assert write([*a, *b], Iris()) == write([*b, *a], Iris()), name
