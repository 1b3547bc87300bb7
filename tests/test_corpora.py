"""files ─corpus build▶ a store that holds their reports, no more and no less, whatever was there before."""

from __future__ import annotations

import contextlib
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import fatu
from corpora import build, dump, report, write_files
from fatu.corpora import Corpus, OneProcess, Processes, Progress, Setting, Watcher
from fatu.corpora.building import text_of
from fatu.corpora.keys import program_digest
from fatu.corpora.metadata import Metadata, load_metadata
from fatu.describing.terms import write_quad
from fatu.errors import FatuError, InputError, LexiconError, StoreError
from fatu.iris import BASE, Iris
from fatu.lexicon.user_corrections import load_guidance
from fatu.model import Overrides
from fatu.storing import OxigraphStore, filling, load_graphs

NS = f"{BASE}ns#"
DIGEST = f" <{NS}digest> "
ONE = report("开封市顺河回族区", 2020, "全年受理行政复议案件9件,审结8件。")
TWO = report("开封市龙亭区", 2020, "全年受理行政复议案件12件,审结12件。")
NEXT = report("开封市顺河回族区", 2021, "全年受理行政复议案件15件,上年为9件;审结14件。")
FILES = {"a.txt": ONE, "b/two.txt": TWO, "b/next.txt": NEXT}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "reports", FILES)


def reports_of(store: Path) -> list[str]:
    """Ids of the reports in a store."""
    with OxigraphStore(store) as opened:
        start = f"{BASE}id/graph/report/"
        names = [name for name in opened.graph_names() if name.startswith(start)]
    return sorted(name.removeprefix(start).replace("/", "-") for name in names)


def without_history(store: Path) -> list[str]:
    """The statements of a store but for earlier versions, and for digests, which count these."""
    return [line for line in dump(store) if not any(word in line for word in ("#version-", DIGEST))]


def values(store: Path) -> set[str]:
    """The figures of a store."""
    return {line.split('"')[1] for line in dump(store) if f'> <{NS}value> "' in line}


# ---- what the store holds ------------------------------------------------------------------------------------


def test_the_store_holds_what_build_and_load_make(tmp_path: Path, folder: Path) -> None:
    """But for the digests of graphs, and for what only several reports together tell."""
    for path in FILES:
        fatu.build(folder / path).save(tmp_path / "graphs")
    load_graphs(tmp_path / "loaded", [tmp_path / "graphs"])
    build(folder, tmp_path / "store")
    told = {line for line in dump(tmp_path / "store") if DIGEST not in line}
    relations = {line for line in told if f" <{BASE}id/graph/corpus/" in line}
    assert relations
    by_default = {line.rpartition(" <")[0] + " ." for line in relations}
    assert told - relations - by_default == set(dump(tmp_path / "loaded")) - by_default


def test_one_process_and_several_make_the_same(tmp_path: Path, folder: Path) -> None:
    build(folder, tmp_path / "one", OneProcess())
    build(folder, tmp_path / "several", Processes(2))
    assert dump(tmp_path / "one") == dump(tmp_path / "several")


def test_a_corpus_is_the_union_of_its_parts_in_any_order(tmp_path: Path, folder: Path) -> None:
    """Reports that come one after the other, or all at once, are one store: nothing has to be united."""
    build(folder, tmp_path / "all")
    for name in (["a.txt"], ["a.txt", "b/next.txt"], list(FILES)):
        write_files(folder, {path: FILES[path] for path in name})
        build(folder, tmp_path / "grown")
    assert dump(tmp_path / "grown") == dump(tmp_path / "all")


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 64 KB, and all is streamed but the first of them."""
    monkeypatch.setattr(filling, "SMALLEST", 64 << 10)
    monkeypatch.setattr(filling, "STREAMED", 64 << 10)


def test_a_store_that_is_streamed_is_the_same(
    tmp_path: Path, folder: Path, request: pytest.FixtureRequest
) -> None:
    build(folder, tmp_path / "pieces")
    request.getfixturevalue("streamed")
    build(folder, tmp_path / "stream")
    assert dump(tmp_path / "stream") == dump(tmp_path / "pieces")


@pytest.mark.usefixtures("streamed")
def test_a_stream_that_is_broken_off_goes_on_from_what_was_loaded(tmp_path: Path, folder: Path) -> None:
    build(folder, tmp_path / "whole")
    store, part = tmp_path / "store", tmp_path / ".store.part"

    def stop(progress: Progress) -> None:
        if progress.stage == "store" and progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Corpus(tmp_path / "store.cache") as corpus:
        corpus.build([folder], store, watcher=Watcher(stop))
    # What Oxigraph leaves of a load that is killed.
    (part / "bulk-1.sst").write_bytes(b"left")
    build(folder, store)
    assert dump(store) == dump(tmp_path / "whole")
    assert not list(store.glob("bulk-*.sst"))


def test_an_archive_is_a_folder(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    build(folder, tmp_path / "one")
    build(tmp_path / "reports.zip", tmp_path / "two")
    assert dump(tmp_path / "one") == dump(tmp_path / "two")


# ---- the second run ------------------------------------------------------------------------------------------


def test_what_is_known_is_not_read_again(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    first = build(folder, store)
    before = dump(store)
    second = build(folder, store)
    assert (first.made, first.reports) == (3, 3)
    assert (second.made, second.reports) == (0, 3)
    assert second.stored is not None and (second.stored.written, second.stored.removed) == (0, 0)
    assert dump(store) == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda files: files.pop("b/two.txt"), id="a file is gone"),
        pytest.param(
            lambda files: files.update({"a.txt": ONE.replace("9件", "10件")}), id="a file has changed"
        ),
        pytest.param(lambda files: files.update({"c.txt": files.pop("a.txt")}), id="a file has another name"),
        pytest.param(
            lambda files: files.update({"new.txt": report("开封市鼓楼区", 2020, "开展普法宣传30场。")}),
            id="a file is new",
        ),
        pytest.param(lambda files: (files.clear(), files.update({"z.txt": TWO})), id="one file is left"),
    ],
)
def test_a_store_follows_its_folder(
    tmp_path: Path, folder: Path, change: Callable[[dict[str, str]], object]
) -> None:
    store = tmp_path / "store"
    build(folder, store)
    files = dict(FILES)
    change(files)
    write_files(folder, files)
    build(folder, store)
    build(folder, tmp_path / "fresh")
    assert without_history(store) == without_history(tmp_path / "fresh")


def test_another_lexicon_is_read_anew_and_the_first_one_too(tmp_path: Path, folder: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text(
        "kind\tword\tname\tid\tunit\ttopic\tarea\tline\tsource\nprogram\t法治体检\t法治体检\t\t\t\t\t\t自拟\n"
    )
    own = Setting(guidance=load_guidance(words))
    store = tmp_path / "store"
    assert build(folder, store).made == 3
    assert build(folder, store, setting=own).made == 3
    assert build(folder, store).made == 3


def test_a_key_names_text_program_and_words(tmp_path: Path) -> None:
    plain = Setting()
    assert len(program_digest()) == 32
    keys = {
        plain.key(b"one", Overrides()),
        plain.key(b"two", Overrides()),
        plain.key(b"one", Overrides(year=2020)),
        Setting(base="https://example.org/").key(b"one", Overrides()),
    }
    assert len(keys) == 4
    assert plain.key(b"one", Overrides()) == Setting().key(b"one", Overrides())


def test_graphs_that_others_loaded_stay(tmp_path: Path, folder: Path) -> None:
    fatu.build(folder / "a.txt").save(tmp_path / "graphs")
    load_graphs(tmp_path / "store", [tmp_path / "graphs"])
    write_files(folder, {"two.txt": TWO})
    build(folder, tmp_path / "store")
    assert reports_of(tmp_path / "store") == ["410202-gov-2020", "410203-gov-2020"]


def test_a_damaged_part_is_made_anew(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build(folder, store)
    before = dump(store)
    for path in sorted((tmp_path / "store.cache" / "parts").rglob("*.gz"))[:2]:
        path.write_bytes(path.read_bytes()[:-20])
    (tmp_path / "store.cache" / "index.sqlite").unlink()
    write_files(folder, {**FILES, "new.txt": report("开封市鼓楼区", 2020, "开展普法宣传30场。")})
    with pytest.raises(StoreError, match="run it again"):
        build_anew(folder, store)
    build(folder, store)
    write_files(folder, FILES)
    build(folder, store)
    assert dump(store) == before


@pytest.mark.parametrize("content", [b"", b"not packed"])
def test_a_part_that_is_lost_while_reports_are_compared_is_made_anew(
    tmp_path: Path, folder: Path, content: bytes
) -> None:
    """The report of the year after is new, and what it is held against is damaged."""
    store = tmp_path / "store"
    write_files(folder, {"a.txt": ONE})
    build(folder, store)
    for path in (tmp_path / "store.cache" / "parts").rglob("*.gz"):
        path.write_bytes(content)
    write_files(folder, {"a.txt": ONE, "b/next.txt": NEXT})
    with pytest.raises(StoreError, match="run it again"):
        build(folder, store)
    build(folder, store)
    build(folder, tmp_path / "fresh")
    assert dump(store) == dump(tmp_path / "fresh")


def build_anew(folder: Path, store: Path) -> None:
    """A store made from the parts, so that each of them is unpacked."""
    with Corpus(store.with_name(f"{store.name}.cache")) as corpus:
        corpus.build([folder], store.with_name("anew"))


def test_what_the_catalogue_lacks_is_counted_over_all_reports(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    areas = ("开封市龙亭区", "开封市鼓楼区")
    trees = {f"{area}.txt": report(area, 2021, f"栽种行道树{len(area)}棵。") for area in areas}
    write_files(folder, {**FILES, **trees})
    build(folder, store)
    with Corpus(tmp_path / "store.cache") as corpus:
        (tree,) = [lacking for lacking in corpus.lacking() if "行道树" in lacking.phrase]
    assert (tree.unit, tree.reports, tree.figures, tree.example) == ("棵", 2, 2, "410202-gov-2021")
    assert tree.words == "栽种行道树6棵。"
    write_files(folder, FILES)
    build(folder, store)
    with Corpus(tmp_path / "store.cache") as corpus:
        assert not [lacking for lacking in corpus.lacking() if "行道树" in lacking.phrase]


def test_a_corpus_of_the_layout_before_keeps_its_history(tmp_path: Path, folder: Path) -> None:
    store, index = tmp_path / "store", tmp_path / "store.cache" / "index.sqlite"
    trees = {"a.txt": report("开封市龙亭区", 2021, "栽种行道树6棵。")}
    write_files(folder, trees)
    build(folder, store)
    write_files(folder, {"a.txt": trees["a.txt"].replace("6棵", "7棵")})
    build(folder, store)
    with contextlib.closing(sqlite3.connect(index, isolation_level=None)) as database:
        database.execute("ALTER TABLE lacking DROP COLUMN words")
        database.execute("PRAGMA user_version = 2")
    with Corpus(tmp_path / "store.cache") as corpus:
        assert [lacking.words for lacking in corpus.lacking() if "行道树" in lacking.phrase] == [""]
    build(folder, store)
    with Corpus(tmp_path / "store.cache") as corpus:
        (tree,) = [lacking for lacking in corpus.lacking() if "行道树" in lacking.phrase]
        assert tree.words == "栽种行道树7棵。"
        assert len(corpus.versions("410202-gov-2021")) == 1


# ---- which file tells a report -------------------------------------------------------------------------------


def test_one_text_twice_is_one_report(tmp_path: Path, folder: Path) -> None:
    write_files(folder, {"a.txt": ONE, "copy.txt": ONE})
    summary = build(folder, tmp_path / "store")
    assert (summary.reports, summary.repeated, summary.failed) == (1, 1, 0)


def test_two_texts_of_one_report_are_told_and_the_first_stays(tmp_path: Path, folder: Path) -> None:
    write_files(folder, {"a.txt": ONE, "b.txt": ONE.replace("9件", "10件"), "c.txt": TWO})
    summary = build(folder, tmp_path / "store")
    assert (summary.reports, summary.failed) == (2, 1)
    ((path, problem),) = summary.failures
    assert path.endswith("b.txt")
    assert "is report 410203-gov-2020" in problem and "a.txt" in problem and "--metadata" in problem
    assert values(tmp_path / "store") == {"9", "8", "12"}


def test_of_two_days_of_publication_the_later_counts(tmp_path: Path, folder: Path) -> None:
    early = report("开封市顺河回族区", 2020, "全年受理行政复议案件9件。", published="2021-03-01")
    late = report("开封市顺河回族区", 2020, "全年受理行政复议案件10件。", published="2021-06-01")
    write_files(folder, {"a.txt": late, "b.txt": early})
    summary = build(folder, tmp_path / "store")
    assert (summary.reports, summary.failed, summary.versions) == (1, 0, 1)
    assert values(tmp_path / "store") == {"10"}
    lines = dump(tmp_path / "store")
    assert any("hasVersion" in line for line in lines) and any(
        '"2021-03-01公布的文本"' in line for line in lines
    )


def test_a_text_that_is_replaced_stays_as_history(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build(folder, store)
    write_files(folder, {**FILES, "a.txt": ONE.replace("9件", "10件")})
    summary = build(folder, store)
    assert summary.versions == 1
    assert sum("hasVersion" in line for line in dump(store)) == 2  # in its graph, and in the default graph
    with Corpus(tmp_path / "store.cache") as corpus:
        (version,) = corpus.versions("410203-gov-2020")
        assert "9件" in corpus.version_text(version)
    write_files(folder, FILES)
    assert build(folder, store).versions == 1  # the text with 10 is the earlier one now


# ---- what fails ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        '引"文\\',
        f"<a/text> <{BASE}ns#text> 一",
        f'/text> <{BASE}ns#text> "二"',
        f'" /text> <{BASE}ns#text> "三',
    ],
)
def test_the_text_of_a_report_is_found_whatever_it_says(tmp_path: Path, words: str) -> None:
    """Its earlier texts are told by `corpus history`."""
    text = report("开封市龙亭区", 2020, f"网页称{words},受理行政复议案件12件。")
    built = fatu.build(write_files(tmp_path, {"a.txt": text}) / "a.txt")
    nquads = "".join(f"{write_quad(quad)}\n" for quad in built.quads)
    assert text_of(nquads.encode(), Iris()) == text


def test_a_file_fails_alone(tmp_path: Path, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "nameless.txt").write_text(
        "关于法治政府建设情况的报告\n全年受理行政复议案件9件。\n", encoding="utf-8"
    )
    summary = build(folder, tmp_path / "store")
    assert (summary.files, summary.failed, summary.reports) == (6, 3, 3)
    assert [Path(path).name for path, _ in summary.failures] == ["broken.pdf", "empty.txt", "nameless.txt"]
    assert summary.failure_list is not None
    assert len(summary.failure_list.read_text(encoding="utf-8").splitlines()) == 3


def test_a_folder_without_a_report_leaves_the_store_alone(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    build(folder, store)
    before = dump(store)
    write_files(folder, {"notes.txt": ""})
    with pytest.raises(InputError, match="no report in it"):
        build(folder, store)
    assert dump(store) == before


def test_two_runs_at_a_time_are_refused(tmp_path: Path, folder: Path) -> None:
    with Corpus(tmp_path / "store.cache"), pytest.raises(StoreError, match="another run"):
        build(folder, tmp_path / "store")


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(StoreError, match="not a store"):
        build(folder, folder)


# ---- what a user knows of the files --------------------------------------------------------------------------


def test_a_table_tells_what_the_text_does_not(tmp_path: Path, folder: Path) -> None:
    write_files(folder, {"x/one.txt": "关于法治政府建设情况的报告\n全年受理行政复议案件9件。\n"})
    table = tmp_path / "files.tsv"
    table.write_text("file\tarea\tyear\tpublished\nx/one.txt\t410203\t2020\t2021-03-31\n", encoding="utf-8")
    with Corpus(tmp_path / "cache") as corpus:
        corpus.build([folder], tmp_path / "store", told=load_metadata(table))
    assert reports_of(tmp_path / "store") == ["410203-gov-2020"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a.txt\t410203\t\t", Overrides(area="410203")),
        ("reports/a.txt\t\t2020\t", Overrides(year=2020)),
        ("b.txt\t410203\t\t", Overrides()),
        ("a.txt\t410203\t\t\nreports/a.txt\t410202\t\t", Overrides(area="410202")),
    ],
)
def test_the_longest_end_of_a_path_decides(tmp_path: Path, rows: str, told: Overrides) -> None:
    table = tmp_path / "files.tsv"
    table.write_text(f"file\tarea\tyear\tpublished\n{rows}\n", encoding="utf-8")
    assert load_metadata(table)("/data/reports/a.txt") == told


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a.txt\t999999\t\t", "line 2 column area: 999999 is no area's code"),
        ("a.txt\t\t20\t", "line 2 column year: '20' is no year"),
        ("a.txt\t\t\t2021年3月", "line 2 column published: '2021年3月' is no date"),
        ("\t410203\t\t", "line 2 column file: the cell is empty"),
        ("a.txt\t410203\t\t\na.txt\t410202\t\t", "line 3 column file: a.txt stands in two lines"),
    ],
)
def test_a_table_that_is_wrong_is_refused(tmp_path: Path, row: str, problem: str) -> None:
    table = tmp_path / "files.tsv"
    table.write_text(f"file\tarea\tyear\tpublished\n{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=problem):
        load_metadata(table)


def test_nothing_is_known_without_a_table() -> None:
    assert Metadata()("a.txt") == Overrides()


def test_every_error_is_ours(tmp_path: Path) -> None:
    for inputs in ([tmp_path / "missing"], []):
        with Corpus(tmp_path / "cache") as corpus, pytest.raises(FatuError):
            corpus.build(inputs, tmp_path / "store")


def test_graphs_of_the_corpus_are_named(tmp_path: Path) -> None:
    assert (
        Iris().graph("corpus", f"{BASE}id/report/410203/gov/2020") == f"{BASE}id/graph/corpus/410203/gov/2020"
    )
