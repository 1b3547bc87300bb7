"""What is said to people: every text of the code has its Chinese, every command tells its help in both languages, and
what programs read depends on no language."""

from __future__ import annotations

import csv
import inspect
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import fatu
from commands import call_fatu, environment
from commands import fatu as run_fatu
from fatu.cli import cli
from fatu.cli.helping import wrap
from fatu.cli.language import default_language, find_language
from fatu.cli.telling import counted
from fatu.cli.translating import load_help, load_templates, translate, translate_error
from fatu.errors import FatuError, UsageError
from fatu.exporting.aligning import width
from fatu.lexicon.shown_words import load_shown_words
from fatu.querying import load_queries
from fatu.querying.headings import head
from said_texts import Said, errors_without_remedy, said_texts

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
GRAPH = SOURCE.parent / "graph.trig"
SAID = said_texts()
OF_THE_CODE = ("message", "part", "outer")
IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
SAME_IN_BOTH = re.compile(r"[\W\d_]*(?:FATU_\w+|SHA-256|IRI)?[\W\d_]*")
"""What has no words: a command to type, a name."""


def gaps(text: str) -> int:
    return text.count("{}")


# ------------------------------------------------------------------------------------------------ the table


def test_the_code_says_much() -> None:
    """The reading of its syntax finds errors, notices, notes on what was read and nouns of numbers."""
    texts = {said.text for said in SAID}
    assert len(texts) > 500
    assert (
        {
            "cannot be written: {}",  # an f-string given to an error
            "is a link that leads out of the folder",  # a plain text
            "{} built, {} failed",  # a notice
            "{} earlier versions",  # a number with its noun
            "left out what is written aslant: “{}”",  # a note on a page
            "check its permissions",  # a remedy
            'pip install "fatu[{}]"',  # what a function gives back
            "is neither UTF-8 nor GB18030: it stops being so at byte {}, and looks like {}",  # what a name stands for
        }
        <= texts
    )


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.where)
def test_every_text_has_its_chinese(said: Said) -> None:
    rows = [t for t in load_templates() if t.en == said.text and t.kind in OF_THE_CODE]
    assert len(rows) == 1, (
        f"{said.text!r} of {said.where} has no row, or several, in src/fatu/cli/messages.tsv"
    )
    (row,) = rows
    assert not said.is_part or row.kind == "part"
    assert IDEOGRAPH.search(row.zh) or SAME_IN_BOTH.fullmatch(row.zh), row.zh


@pytest.mark.parametrize("row", load_templates(), ids=lambda row: row.en)
def test_a_row_puts_each_thing_where_it_belongs(row: object) -> None:
    """All gaps of the English are in the Chinese, but for the ending of a plural: {} footnote{} put …"""
    en, zh = row.en, row.zh  # type: ignore[attr-defined]
    values = [f"«{place}»" for place in range(gaps(en))]
    told = zh.format(*values)
    plural = {place for place, before in enumerate(en.split("{}")[:-1]) if before[-1:].isalpha()}
    them = {place for place, before in enumerate(en.split("{}")[:-1]) if before.endswith("is read from ")}
    lost = {place for place, value in enumerate(values) if value not in told}
    assert lost <= plural | them or row.kind == "click", told  # type: ignore[attr-defined]


def test_no_row_is_of_a_text_that_nothing_says() -> None:
    texts = {said.text for said in SAID}
    assert [t.en for t in load_templates() if t.kind in OF_THE_CODE and t.en not in texts] == []


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.where)
def test_a_text_is_translated_by_its_own_row(said: Said) -> None:
    """Not by that of another text that it happens to fit, whatever is put in."""
    values = [f"x{place}" for place in range(gaps(said.text))]
    written = _put(said.text, values)
    row = next(t for t in load_templates() if t.en == said.text)
    expected = row.zh.format(*values)
    if row.kind == "part":
        assert translate(f"cannot be written: {written}") == f"无法写入:{expected}"
    else:
        assert translate(written) == expected


def _put(text: str, values: list[str]) -> str:
    parts = text.split("{}")
    return "".join(part + value for part, value in zip(parts, [*values, ""], strict=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # an error's line, as a corpus keeps it
        ("a/b.doc: is an old Word or WPS document (.doc, .wps), which is not read; save it again as UTF-8",
         "a/b.doc: 是旧版 Word 或 WPS 文档(.doc、.wps),不能读取; 请重新存为 UTF-8"),
        ("x: cannot be read: No such file or directory; check the path",
         "x: 无法读取:没有这个文件或文件夹; 请检查路径"),
        ("missing: no report in it: no such file; check the path; the store is left as it is",
         "missing: 其中没有报告:没有这个文件; 请检查路径; 存储保持原样"),
        ("a.zip: is a damaged ZIP archive (File is not a zip file); make the archive again, or give its files",
         "a.zip: 是损坏的 ZIP 压缩包(不是 ZIP 文件); 请重新压缩,或直接给出其中的文件"),
        ("c.tsv line 2 column value: '7件' is no indicator; a decision says what is counted, not how many",
         "c.tsv line 2 column value: '7件' 不是指标; 请写统计的是什么,不写数量"),
        ("w.tsv line 1: 'x' is no column of this table; in the first line name columns of kind, word",
         "w.tsv line 1: 'x' 不是这张表的列; 首行请写这些列名:kind, word"),
        # numbers with their nouns
        ("1 report, 2 earlier versions; 3 graphs written, 0 removed; 12 statements",
         "1份报告、2个较早文本;写入3个图,移除0个;12条陈述"),
        # what a library says stays as it is
        ("x: cannot be read: a thing that nobody knows", "x: 无法读取:a thing that nobody knows"),
        ("something else", "something else"),
        ("{} {0} %s", "{} {0} %s"),
    ],
)  # fmt: skip
def test_lines_are_translated(text: str, told: str) -> None:
    assert translate(text) == told


def test_what_a_user_wrote_is_put_in_as_it_is() -> None:
    error = UsageError("--to", "no format 'give a file with -o {}'", "choose one of ttl, nt")
    assert translate_error(error) == "--to: 没有格式 'give a file with -o {}'; 请从中选一个:ttl, nt"
    assert translate_error(FatuError("x is y", "is empty")) == "x is y: 是空的"


@pytest.mark.parametrize(
    ("number", "noun", "told"),
    [
        (0, ("earlier version",), "0 earlier versions"),
        (1, ("earlier version",), "1 earlier version"),
        (2, ("earlier version",), "2 earlier versions"),
        (1, ("agency", "agencies"), "1 agency"),
        (24, ("agency", "agencies"), "24 agencies"),
    ],
)
def test_numbers_agree_with_their_nouns(number: int, noun: tuple[str, ...], told: str) -> None:
    assert counted(number, *noun) == told


def test_every_error_says_where_what_and_what_next() -> None:
    """Three things are given to each; but two that hand on what the worker of a server says, in its line."""
    assert errors_without_remedy() == ["serving/asking.py", "serving/asking.py"]


# ------------------------------------------------------------------------------------------------ which language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN"}, "en"),
        ({"LANG": "zh_CN", "FATU_LANG": "en"}, "en"),
        ({"LANG": "en_US", "FATU_LANG": "zh"}, "zh"),
        ({"FATU_LANG": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "FATU_LANG": ""}, "zh"),
        ({"LC_CTYPE": "zh_CN"}, "en"),
    ],
)
def test_the_environment_tells_the_language(variables: dict[str, str], language: str) -> None:
    assert default_language(variables) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ("", None),
        ("build x", None),
        ("--lang zh build x", "zh"),
        ("build x --lang=en", "en"),
        ("--lang zh compare --lang en", "en"),
        ("build --help --lang zh", "zh"),
        ("build --lang", None),
        ("build --lang fr", None),
    ],
)
def test_the_last_lang_counts(arguments: str, language: str | None) -> None:
    assert find_language(arguments.split()) == language


def test_a_locale_is_heeded_and_overruled(tmp_path: Path) -> None:
    wanted = {"FATU_LANG": "", "LANG": "zh_CN.UTF-8"}
    assert (
        run_fatu("queries", "x", cwd=tmp_path, **wanted).err
        == "fatu: queries: 多出一个参数(x); 详见 --help\n"
    )
    wanted["LC_ALL"] = "C"
    said = "fatu: queries: Got unexpected extra argument (x); see --help\n"
    assert run_fatu("queries", "x", cwd=tmp_path, **wanted).err == said
    wanted["FATU_LANG"] = "fr"
    said = "fatu: FATU_LANG: no language 'fr'; set zh or en\n"
    assert (run_fatu("queries", cwd=tmp_path, **wanted).err) == said
    assert environment(FATU_LANG="en")["FATU_LANG"] == "en"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("frob", "fatu: 没有命令 'frob'; 详见 --help"),
        ("build", "fatu: build: 缺少参数 'INPUT…'; 详见 --help"),
        ("view", "fatu: view: 缺少选项 '-o' / '--output'; 详见 --help"),
        ("build x --nope", "fatu: build: 没有选项 '--nope'; 详见 --help"),
        ("build x --year foo", "fatu: --year: 'foo' 不是年份; 请写成四位数字,如 2020"),
        ("build x --year 3", "fatu: --year: '3' 不是年份; 请写成四位数字,如 2020"),
        ("build x --year 3000", "fatu: --year: 3000 不是报告年份; 请给出1949至2100中的一年,如 2020"),
        ("build graphs/r/source.txt --area 海拉尔",
         "fatu: --area: 没有代码为 '海拉尔' 的地区; 请给出代码:150702 呼伦贝尔市海拉尔区"),
        ("audit x --format pdf",
         "fatu: audit: '--format' 的值无效:'pdf' 不在其中:'table', 'json', 'html'; 详见 --help"),
        ("build --year", "fatu: 选项 '--year' 需要一个值; 详见 --help"),
        ("build nope.txt", "fatu: nope.txt: 没有这个文件; 请检查路径"),
        ("build nope.txt --published 1", "fatu: --published: '1' 不是日期; 请写成 年-月-日,如 2021-03-31"),
        ("query q99", "fatu: q99: 没有这个名称的查询; 请看 fatu queries,或写 SPARQL"),
        ("corpus build nope --store s", "fatu: nope: 其中没有报告:没有这个文件; 请检查路径; 存储保持原样"),
        ("corpus unmatched", "fatu: corpus: --store 和 --cache 都没有给出; 请给出语料库的存储"),
        ("query q8 --data nowhere", "fatu: nowhere: 没有这个文件或文件夹; 请检查路径"),
        ("query q8 --set year", "fatu: --set: 'year' 没有设定任何值; 请写成 名=值"),
        ("query SELECT{", "fatu: 查询: 第1行第7列:'{' 不该出现在这里; 请改正 SPARQL(只能查询,不能更新)"),
        ("query q39 --table p.csv", "fatu: --table: 'p.csv' 没有指明表; 请写成 名=文件.csv"),
        ("compare --by rank --trend", "fatu: --trend: 与 --by rank 同时给出; 请只给其中一个"),
    ],
)  # fmt: skip
def test_errors_are_told_in_chinese(arguments: str, told: str, tmp_path: Path) -> None:
    shutil.copytree(GRAPH.parent, tmp_path / "graphs" / "r", ignore=shutil.ignore_patterns("*.html"))
    for asked in (["--lang", "zh", *arguments.split()], [*arguments.split(), "--lang=zh"]):
        done = call_fatu(*asked, cwd=tmp_path)
        if asked[-1] == "--lang=zh" and arguments.endswith("--year"):
            continue  # the option takes the next word for its value
        assert (done.code, done.out) == (2, "")
        assert done.err.removesuffix("\n").startswith(told), done.err
        assert done.err.count("\n") == 1


# ------------------------------------------------------------------------------------------------ help


def commands(command: click.Command = cli, path: str = "fatu") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, f"{path} {name}")


COMMANDS = dict(commands())


def paragraphs(command: click.Command) -> list[str]:
    return inspect.cleandoc(command.help or "").split("\n\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_examples_that_begin_with_the_command(name: str) -> None:
    last = paragraphs(COMMANDS[name])[-1].splitlines()
    assert last[:2] == ["\b", "Example:"] and len(last) > 2
    assert any(f"fatu {name.removeprefix('fatu').strip()}".strip() in line for line in last[2:])


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_told_in_chinese(name: str) -> None:
    command = COMMANDS[name]
    texts = [" ".join(text.split()) for text in paragraphs(command) if not text.startswith("\b")]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert all(option.help for option in options), [option.name for option in options if not option.help]
    texts += [" ".join(str(option.help).split()) for option in options]
    assert [text for text in texts if text not in load_help()] == []


def test_no_row_of_help_is_of_what_nothing_says() -> None:
    said = {"Usage:", "Options", "Commands", "Example:", "default", "required", "Show this message and exit."}
    for command in COMMANDS.values():
        said |= {" ".join(text.split()) for text in paragraphs(command)}
        said |= {" ".join(str(o.help).split()) for o in command.params if isinstance(o, click.Option)}
    assert set(load_help()) <= said


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_of_help_has_no_english_sentence_in_chinese(name: str, tmp_path: Path) -> None:
    page = call_fatu(*name.split()[1:], "--help", "--lang", "zh", cwd=tmp_path).out
    assert page.startswith(f"用法: {name}") and "选项:" in page and "示例:" in page
    prose = re.sub("`.*?`", "", page.split("\n", 1)[1].split("示例:")[0] + page.split("选项:")[1])
    # Names of programs and of options' values stay; three English words in a row are a sentence.
    assert not re.search(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b", prose), page
    assert all(width(line) <= 80 for line in page.splitlines() if "fatu " not in line), page


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_a_language(name: str) -> None:
    assert "--lang" in [option for parameter in COMMANDS[name].params for option in parameter.opts]


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, []),
        ("核查报告的数字", 8, ["核查报告", "的数字"]),
        ("核查,报告的数字", 4, ["核查,", "报告", "的数", "字"]),
        ("写入 output.ttl 文件", 12, ["写入", "output.ttl", "文件"]),
        ("设为 basic;digest,FATU 等", 12, ["设为 basic;", "digest,FATU", "等"]),
    ],
)
def test_wrapping_counts_columns(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


# ------------------------------------------------------------------------------------- what programs read


MACHINE = [
    # what writes data for programs
    "extract {source}",
    "audit {source} --format json",
    "links {source} --format csv",
    "links {source} --format json",
    "query q8 --data {graph} --format csv",
    "query q8 --data {graph} --format json",
    "query q8 --data {graph} --format tsv",
    "query q8 --data {graph} --format xml",
    "queries",
    "validate {graph}",
    "export {graph} --to csv",
    "export {graph} --to ttl",
    "network {graph} --format csv",
    "network {graph} --format json",
    "compare --data {graph} --format csv",
    "compare --data {graph} --format json",
    "diff {graph} {graph} --format json",
    "indicators --format csv",
    "ask 2020年行政复议结案率是多少? --data {graph} --format json",
]


@pytest.mark.parametrize("line", MACHINE)
def test_what_programs_read_depends_on_no_language(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = line.format(source=SOURCE, graph=GRAPH).split()
    told = []
    for language in ("zh", "en"):
        monkeypatch.setenv("FATU_LANG", language)
        done = call_fatu(*asked, cwd=tmp_path)
        told.append((done.code, done.out))
    assert told[0] == told[1]
    assert told[0][0] == 0 and told[0][1]


def test_what_a_build_writes_depends_on_no_language(tmp_path: Path) -> None:
    said = []
    for language in ("zh", "en"):
        done = call_fatu("--lang", language, "build", SOURCE, "-o", tmp_path / language, cwd=tmp_path)
        said.append(done.err)
        assert done.code == 0
    files = [
        sorted(p.relative_to(tmp_path / lang) for p in (tmp_path / lang).rglob("*")) for lang in ("zh", "en")
    ]
    assert files[0] == files[1] and len(files[0]) > 8
    for name in files[0]:
        if (tmp_path / "zh" / name).is_file():
            assert (tmp_path / "zh" / name).read_bytes() == (tmp_path / "en" / name).read_bytes(), name
    zh, en = said
    assert "42个数字" in zh and "比率5个" in zh and "警示: 行政复议结案率" in zh
    assert (
        "42 metrics" in en
        and "5 rates, 5 with a known denominator" in en
        and "warning: Reconsideration cases" in en
    )
    assert not IDEOGRAPH.search(re.sub("[^\x20-\x7e]*〔.*?号", "", en.split("First resp")[0]))


# ------------------------------------------------------------------------------------------------ tables


TABLES = [
    # command, words of the Chinese table, words of the English one
    ("audit {source}", "警示 义务 缺失 一致 不一致 已履行 无法核实 没有可供核对内容的规则",
     "warning duty missing met unverifiable rules"),
    ("query q8 --data {graph}", "报告 名称 所写 应为(低) 结论 不一致 警示 说明",
     "report stated verdict inconsistent warning"),
    ("query q22 --data {graph}", "计划数 缺口 是", "plans gap true"),
    ("query q23 --data {graph}", "义务 结论 公开日期 缺失", "duty verdict published missing"),
    ("query figure --data {graph}", "数值 界限 状态 确数 已完成 被要求", "value bound status exact achieved required"),
    ("compare --data {graph} --indicator recon-closure-rate", "地区 年度 指标 数值 结论 标记 不一致 核查不一致",
     "area year indicator value verdict marks inconsistent Reconsideration"),
    ("compare --data {graph} --trend", "地区 指标 另有口径 2020 标记", "area indicator 2020 marks further"),
    ("compare --data {graph} --indicator recon-closure-rate --year 2020 --by rank", "名次 地区 结论",
     "rank area verdict"),
    ("links {source}", "类别 方法 名称一致 未能确定", "KIND METHOD exact undecided"),
    ("extract {source} --format table", "类别 详情 援引 数字 界限=确数", "KIND DETAILS citation metric bound=exact"),
    ("indicators", "编号 中文名 主题 比率 计数", "ID CHINESE TOPIC ratio count"),
    ("diff {graph} {graph}", "报告1份", "1 report"),
    ("network {graph} --top 1", "核心文件", "Central documents"),
    ("network {graph} --citations", "文件影响范围", "Reach of documents"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "zh", "en"), TABLES)
def test_tables_are_in_the_language_asked_for(line: str, zh: str, en: str, tmp_path: Path) -> None:
    for language, words in (("zh", zh), ("en", en)):
        done = call_fatu(*line.format(source=SOURCE, graph=GRAPH).split(), "--lang", language, cwd=tmp_path)
        assert done.code == 0, done.err
        assert [word for word in words.split() if word not in done.out] == [], done.out


@pytest.mark.parametrize("line", [line for line, _, _ in TABLES if line.startswith(("query", "compare"))])
def test_no_word_of_the_other_language_is_in_a_head(line: str, tmp_path: Path) -> None:
    asked = line.format(graph=GRAPH).split()
    zh = call_fatu(*asked, "--lang", "zh", cwd=tmp_path).out.splitlines()[0]
    en = call_fatu(*asked, "--lang", "en", cwd=tmp_path).out.splitlines()[0]
    assert not re.search("[a-z]", zh), zh
    assert not IDEOGRAPH.search(en), en


def test_sparql_of_ones_own_keeps_its_names(tmp_path: Path) -> None:
    asked = "SELECT ?value ?area WHERE { ?o <https://w3id.org/fatu/ns#value> ?value } ORDER BY ?value LIMIT 1"
    done = call_fatu("query", asked, "--data", GRAPH, "--lang", "zh", cwd=tmp_path)
    assert done.out.splitlines()[0].split() == ["value", "area"]


def test_every_column_of_a_named_query_has_words_of_its_own() -> None:
    for query in load_queries():
        body = re.sub("#.*", "", query.text)
        selected = re.search(r"SELECT\s+(?:DISTINCT\s+)?(.*?)\s*WHERE", body, re.DOTALL)
        assert selected is not None
        names = re.findall(
            r"AS\s+\?(\w+)\)|(?<![(\w])\?(\w+)(?=\s|$)", re.sub(r"COUNT\([^)]*\)", "", selected[1])
        )
        for name in {a or b for a, b in names}:
            assert name.removesuffix("En") in load_shown_words("column"), f"{query.name} {name}"
        told = [name for name in (a or b for a, b in names) if not name.endswith("En")]
        for language in ("zh", "en"):
            heads = [head(name, language) for name in told]
            assert len(set(heads)) == len(heads), query.name


def test_the_tables_are_text_with_tabs() -> None:
    folder = Path(fatu.cli.__file__).parent
    for name in ("messages.tsv", "help.tsv"):
        lines = [line for line in (folder / name).read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert all(all(row) for row in rows)
        keys = [tuple(row[:-1]) for row in rows]
        assert len(set(keys)) == len(keys)
    assert json.dumps(sorted(load_help())) != "[]"
