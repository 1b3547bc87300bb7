"""The lexicon: every row of every table matches its own example, and no two rows claim the same key.

Areas, issuing codes, topics, indicators and units have tests of their own besides (test_lexicon_areas,
test_lexicon_codes, test_vocabulary); what is asked of all tables is asked here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import get_args

import pytest

from fatu.finding.agencies import find_agencies
from fatu.finding.cells import parse_unit
from fatu.finding.citations import find_citations, parse_title
from fatu.finding.programs import find_programs
from fatu.lexicon.areas import load_areas
from fatu.lexicon.documents import bare_names
from fatu.lexicon.page_words import load_page_words
from fatu.lexicon.table_words import TableWords, load_table_words
from fatu.lexicon.tables import Row, load_table
from fatu.linking.policies import implemented_titles
from fatu.model import Bound, Mentions, Metadata, Outline
from fatu.outlining import fold
from fatu.reading.html import parse_page
from fatu.reading.html.head import read_head
from fatu.reading.html.kinds import cut_controls, tell_line
from fatu.reading.html.page import Run, make_line

Found = Callable[..., Mentions]
Outlined = Callable[..., Outline]

KEYS = {
    # table → columns that together name a row
    "agency_functions.tsv": ("surface",),
    "agency_levels.tsv": ("function", "level"),
    "agency_posts.tsv": ("post",),
    "agency_successions.tsv": ("function", "level", "area"),
    "agency_words.tsv": ("kind", "word"),
    "area_homonyms.tsv": ("name",),
    "area_signs.tsv": ("sign", "code"),
    "areas.tsv": ("code",),
    "audit_words.tsv": ("kind", "pattern"),
    "citation_functions.tsv": ("function", "where", "before", "after"),
    "citation_lead_ins.tsv": ("word",),
    "code_organs.tsv": ("organ", "level"),
    "comparison_marks.tsv": ("mark",),
    "complete_sets.tsv": ("members",),
    "date_words.tsv": ("pattern",),
    "definitions.tsv": ("concept",),
    "doc_types.tsv": ("zh",),
    "document_codes.tsv": ("code",),
    "indicator_words.tsv": ("kind", "pattern"),
    "documents.tsv": ("title",),
    "duties.tsv": ("slug",),
    "folded_signs.tsv": ("sign",),
    "implementing.tsv": ("kind", "pattern"),
    "indicator_relations.tsv": ("kind", "left", "right"),
    "indicators.tsv": ("id",),
    "list_numbers.tsv": ("format",),
    "messages.tsv": ("key",),
    "meta_tags.tsv": ("name",),
    "metadata_keys.tsv": ("key",),
    "metric_words.tsv": ("kind", "pattern"),
    "page_words.tsv": ("kind", "pattern"),
    "person_words.tsv": ("kind", "pattern"),
    "population_columns.tsv": ("column",),
    "procedure_stages.tsv": ("earlier", "later"),
    "program_words.tsv": ("kind", "word"),
    "programs.tsv": ("name",),
    "question_forms.tsv": ("query", "lang", "pattern"),
    "question_kin.tsv": ("topic", "kin"),
    "question_patterns.tsv": ("kind", "pattern"),
    "question_words.tsv": ("kind", "lang", "pattern"),
    "rate_words.tsv": ("rate",),
    "reading_words.tsv": ("kind", "pattern"),
    "role_cues.tsv": ("where", "pattern"),
    "section_kinds.tsv": ("pattern",),
    "sheet_words.tsv": ("kind", "pattern"),
    "site_chrome.tsv": ("pattern",),
    "shown_words.tsv": ("kind", "word"),
    "symbol_fonts.tsv": ("font", "code"),
    "table_words.tsv": ("kind", "pattern"),
    "title_words.tsv": ("kind", "word"),
    "topic_schemes.tsv": ("slug",),
    "topics.tsv": ("slug",),
    "townships.tsv": ("county",),
    "turns.tsv": ("from", "pattern"),
    "unit_synonyms.tsv": ("word",),
    "units.tsv": ("word",),
    "yearly_times.tsv": ("pattern",),
}
PATTERNS = [
    # (table, column of regular expressions, how a row's example must match: from its start, or anywhere)
    ("audit_words.tsv", "pattern", re.search),
    ("procedure_stages.tsv", "earlier", re.search),
    ("procedure_stages.tsv", "later", re.search),
    ("rate_words.tsv", "rate", re.search),
    ("date_words.tsv", "pattern", re.fullmatch),
    ("indicator_words.tsv", "pattern", re.search),
    ("implementing.tsv", "pattern", re.search),
    ("programs.tsv", "pattern", re.fullmatch),
    ("sheet_words.tsv", "pattern", re.search),
    ("site_chrome.tsv", "pattern", re.match),
    ("section_kinds.tsv", "pattern", re.search),
    ("person_words.tsv", "pattern", re.search),
    ("reading_words.tsv", "pattern", re.search),
    ("table_words.tsv", "pattern", re.search),
    ("turns.tsv", "pattern", re.search),
    ("yearly_times.tsv", "pattern", re.fullmatch),
]
MAY_BE_EMPTY = {
    # table → columns that say something of some rows only
    "areas.tsv": {"kind"},
    "area_signs.tsv": {"word"},
    "code_organs.tsv": {"word", "function"},
}


def rows(table: str, **wanted: str) -> list[Row]:
    return [row for row in load_table(table) if all(row[column] == cell for column, cell in wanted.items())]


def by(column: str) -> Callable[[object], str | None]:
    """Ids of parametrised tests: that cell of the row."""
    return lambda row: row[column] if isinstance(row, dict) else None


# --------------------------------------------------------------------------------------------------- all tables


def test_every_table_has_a_key() -> None:
    names = {file.name for file in files("fatu.lexicon").iterdir() if file.name.endswith(".tsv")}
    assert names == set(KEYS)


@pytest.mark.parametrize("table", KEYS)
def test_no_two_rows_claim_the_same_key(table: str) -> None:
    keys = Counter(tuple(row[column] for column in KEYS[table]) for row in load_table(table))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("table", KEYS)
def test_every_row_has_what_its_table_asks_for(table: str) -> None:
    asked = {"example", "source", "pattern", "word", "kind", "name", "surface", "function"}
    for row in load_table(table):
        for column in (asked & set(row)) - MAY_BE_EMPTY.get(table, set()):
            assert row[column] or row.get("kind") == "uncounted", (column, row)


@pytest.mark.parametrize(("table", "column", "match"), PATTERNS)
def test_pattern_matches_its_example(table: str, column: str, match: Callable[..., object]) -> None:
    assert [
        row[column] for row in load_table(table) if not match(row[column], fold(row["example"]).text)
    ] == []


# --------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize("row", rows("date_words.tsv"), ids=by("pattern"))
def test_date_word(found: Found, row: Row) -> None:
    (mention,) = found(f"{row['example']},工作有序推进。").dates
    assert mention.text == row["example"]
    assert mention.payload.kind == {"plan": "range"}.get(row["kind"], row["kind"])
    if row["kind"] == "relative" and row["value"]:
        assert mention.payload.value == str(2022 + int(row["value"]))
    elif row["kind"] in ("recurrence", "plan"):
        assert mention.payload.value == row["value"]
    else:
        assert row["value"] == "" and mention.payload.value is None


# ------------------------------------------------------------------------------------------------------- metrics


@pytest.mark.parametrize("row", rows("metric_words.tsv"), ids=by("pattern"))
def test_metric_word(found: Found, row: Row) -> None:
    metrics = found(row["example"]).metrics
    match row["kind"]:
        case "before" | "infix" | "after":
            assert [m.payload.bound for m in metrics] == [row["value"]]
        case "not_before":
            assert re.search(rf"(?:{row['pattern']})\d*[一二三四五六七八九十]*", row["example"])
            assert metrics == ()
        case "not_after" | "slogan" | "vague":
            assert re.search(row["pattern"], row["example"])
            assert metrics == ()
        case "counted" | "once":
            assert [m.payload.unit for m in metrics] == [row["pattern"]]
        case "open":
            assert [(m.payload.unit, row["example"].endswith(m.text)) for m in metrics] == [(None, True)]
        case "uncounted":
            assert row["pattern"] in {unit["word"] for unit in load_table("units.tsv")}
            assert metrics == ()
        case _:
            pytest.fail(f"no such kind: {row['kind']}")


UNCOUNTED = {row["pattern"] for row in rows("metric_words.tsv", kind="uncounted")}


@pytest.mark.parametrize("row", rows("units.tsv"), ids=by("word"))
def test_unit_is_found_in_its_example(found: Found, row: Row) -> None:
    units = [m.payload.unit for m in found(row["example"]).metrics]
    assert units == ([] if row["word"] in UNCOUNTED else [row["word"]])


# ------------------------------------------------------------------------------------------------------ agencies


@pytest.mark.parametrize("row", rows("agency_functions.tsv"), ids=by("surface"))
def test_agency_function(row: Row) -> None:
    (spot,) = find_agencies(row["example"])
    assert (spot.start, spot.end) == (0, len(row["example"]))
    assert row["example"].endswith(row["surface"])
    assert (spot.payload.function, spot.payload.line) == (row["function"], row["line"])
    assert row["bare"] in ("yes", "no", "coordinated", "national")


@pytest.mark.parametrize("row", rows("agency_words.tsv"), ids=by("word"))
def test_agency_word(row: Row) -> None:
    example, word = row["example"], row["word"]
    names = [(example[spot.start : spot.end], spot.payload) for spot in find_agencies(example)]
    match row["kind"]:
        case "self":
            assert [(text, name.prefix) for text, name in names] == [(example, word)]
        case "head":
            assert example.endswith(word)
            assert [text for text, _ in names] == [example]
        case "stop":
            assert example.startswith(word)
            assert all(text in example[len(word) :] for text, _ in names)
        case "unit" | "meeting":
            assert [(text, name.unit.endswith(word)) for text, name in names] == [(example, True)]
        case "unit_not_after":
            assert re.search(f"[科股处室]{word}", example) and all(name.unit == "" for _, name in names)
        case "unit_stop":
            assert word in example and all(name.unit == "" for _, name in names)
        case "not_area":
            assert word in load_areas().names
            assert word in example and all(not text.startswith(word) for text, _ in names)
        case "not_before" | "not_level":
            assert word in example and all(name.prefix == "" for _, name in names)
        case "level" | "corps":
            assert [name.prefix for _, name in names] == [word]
        case (
            "not_after"
            | "not_after_party"
            | "not_after_ministry"
            | "not_after_government"
            | "not_council"
            | "not_inside"
            | "not_ending"
        ):
            assert word in example and names == []
        case "part":
            ((text, name),) = names
            assert text == example and name.function.endswith(word) and name.unit == ""
        case "standing":
            assert [(text, name.unit) for text, name in names] == [(example, "常务委员会")]
        case "office" | "department":
            assert [(text, name.unit.endswith(word)) for text, name in names] == [(example, True)]
        case "stop_inside":
            assert word in example and [text for text, _ in names] == [example]
        case "official":
            (spot,) = find_agencies(example, word)
            assert example.endswith(word) and spot.payload.function == word
        case "unit_not_ending":
            assert example.endswith(word) and all(name.unit == "" for _, name in names)
        case "township_organ":
            assert [text for text, _ in names] == [example] and example.endswith(word)
        case "not_township":
            assert example.startswith(word) and all(
                text != example[: example.index("镇") + 1] for text, _ in names
            )
        case _:
            pytest.fail(f"no such kind: {row['kind']}")


# ----------------------------------------------------------------------------------------------------- citations


@pytest.mark.parametrize("name", bare_names())
def test_law_without_title_marks(found: Found, name: str) -> None:
    assert [m.text for m in found(f"贯彻实施{name}").citations] == [name]


@pytest.mark.parametrize("row", rows("implementing.tsv", kind="title"), ids=by("example"))
def test_title_that_names_what_it_carries_out(row: Row) -> None:
    assert implemented_titles(row["example"])[0] == fold(row["implemented"]).text


@pytest.mark.parametrize("row", rows("citation_lead_ins.tsv"), ids=by("word"))
def test_lead_in_is_no_part_of_a_number(row: Row) -> None:
    (spot,) = find_citations(row["example"])
    assert row["example"][: spot.start].endswith(row["word"])
    assert spot.payload.code in ("国办发", "豫政")


@pytest.mark.parametrize("row", rows("doc_types.tsv"), ids=by("zh"))
def test_type_of_its_example(row: Row) -> None:
    assert parse_title(row["example"]).doc_type == row["zh"]
    assert row["kind"] in ("doctype", "textkind")


@pytest.mark.parametrize("row", rows("citation_functions.tsv"), ids=by("example"))
def test_function_of_its_example(row: Row) -> None:
    """For one of the titles in the example the row is the first that fits."""
    example = fold(row["example"]).text
    uses = [
        _first_function(row["where"], example[: title.start()], example[title.end() :])
        for title in re.finditer("《[^》]+》", example)
    ]
    assert row["function"] in uses


def _first_function(where: str, before: str, after: str) -> str | None:
    for row in load_table("citation_functions.tsv"):
        if (
            row["where"] in ("any", where)
            and re.search(row["before"], before)
            and re.match(row["after"], after)
        ):
            return row["function"]
    return None


# ------------------------------------------------------------------------------------------------------ programs


@pytest.mark.parametrize("row", rows("programs.tsv"), ids=by("name"))
def test_program(row: Row) -> None:
    example = fold(row["example"]).text
    (spot,) = find_programs(example, bytearray(len(example)))
    assert (spot.start, spot.end) == (0, len(example))
    assert spot.payload.name == row["name"]


@pytest.mark.parametrize("row", [row for row in rows("programs.tsv") if row["aliases"]], ids=by("name"))
def test_aliases_of_a_program(row: Row) -> None:
    for alias in row["aliases"].split("|"):
        assert fold(alias).text == alias
        (spot,) = find_programs(f"推进“{alias}”工作", bytearray(len(alias) + 6))
        assert spot.payload.name == row["name"], alias


def test_no_two_programs_share_an_alias() -> None:
    names = [row["name"] for row in rows("programs.tsv")]
    aliases = [alias for row in rows("programs.tsv") for alias in row["aliases"].split("|") if alias]
    assert [alias for alias, count in Counter(aliases).items() if count > 1] == []
    assert set(aliases).isdisjoint(names)


@pytest.mark.parametrize("row", rows("program_words.tsv"), ids=by("word"))
def test_program_word(row: Row) -> None:
    example, word = row["example"], row["word"]
    match row["kind"]:
        case "lead":
            assert programs(example) == [example.removeprefix(word)]
        case "end":
            assert example.endswith(word) and programs(f"推行{example}。") == [example]
        case "not_quoted":
            assert word in example and programs(f"{example}成效明显。") == []
        case "inner_stop":
            assert example.startswith(word) and programs(f"健全{example}。") == []
        case "national":
            assert example.startswith(word)
        case "general":
            assert example.endswith(word)
        case _:
            pytest.fail(f"no such kind: {row['kind']}")


def programs(text: str) -> list[str]:
    return [text[spot.start : spot.end] for spot in find_programs(text, bytearray(len(text)))]


# ------------------------------------------------------------------------------------------------------ the frame

BODY = "\n一、主要举措\n全县扎实推进法治政府建设,取得积极成效。\n"


@pytest.mark.parametrize("row", rows("metadata_keys.tsv"), ids=by("key"))
def test_metadata_key(outlined: Outlined, row: Row) -> None:
    title = "2021年度法治政府建设情况报告"
    metadata = outlined(f"{title}\n{row['example']}\n{BODY}").metadata
    value = row["example"].removeprefix(row["key"] + ":")
    fields = ("publisher", "issuer", "published", "signed")
    stated = {name: getattr(metadata, name).value for name in fields if getattr(metadata, name)}
    assert value != row["example"]
    if row["field"] in ("published", "signed"):
        numbers = re.findall(r"\d+", value)[:3]
        assert stated == {row["field"]: date(*map(int, numbers))}
    else:
        assert stated == ({row["field"]: value} if row["field"] in fields else {})
    assert metadata.title is not None and metadata.title.value == title
    assert row["field"] in (*Metadata.__dataclass_fields__, "none")


@pytest.mark.parametrize("row", rows("site_chrome.tsv"), ids=by("pattern"))
def test_site_chrome_is_frame(outlined: Outlined, row: Row) -> None:
    read = outlined(f"{row['example']}\n石门县人民政府关于法治政府建设情况的报告\n{BODY}\n{row['example']}\n")
    assert read.metadata.title is not None and read.metadata.title.value.startswith("石门县人民政府关于")
    assert [clause.text for clause in read.clauses if clause.kind == "body"][-1] == "取得积极成效"


@pytest.mark.parametrize("row", rows("page_words.tsv"), ids=by("pattern"))
def test_page_word(row: Row) -> None:
    words, example = load_page_words(), row["example"]
    match row["kind"]:
        case "content":
            assert words.is_content(example) and not words.is_chrome(example)
        case "chrome":
            assert words.is_chrome(example) and not words.is_content(example)
        case "title":
            assert words.is_title(example)
        case "control":
            line = make_line([Run(example)], 0)
            assert cut_controls(line).text == "" and tell_line(line) == "control"
            around = make_line([Run(f"日期：2021-03-31 {example} 来源：区司法局")], 0)
            assert re.sub(r"\s+", " ", cut_controls(around).text) == "日期：2021-03-31 来源：区司法局"
        case "pager":
            assert words.pager.search(example)
        case "attached":
            assert words.attached.match(fold(example).text)
        case kind:
            assert tell_line(make_line([Run(example)], 0)) == kind


@pytest.mark.parametrize("row", rows("meta_tags.tsv"), ids=by("name"))
def test_meta_tag(row: Row) -> None:
    assert row["name"] == row["name"].lower()
    (line,) = read_head(parse_page(f'<meta name="{row["name"]}" content="{row["example"]}">'))
    assert (line.key, line.value, line.path) == (row["key"], row["example"], "/html/head/meta[1]")
    assert row["key"] in {key["key"] for key in rows("metadata_keys.tsv")}


@pytest.mark.parametrize("row", rows("title_words.tsv", kind="org"), ids=by("word"))
def test_title_word_of_an_issuer(outlined: Outlined, row: Row) -> None:
    issuer = outlined(f"{row['example']}关于法治政府建设情况的报告\n{BODY}").metadata.issuer
    assert row["example"].endswith(row["word"])
    assert issuer is not None and issuer.value == row["example"]


@pytest.mark.parametrize("row", rows("title_words.tsv", kind="report"), ids=by("word"))
def test_title_word_of_a_report(outlined: Outlined, row: Row) -> None:
    title = outlined(f"政务公开\n{row['example']}\n{BODY}").metadata.title
    assert row["word"] in row["example"]
    assert title is not None and title.value == row["example"]


# ---------------------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize("row", rows("table_words.tsv"), ids=by("pattern"))
def test_table_word(row: Row) -> None:
    words = load_table_words()
    match row["kind"]:
        case "change" | "share":
            assert words.derived(fold(row["example"]).text) == row["value"]
        case "counting":
            assert parse_unit(row["value"]) == (row["value"], 0)
        case "sign":
            assert row["value"] in get_args(Bound)
        case "caption_start":
            assert re.match(row["pattern"], row["example"]) and row["value"] == ""
        case kind:
            assert kind in TableWords.__dataclass_fields__ and row["value"] == ""


# --------------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize("row", rows("role_cues.tsv"), ids=by("pattern"))
def test_role_cue_is_the_first_for_its_example(found: Found, row: Row) -> None:
    marked = _with_metric_marks(found, row["example"])
    cues = [cue for cue in load_table("role_cues.tsv") if cue["where"] in ("any", row["where"])]
    first = next(cue for cue in cues if re.search(cue["pattern"], marked))
    assert re.search(row["pattern"], marked)
    assert first["role"] == row["role"]


def _with_metric_marks(found: Found, example: str) -> str:
    for metric in reversed(found(example).metrics):
        example = example[: metric.span.start] + "N" + example[metric.span.end :]
    return fold(example).text


@pytest.mark.parametrize("row", rows("section_kinds.tsv"), ids=by("kind"))
def test_section_kind_is_the_first_for_its_example(row: Row) -> None:
    kinds = [
        other["kind"] for other in rows("section_kinds.tsv") if re.search(other["pattern"], row["example"])
    ]
    assert kinds[0] == row["kind"]
