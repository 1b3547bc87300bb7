"""Word documents: what a reader sees, in order; numbers restored; everything else told or refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from fatu.errors import InputError
from fatu.exporting.records import Record, extraction_records
from fatu.finding import find
from fatu.interpreting import interpret
from fatu.iris import BASE, Iris
from fatu.lexicon.list_numbers import write_list_number
from fatu.lexicon.tables import Row, load_table
from fatu.linking import link
from fatu.model import Source
from fatu.outlining import outline
from fatu.reading.extract import Extract
from fatu.reading.limits import DEFAULT_LIMITS, Limits
from fatu.reading.text import read_text

docx = pytest.importorskip("docx", reason="python-docx is in the extra `files`")

from docx.oxml import parse_xml  # noqa: E402

from fatu.reading.word import extract_word  # noqa: E402

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:r="{OFFICE}"'
)


# ------------------------------------------------------------------------------------------------ making files


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def relationships(*targets: tuple[str, str], office: str = OFFICE) -> str:
    rows = "".join(
        f'<Relationship Id="r{i}" Type="{office}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """A Word file with a body, and parts by name (numbering, styles, footnotes, header1 …), as XML inside the root."""
    roots = {"header": "hdr", "footer": "ftr"}
    linked = [(name.rstrip("123"), f"{name}.xml") for name in parts]
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relationships(*linked),
        }
        | {
            f"word/{name}.xml": f"<w:{roots.get(kind, kind)} {SPACES}>{content}</w:{roots.get(kind, kind)}>"
            for (kind, _), (name, content) in zip(linked, parts.items(), strict=True)
        }
    )


def p(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tc(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(text) for text in texts or ('',))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def extract(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Extract:
    return extract_word(data, "报告.docx", limits)


def text_of(extracted: Extract) -> str:
    return "".join(piece.text for piece in extracted.pieces)


def lines(data: bytes) -> list[str]:
    text = text_of(extract(data))
    assert text.endswith("\n")
    return text.split("\n")[:-1]


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


# -------------------------------------------------------------------------------------------------- the sample


def numbered(document: docx.document.Document) -> str:
    """A list of 一、 over （一） in the document; its number. The brackets of the sample are narrow."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1、", "(%2)"))
    )
    kind = parse_xml(f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="90">{levels}</w:abstractNum>')
    number = parse_xml(f'<w:num xmlns:w="{W}" w:numId="91"><w:abstractNumId w:val="90"/></w:num>')
    numbering.insert(0, kind)
    numbering.append(number)
    return "91"


def sample_document(text: str) -> docx.document.Document:
    """The sample as an office would write it: headings numbered by the program, runs that end anywhere."""
    document = docx.Document()
    list_id = numbered(document)
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        for level, opening in enumerate(("一、", "二、", "("), 0):
            if line.startswith(opening):
                line = line[line.index(")") + 1 :] if opening == "(" else line.removeprefix(opening)
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = level // 2
                properties.get_or_add_numId().val = int(list_id)
                break
        size = 1 + len(line) % 7
        for start in range(0, len(line), size):
            run = paragraph.add_run(line[start : start + size])
            run.bold = bool(start % 2)
    return document


def facts(text: str) -> list[Record]:
    """What is read from a text, without offsets, which may differ."""
    outlined = outline(read_text(text, "样本"))
    report = link(interpret(outlined, find(outlined)), Iris(BASE))
    return [
        {key: value for key, value in record.items() if not key.endswith(("start", "end"))}
        for record in extraction_records(report)
    ]


def test_the_sample_as_word_document_gives_its_lines_and_its_facts(sample_source: Source) -> None:
    document = sample_document(sample_source.text)
    extracted = extract(saved(document))
    text = text_of(extracted)
    assert text == sample_source.text + "\n"
    assert facts(text) == facts(sample_source.text)
    assert extracted.notes == ()


def test_the_sample_with_tables_gives_them_beside_its_facts(sample_source: Source) -> None:
    document = sample_document(sample_source.text)
    table = document.add_table(0, 3)
    for row in (("项目", "单位", "数量"), ("受理行政复议案件", "件", "19"), ("罚款", "万元", "3.5")):
        for cell, written in zip(table.add_row().cells, row, strict=True):
            cell.text = written
    text = text_of(extract(saved(document)))
    assert text == (
        f"{sample_source.text}\n| 项目 | 单位 | 数量 |\n| 受理行政复议案件 | 件 | 19 |\n| 罚款 | 万元 | 3.5 |\n"
    )
    head, _, rest = text.rpartition("2021年1月26日")
    moved = head + rest[rest.index("| 项目") :] + "\n2021年1月26日" + rest[: rest.index("| 项目")]
    found = [(fact["value"], fact["unit"]) for fact in facts(moved) if fact["kind"] == "metric"]
    assert [fact for fact in found if fact not in
            [(f["value"], f["unit"]) for f in facts(sample_source.text) if f["kind"] == "metric"]
            ] == [("19", "件"), ("35000", "元")]  # fmt: skip


def test_each_paragraph_has_its_number_in_the_file() -> None:
    document = docx.Document()
    for text in ("第一段", "", "第三段"):
        document.add_paragraph(text)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "第四段", "第五段"
    document.add_paragraph("第六段")
    pieces = [piece for piece in extract(saved(document)).pieces if piece.has_place]
    assert [(piece.text, piece.paragraph) for piece in pieces] == [
        ("第一段", 1), ("第三段", 3), ("第四段", 4), ("第五段", 5), ("第六段", 6)
    ]  # fmt: skip
    assert not any("\n" in piece.text for piece in pieces)


# ------------------------------------------------------------------------------------------- within paragraphs

BOX = "<w:txbxContent>" + p("框内文字") + "</w:txbxContent>"
PARAGRAPHS = [
    # what is inside a paragraph, its text
    ("soft break", "<w:r><w:t>上行</w:t><w:br/><w:t>下行</w:t></w:r>", ["上行", "下行"]),
    ("carriage return", "<w:r><w:t>上行</w:t><w:cr/><w:t>下行</w:t></w:r>", ["上行", "下行"]),
    ("page break", '<w:r><w:br w:type="page"/><w:t>新页</w:t></w:r>', ["新页"]),
    ("tab", "<w:r><w:tab/><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲\t乙"]),
    ("no-break hyphen", "<w:r><w:t>2016</w:t><w:noBreakHyphen/><w:t>2020年</w:t></w:r>", ["2016-2020年"]),
    ("soft hyphen", "<w:r><w:t>法</w:t><w:softHyphen/><w:t>治</w:t></w:r>", ["法治"]),
    ("symbol", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>', ["≥95%"]),
    ("symbol by its own code", '<w:r><w:sym w:font="宋体" w:char="2460"/><w:t>项</w:t></w:r>', ["①项"]),
    ("link", f'<w:hyperlink r:id="rId1">{r("政务服务网")}</w:hyperlink>{r("上线")}', ["政务服务网上线"]),
    ("inserted", f'{r("审结")}<w:ins w:id="1">{r("8件")}</w:ins>', ["审结8件"]),
    ("moved here", f'<w:moveTo w:id="1">{r("移来")}</w:moveTo>{r("的")}', ["移来的"]),
    ("content control", control(r("受理")) + r("9件"), ["受理9件"]),
    ("smart tag", f"<w:smartTag><w:smartTagPr/>{r('2020年')}</w:smartTag>", ["2020年"]),
    ("simple field", f'<w:fldSimple w:instr=" DATE ">{r("2021年1月26日")}</w:fldSimple>', ["2021年1月26日"]),
    ("right to left", f"<w:bdo>{r('甲')}</w:bdo><w:dir>{r('乙')}</w:dir>", ["甲乙"]),
    (
        "reading above words",
        "<w:r><w:ruby><w:rt><w:r><w:t>fǎ</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>法</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        ["法"],
    ),
    (
        "formula",
        f"{r('胜诉率')}<m:oMath><m:f><m:num><m:r><m:t>43</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>61</m:t></m:r></m:den></m:f></m:oMath>",
        ["胜诉率43/61"],
    ),
    (
        "text box",
        f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>{r('正文')}",
        ["正文", "框内文字"],
    ),
    (
        "text box, again for older programs",
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        + r("正文"),
        ["正文", "框内文字"],
    ),
    ("line breaks of the XML", "<w:r><w:t>结案\n  率</w:t></w:r>", ["结案   率"]),
    ("space around", "<w:r><w:t xml:space='preserve'>  结案率 </w:t></w:r>", ["结案率"]),
    (
        "field",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(A1) </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("43")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("件")}',
        ["43件"],
    ),
    (
        "field in the code of a field",
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> IF </w:instrText>'
        '<w:fldChar w:fldCharType="begin"/><w:instrText> REF x </w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>隐</w:t><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:t>显</w:t>'
        '<w:fldChar w:fldCharType="end"/></w:r>',
        ["显"],
    ),
    ("field that never ends", f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{r("照读")}', ["照读"]),
]


@pytest.mark.parametrize(
    ("inside", "expected"), [case[1:] for case in PARAGRAPHS], ids=[c[0] for c in PARAGRAPHS]
)
def test_what_a_paragraph_holds_is_read_as_it_is_seen(inside: str, expected: list[str]) -> None:
    extracted = extract(word(f"<w:p>{inside}</w:p>"))
    assert text_of(extracted).split("\n")[:-1] == expected
    assert extracted.notes == ()


LEFT_OUT = [
    # what is inside a paragraph, its text, the note
    (
        f'{r("审结")}<w:del w:id="1"><w:r><w:delText>7件</w:delText></w:r></w:del>{r("8件")}',
        "审结8件",
        "1 tracked deletion left out",
    ),
    (f'<w:moveFrom w:id="1">{r("移走")}</w:moveFrom>{r("留下")}', "留下", None),
    (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>" + r("可见"),
        "可见",
        "1 hidden run of text left out",
    ),
    ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>可见</w:t></w:r>", "可见", None),
    (control(r("单击此处输入"), "<w:showingPlcHdr/>") + r("正文"), "正文", "1 empty form field left out"),
    (
        '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>' + r("好"),
        "好",
        "1 symbol of a font left out, whose meaning is not known",
    ),
    (
        "<w:r><w:drawing><a:blip r:embed='r1'/></w:drawing></w:r><w:r><w:pict><v:imagedata r:id='r2'/></w:pict></w:r>",
        "",
        "2 pictures left out: no text is read from them",
    ),
    (
        "<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>",
        "",
        "1 embedded object (charts, sheets, documents) left out",
    ),
]


@pytest.mark.parametrize(("inside", "expected", "note"), LEFT_OUT)
def test_what_is_left_out_is_told(inside: str, expected: str, note: str | None) -> None:
    extracted = extract(word(f"<w:p>{inside}</w:p>"))
    assert text_of(extracted) == expected + "\n"
    assert extracted.notes == ((note,) if note else ())


def test_a_deleted_end_of_a_paragraph_joins_two() -> None:
    deleted = p("受理案件", "<w:rPr><w:del w:id='1'/></w:rPr>")
    assert lines(word(deleted + p("9件。") + p("下一段"))) == ["受理案件9件。", "下一段"]


def test_paragraphs_in_content_controls_and_insertions_keep_their_place() -> None:
    body = p("一") + control(p("二") + control(p("三")))
    body += f"<w:customXml>{p('四')}</w:customXml><w:ins w:id='1'>{p('五')}</w:ins>{p('六')}"
    assert lines(word(body)) == list("一二三四五六")


def test_a_table_of_contents_is_left_out_with_a_note() -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>'
    page = f"{begin}<w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r>{separate}{r('1')}{end}"
    body = f"<w:p>{begin}{code}{separate}{r('一、主要做法')}<w:r><w:tab/></w:r>{page}</w:p>"
    body += f"<w:p>{r('二、存在问题')}<w:r><w:tab/></w:r>{page}</w:p><w:p>{end}</w:p>{p('一、主要做法')}"
    extracted = extract(word(body))
    assert text_of(extracted).split() == ["一、主要做法"]
    assert extracted.notes == ("1 table of contents left out",)


def test_footnotes_stand_after_the_paragraph_that_refers_to_them() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p>{r('受理9件')}{mark.format(2)}{r('，审结8件')}{mark.format(3)}</w:p>{p('下一段')}"
    body += tbl(
        tr(f"<w:tc><w:p>{r('项目')}{mark.format(4)}</w:p></w:tc>", tc("数量")), tr(tc("复议"), tc("9"))
    )
    body += f"<w:p>{r('末段')}<w:r><w:endnoteReference w:id='1'/></w:r></w:p>"
    notes = "".join(
        f'<w:footnote w:id="{i}">{p(text)}</w:footnote>'
        for i, text in ((2, "含上年结转。"), (3, "统计至年底。"), (4, "表注。"))
    )
    separator = f'<w:footnote w:id="-1" w:type="separator">{p("——")}</w:footnote>'
    extracted = extract(
        word(body, footnotes=separator + notes, endnotes=f'<w:endnote w:id="1">{p("尾注。")}</w:endnote>')
    )
    assert text_of(extracted).split("\n")[:-1] == [
        "受理9件，审结8件", "含上年结转。", "统计至年底。", "下一段",
        "| 项目 | 数量 |", "| 复议 | 9 |", "表注。", "末段", "尾注。",
    ]  # fmt: skip
    assert extracted.notes == ("4 footnotes put after the paragraphs that refer to them",)
    assert [piece.paragraph for piece in extracted.pieces if piece.text in ("含上年结转。", "表注。")] == [
        1,
        3,
    ]


def test_a_mark_of_a_footnote_outside_of_any_paragraph_is_one_all_the_same() -> None:
    note = f'<w:footnote w:id="1">{p("注")}</w:footnote>'
    assert lines(word(f'<w:footnoteReference w:id="1"/>{p("正文")}', footnotes=note)) == ["注", "正文"]


def test_comments_headers_and_footers_are_told() -> None:
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    extracted = extract(
        word(
            p("正文"),
            comments='<w:comment w:id="0"><w:p/></w:comment><w:comment w:id="1"><w:p/></w:comment>',
            header1=p("顺河回族区人民政府文件"),
            footer1=f"<w:p>{r('— ')}{page}{r(' —')}</w:p>",
        )
    )
    assert text_of(extracted) == "正文\n"
    assert extracted.notes == ("2 comments left out", "headers and footers left out: 顺河回族区人民政府文件")


@pytest.mark.parametrize(
    ("title", "first", "expected"),
    [
        (
            "关于2020年度法治政府建设情况的报告",
            "2020年，受理9件。",
            "标题：关于2020年度法治政府建设情况的报告\n2020年，受理9件。\n",
        ),
        (
            "关于2020年度法治政府建设情况的报告",
            "关于2020年度法治政府建设情况的报告",
            "关于2020年度法治政府建设情况的报告\n",
        ),
        # the property of an older file, or of none
        ("关于2016年度工作的总结", "区司法局2020年工作报告", "区司法局2020年工作报告\n"),
        ("Word Document", "2020年，受理9件。", "2020年，受理9件。\n"),
    ],
)
def test_the_title_property_is_told_where_the_text_has_no_title(
    title: str, first: str, expected: str
) -> None:
    document = docx.Document()
    document.core_properties.title = title
    document.add_paragraph(first)
    assert text_of(extract(saved(document))) == expected


# -------------------------------------------------------------------------------------------------- numbering


def level(ilvl: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listing(*levels: str, kind: int = 1, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{kind}">{"".join(levels)}{more}</w:abstractNum>'


def num(number: int, kind: int = 1, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'


def item(text: str, ilvl: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>')


CHINESE = (
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


@pytest.mark.parametrize("row", load_table("list_numbers.tsv"), ids=lambda row: row["format"])
def test_every_format_writes_its_examples(row: Row) -> None:
    for example in row["example"].split("|"):
        number, _, written = example.partition("=")
        assert write_list_number(int(number), row["format"]) == written


NUMBERED = [
    # levels and lists, paragraphs, lines
    (
        "a second level starts again under each first",
        listing(*CHINESE) + num(1),
        [item("甲"), item("乙", 1), item("丙", 1), item("丁"), item("戊", 1), item("己", 2)],
        ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "1. 己"],
    ),
    (
        "text between does not stop the count",
        listing(*CHINESE) + num(1),
        [item("甲"), p("正文"), item("乙")],
        ["一、甲", "正文", "二、乙"],
    ),
    (
        "two lists of one kind count together",
        listing(*CHINESE) + num(1) + num(2),
        [item("甲"), item("乙", 0, 2)],
        ["一、甲", "二、乙"],
    ),
    (
        "unless the second starts anew",
        listing(*CHINESE)
        + num(1)
        + num(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        [item("甲"), item("乙", 0, 2), item("丙", 0, 2)],
        ["一、甲", "一、乙", "二、丙"],
    ),
    (
        "a start of its own",
        listing(level(0, "decimal", "%1）", start=5)) + num(1),
        [item("甲"), item("乙")],
        ["5）甲", "6）乙"],
    ),
    (
        "a level that never starts again",
        listing(
            level(0, "chineseCounting", "第%1章"),
            level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
        )
        + num(1),
        [item("总则"), item("甲", 1), item("附则"), item("乙", 1)],
        ["第一章 总则", "第一条 甲", "第二章 附则", "第二条 乙"],
    ),
    (
        "numbers of several levels",
        listing(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
        + num(1),
        [item("甲"), item("乙", 1), item("丙", 2), item("丁", 2)],
        ["1. 甲", "1.1 乙", "1.1.1 丙", "1.1.2 丁"],
    ),
    (
        "legal numbering is in digits",
        listing(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1),
        [item("甲"), item("乙", 1)],
        ["第一章 甲", "1.1 乙"],
    ),
    (
        "a level whose upper one never came",
        listing(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")) + num(1),
        [item("甲", 1)],
        ["1.1 甲"],
    ),
    (
        "circles and stems",
        listing(level(0, "decimalEnclosedCircleChinese", "%1"), level(1, "ideographTraditional", "%2、"))
        + num(1),
        [item("甲项"), item("乙项", 1), item("丙项", 1)],
        ["① 甲项", "甲、乙项", "乙、丙项"],
    ),
    (
        "nothing between number and text",
        listing(level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')) + num(1),
        [item("号楼")],
        ["1号楼"],
    ),
    ("bullets are no numbers", listing(level(0, "bullet", "\uf0b7")) + num(1), [item("甲")], ["甲"]),
    (
        "text without a number",
        listing(level(0, "none", "附件：")) + num(1),
        [item("统计表")],
        ["附件：统计表"],
    ),
    (
        "a list that overrides a level",
        listing(*CHINESE)
        + num(1, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'),
        [item("甲"), item("乙")],
        ["I. 甲", "II. 乙"],
    ),
    ("list 0 is none", listing(*CHINESE) + num(1), [item("甲", 0, 0), item("乙", 0, 7)], ["甲", "乙"]),
    (
        "a format that newer programs know",
        listing(
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice>'
            '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
            '<w:lvlText w:val="%1."/></w:lvl>'
        )
        + num(1),
        [item("甲")],
        ["1. 甲"],
    ),
    (
        "numbers in cells",
        listing(level(0, "decimal", "%1")) + num(1),
        [
            tbl(
                tr(tc("序号"), tc("项目")),
                *[tr(f"<w:tc>{item('')}</w:tc>", tc(name)) for name in ("复议", "应诉")],
            )
        ],
        ["| 序号 | 项目 |", "| 1 | 复议 |", "| 2 | 应诉 |"],
    ),
]


@pytest.mark.parametrize(
    ("numbering", "body", "expected"), [case[1:] for case in NUMBERED], ids=[case[0] for case in NUMBERED]
)
def test_automatic_numbers_are_restored(numbering: str, body: list[str], expected: list[str]) -> None:
    assert lines(word("".join(body), numbering=numbering)) == expected


def style(name: str, numbering: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{base}<w:pPr><w:numPr>{numbering}</w:numPr></w:pPr></w:style>'


def styled(text: str, name: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{name}"/>{more}')


def test_numbers_that_come_with_a_style() -> None:
    numbering = listing(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'),
    ) + num(1)
    styles = style("H1", '<w:numId w:val="1"/>') + style("H2", '<w:ilvl w:val="1"/><w:numId w:val="1"/>')
    styles += style("Own", based_on="H1") + style("Plain", '<w:numId w:val="0"/>', based_on="H1")
    styles += style("Loop", based_on="Loop")
    body = [
        styled("甲", "H1"), styled("乙", "H2"), styled("丙", "H2"), styled("丁", "Own"), styled("戊", "Plain"),
        styled("己", "H1", '<w:numPr><w:numId w:val="0"/></w:numPr>'), styled("庚", "Loop"), styled("辛", "Gone"),
    ]  # fmt: skip
    assert lines(word("".join(body), numbering=numbering, styles=styles)) == [
        "一、甲", "（一）乙", "（二）丙", "二、丁", "戊", "己", "庚", "辛"
    ]  # fmt: skip


def test_a_kind_that_names_a_style_of_numbering() -> None:
    numbering = listing(level(0, "chineseCounting", "%1、"), kind=1, more='<w:styleLink w:val="公文"/>')
    numbering += listing(kind=2, more='<w:numStyleLink w:val="公文"/>') + num(1, 1) + num(2, 2)
    styles = style("公文", '<w:numId w:val="1"/>', kind="numbering")
    assert lines(word(item("甲", 0, 2), numbering=numbering, styles=styles)) == ["一、甲"]


def test_an_unknown_format_is_written_in_digits_and_told() -> None:
    extracted = extract(word(item("甲"), numbering=listing(level(0, "thaiLetters", "%1.")) + num(1)))
    assert text_of(extracted) == "1. 甲\n"
    assert extracted.notes == ("list numbers of unknown formats (thaiLetters) written in digits",)


# ----------------------------------------------------------------------------------------------------- tables

RESTART, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


TABLES = [
    (
        "cells of a row are one line",
        [tr(tc("项目"), tc("数量")), tr(tc("受理"), tc("9"))],
        ["| 项目 | 数量 |", "| 受理 | 9 |"],
    ),
    (
        "empty cells keep their place",
        [tr(tc("甲"), tc(), tc("丙")), tr(tc(), tc("2"), tc())],
        ["| 甲 |  | 丙 |", "|  | 2 |  |"],
    ),
    (
        "a cell over two columns",
        [
            tr(tc("项目"), tc("数量", properties=span(2))),
            tr(tc(), tc("受理"), tc("审结")),
            tr(tc("复议"), tc("9"), tc("8")),
        ],
        ["| 项目 | 数量 |  |", "|  | 受理 | 审结 |", "| 复议 | 9 | 8 |"],
    ),
    (
        "a cell over two rows",
        [tr(tc("复议", properties=RESTART), tc("受理"), tc("9")), tr(tc(properties=ON), tc("审结"), tc("8"))],
        ["| 复议 | 受理 | 9 |", "|  | 审结 | 8 |"],
    ),
    (
        "columns at which no cell begins are none",
        [
            tr(tc("甲", properties=span(3)), tc("乙", properties=span(2))),
            tr(tc("1", properties=span(3)), tc("2")),
        ],
        ["| 甲 | 乙 |", "| 1 | 2 |"],
    ),
    (
        "a row that begins later",
        [tr(tc("甲"), tc("乙")), tr(tc("2"), properties='<w:gridBefore w:val="1"/>')],
        ["| 甲 | 乙 |", "|  | 2 |"],
    ),
    (
        "words of a head are broken to fit",
        [tr(tc("案件", "数量"), tc("Year", "2020")), tr(tc("司法局", "公安局"), tc("9"))],
        ["| 案件数量 | Year 2020 |", "| 司法局 公安局 | 9 |"],
    ),
    ("a bar in a cell", [tr(tc("甲|乙"), tc("丙")), tr(tc("1"), tc("2"))], ["| 甲¦乙 | 丙 |", "| 1 | 2 |"]),
    (
        "a row that was deleted",
        [tr(tc("甲"), tc("乙")), tr(tc("1"), tc("2"), properties="<w:del w:id='1'/>"), tr(tc("3"), tc("4"))],
        ["| 甲 | 乙 |", "| 3 | 4 |"],
    ),
    (
        "one column frames paragraphs",
        [tr(tc("第一段。", "第二段。")), tr(tc("第三段。"))],
        ["第一段。", "第二段。", "第三段。"],
    ),
    (
        "a row that frames paragraphs",
        [tr(tc("甲"), tc("乙")), tr(tc("第一段。", "第二段。", properties=span(2)))],
        ["| 甲 | 乙 |", "第一段。", "第二段。"],
    ),
    (
        "a row that is a title",
        [tr(tc("统计表", properties=span(2))), tr(tc("甲"), tc("1"))],
        ["| 统计表 |  |", "| 甲 | 1 |"],
    ),
    (
        "a table in a cell follows",
        [
            tr(tc("外"), f"<w:tc>{p('内：')}{tbl(tr(tc('甲'), tc('1')), tr(tc('乙'), tc('2')))}{p()}</w:tc>"),
            tr(tc("丙"), tc("3")),
        ],
        ["| 外 | 内： |", "| 丙 | 3 |", "", "| 甲 | 1 |", "| 乙 | 2 |"],
    ),
    (
        "a soft break in a cell",
        [tr("<w:tc><w:p><w:r><w:t>甲</w:t><w:br/><w:t>1</w:t></w:r></w:p></w:tc>", tc("乙"))],
        ["| 甲 1 | 乙 |"],
    ),
    ("rows and cells in content controls", [control(tr(tc("甲"), control(tc("1"))))], ["| 甲 | 1 |"]),
    ("a span beyond all reason", [tr(tc("甲", properties=span(10**12)), tc("乙"))], ["| 甲 | 乙 |"]),
]


@pytest.mark.parametrize(
    ("rows", "expected"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES]
)
def test_tables_are_lines_of_cells_between_bars(rows: list[str], expected: list[str]) -> None:
    assert lines(word(tbl(*rows))) == expected


def test_the_outline_understands_the_lines_of_a_table() -> None:
    rows = [
        tr(tc("项目", properties=RESTART), tc("数量（件）", properties=span(2))),
        tr(tc(properties=ON), tc("受理"), tc("审结")),
        tr(tc("行政复议"), tc("19"), tc("18")),
    ]
    text = "2020年法治政府建设报告\n\n一、主要工作\n2020年，工作扎实推进。\n" + text_of(
        extract(word(tbl(*rows)))
    )
    (table,) = outline(read_text(text, "样本")).tables
    assert [column.kind for column in table.columns] == ["label", "value", "value"]
    assert [[cell.text for cell in column.heads] for column in table.columns] == [
        ["项目"], ["数量(件)", "受理"], ["数量(件)", "审结"]
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[-1].cells] == ["行政复议", "19", "18"]


# --------------------------------------------------------------------------------------------- other writers


def test_strict_documents_are_read() -> None:
    strict = dict(unzipped(word(p("受理9件"))))
    document = strict["word/document.xml"].replace(W.encode(), STRICT_W.encode())
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    strict |= {
        "word/document.xml": document,
        "_rels/.rels": relationships(("officeDocument", "/word/document.xml"), office=office).encode(),
    }
    assert lines(zipped(strict)) == ["受理9件"]


def unzipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.mark.parametrize(
    "renamed",
    [
        {"word/document.xml": "WORD/Document.xml"},  # names do not tell upper from lower case
        {"_rels/.rels": "lost"},
        {"[Content_Types].xml": "lost"},
        {"word/_rels/document.xml.rels": "lost"},
    ],
)
def test_odd_packages_are_read(renamed: dict[str, str]) -> None:
    parts = {renamed.get(name, name): content for name, content in unzipped(word(p("受理9件")))}
    assert lines(zipped(parts)) == ["受理9件"]


def test_macros_and_links_outside_are_not_looked_at() -> None:
    parts: dict[str, str | bytes] = dict(unzipped(word(p("受理9件"))))
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Shell"
    parts["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/numbering" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{OFFICE}/styles" Target="../../../etc/passwd"/>'
        f'<Relationship Id="c" Type="{OFFICE}/footnotes" Target="NULL"/></Relationships>'
    )
    assert lines(zipped(parts)) == ["受理9件"]


# --------------------------------------------------------------------------------------------------- refusals

GOOD = word(p("受理9件"))
LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)


def with_document(content: str | bytes) -> bytes:
    return zipped(dict(unzipped(GOOD)) | {"word/document.xml": content})


def lying(data: bytes, size: int) -> bytes:
    """An archive that says of its largest member that it unpacks to `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = max(archive.infolist(), key=lambda info: info.file_size)
    return data.replace(struct.pack("<I", member.file_size), struct.pack("<I", size))


def encrypted(data: bytes) -> bytes:
    """An archive whose directory says that all its members are encrypted."""
    parts = data.split(b"PK\x01\x02")
    return parts[0] + b"".join(b"PK\x01\x02" + part[:4] + b"\x01" + part[5:] for part in parts[1:])


REFUSED = [
    ("ZIP", zipped({"a.txt": "甲"}), "is a ZIP archive, not a Word document", ".docx"),
    ("text", b"text", "is not a Word document", ".docx"),
    ("nothing", b"", "is not a Word document", ".docx"),
    ("no body", with_document(f"<w:document {SPACES}/>"), "not a Word document", ".docx"),
    ("cut off", GOOD[: len(GOOD) // 2], "is a damaged ZIP archive", "again"),
    ("cut within its directory", GOOD[:-30], "is a damaged ZIP archive", "again"),
    ("not XML", with_document("受理9件"), "is damaged: word/document.xml", "save it"),
    (
        "not well formed",
        with_document(f"<w:document {SPACES}><w:body></w:document>"),
        "is damaged: word/document.xml",
        "save it",
    ),
    ("billion laughs", with_document(LAUGHS), "declares a document type", "save it"),
    (
        "billion laughs in UTF-16",
        with_document(LAUGHS.encode("utf-16")),
        "declares a document type",
        "save it",
    ),
    (
        "another encoding",
        with_document(b'<?xml version="1.0" encoding="IBM037"?>' + LAUGHS.encode("cp037", "replace")),
        "is in ibm037",
        "save it",
    ),
    ("an entity outside", with_document(OUTSIDE), "declares a document type", "save it"),
    (
        "too deep",
        with_document(f"<w:document {SPACES}><w:body>{'<w:sdt><w:sdtContent>' * 5000}</w:body></w:document>"),
        "is damaged: word/document.xml: nested too deeply",
        "save it",
    ),
    ("encrypted members", encrypted(GOOD), "is encrypted", "password"),
    (
        "members longer than they say",
        lying(with_document(p("甲") * 300), 200),
        "unpacks to more than the 200 bytes",
        "bomb",
    ),
    ("members shorter than they say", lying(GOOD, 100_000), "is damaged: its checksum differs", "again"),
    ("a bomb", with_document(b" " * 30_000_000), "unpacks to 30000000 bytes from", "bomb"),
]


@pytest.mark.parametrize(
    ("data", "problem", "remedy"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_is_no_document_is_refused_with_the_way_out(data: bytes, problem: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        extract(data)
    assert caught.value.where.startswith("报告.docx")
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert "\n" not in str(caught.value)


LIMITED = [
    # limits, words of the problem
    (replace(DEFAULT_LIMITS, characters=4), "holds more than 4 characters"),
    (replace(DEFAULT_LIMITS, bytes=100), "unpacks to more than 100 bytes"),
    (replace(DEFAULT_LIMITS, unpacked=1000), "unpacks to more than 1000 bytes"),
    (replace(DEFAULT_LIMITS, members=3), "holds more than 3 files"),
]


@pytest.mark.parametrize(("limits", "problem"), LIMITED)
def test_limits_are_held(limits: Limits, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        extract(GOOD, limits)


def test_members_that_share_their_bytes_are_refused() -> None:
    """Entries of a directory that all point to the same bytes: small on disk, endless when unpacked."""
    packed = zlib.compress(b" " * 100_000)[2:-4]
    name = b"word/document.xml"
    local = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), 100_000, len(name), 0)
        + name
        + packed
    )
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), 100_000, len(name),
                        0, 0, 0, 0, 0, 0) + name  # fmt: skip
    directory = entry * 200
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 200, 200, len(directory), len(local), 0)
    with pytest.raises(InputError, match=r"share their bytes|Overlapped"):
        extract(local + directory + end)


@pytest.mark.parametrize(
    "body",
    [
        p("<w:r>") * 50_000,
        f"<w:p>{'<w:ins>' * 100}{r('甲')}{'</w:ins>' * 100}</w:p>",
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + r("甲") * 20_000 + "</w:p>",
        f"<w:p>{'<w:ins/>' * 50_000}{r('甲')}</w:p>",
        f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>' * 5_000}</w:tbl>",
        "<w:tbl><w:tr><w:tc>" * 60 + p("甲") + "</w:tc></w:tr></w:tbl>" * 60,
    ],
    ids=["paragraphs", "wrappers", "fields", "insertions", "rows", "tables"],
)
@pytest.mark.slow
def test_large_documents_are_read_in_time(body: str) -> None:
    extract(word(body))


def test_any_cut_of_a_document_is_read_or_refused(sample_path: Path) -> None:
    data = saved(sample_document(sample_path.read_text(encoding="utf-8")[:800]))
    for end in range(0, len(data), 97):
        for damaged in (data[:end], data[:end] + b"\xff" * 20 + data[end + 20 :]):
            try:
                extract(damaged)
            except InputError as error:
                assert "\n" not in str(error)
