"""Pages of web sites: the text of the report, each paragraph with its element, and nothing of the site."""

from __future__ import annotations

import codecs
import contextlib
import re
import time
from pathlib import Path

import pytest

from fatu.errors import InputError
from fatu.exporting.records import Record, extraction_records
from fatu.outlining import outline
from fatu.pipeline import read_report
from fatu.reading import DEFAULT_LIMITS, Limits, read_text
from fatu.reading.extract import Extract, Piece
from fatu.reading.html import extract_html, parse_page
from fatu.reading.html.encoding import decode_page
from fatu.reading.html.lines import MAX_DEPTH
from fatu.reading.html.styles import hidden_selectors
from site_pages import LAYOUTS, Layout, Report, encode_page, modern

WORDS = "全区受理行政复议案件9件，审结8件。"
MORE = "区司法局开展普法宣传活动30场次，印发资料200份。"
TITLE = "石门县人民政府关于2021年度法治政府建设情况的报告"


def extract(page: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Extract:
    return extract_html(page.encode() if isinstance(page, str) else page, "网页.html", limits)


def text_of(extracted: Extract) -> str:
    return "".join(piece.text for piece in extracted.pieces)


def lines(page: str | bytes) -> list[str]:
    """The lines of a page's text that are not empty."""
    return [line for line in text_of(extract(page)).split("\n") if line]


def body(markup: str) -> list[str]:
    """The lines of a page with two sentences around what is looked at."""
    first, *inside, last = lines(f"<html><body><p>{WORDS}</p>{markup}<p>{MORE}</p></body></html>")
    assert (first, last) == (WORDS, MORE)
    return inside


def assert_found_again(page: str, extracted: Extract) -> None:
    """Every piece with a place is in the text of the element that its path leads to, or is what a meta element says."""
    root = parse_page(page)
    for piece in extracted.pieces:
        if piece.path is None:
            assert not re.search(r"[\u4e00-\u9fff]{3}", piece.text) or piece.text.endswith(":"), piece
            continue
        assert "\n" not in piece.text
        (element,) = root.xpath(piece.path)
        told = element.get("content") if element.tag == "meta" else element.text_content()
        assert squeeze(piece.text) in squeeze(told), piece


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


# -------------------------------------------------------------------------- the sample within a realistic page


@pytest.fixture(scope="session")
def sample_lines(sample_path: Path) -> list[str]:
    """Lines of the sample but the last, which the software of its site left."""
    found = [line for line in sample_path.read_text("utf-8").split("\n") if line]
    assert found[-1].startswith("Produced By CMS")
    return found[:-1]


@pytest.fixture(scope="session")
def sample_report(sample_lines: list[str]) -> Report:
    title, info, *paragraphs = sample_lines
    return Report(title, info, paragraphs)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_page_gives_the_lines_of_its_report_and_no_others(
    layout: Layout, codec: str, sample_report: Report, sample_lines: list[str]
) -> None:
    page = layout(sample_report)
    extracted = extract(encode_page(page, codec))
    assert [line for line in text_of(extracted).split("\n") if line] == sample_lines
    assert extracted.encoding == codec
    assert_found_again(page, extracted)


def facts(records: list[Record]) -> list[Record]:
    """Records without their offsets."""
    kept = ("kind", "text", "title", "number", "name", "iri", "value", "unit", "value_high", "bound", "indicator",
        "indicator_id", "agency", "actor", "period", "scope", "status", "function", "issuer", "role",
        "relation")  # fmt: skip
    return [{key: record[key] for key in kept if key in record} for record in records]


@pytest.fixture(scope="session")
def sample_facts(sample_lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    file = tmp_path_factory.mktemp("sample") / "source.txt"
    file.write_text("\n\n".join(sample_lines), "utf-8")
    return facts(extraction_records(read_report(file)))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_page_gives_the_facts_of_its_report(
    layout: Layout, sample_report: Report, sample_facts: list[Record], tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(encode_page(layout(sample_report), "gb18030"))
    report = read_report(file)
    assert {record["kind"] for record in sample_facts} >= {"metric", "citation", "agency", "program", "date"}
    assert facts(extraction_records(report)) == sample_facts
    source = report.reading.outline.source
    assert (source.media_type, source.encoding) == ("text/html", "gb18030")
    for mention in report.reading.mentions:
        assert [place.path for place in source.places_of(mention.span) if place.path]


def test_what_the_software_of_a_site_leaves_within_the_text_stays(sample_path: Path) -> None:
    text = sample_path.read_text("utf-8")
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    assert lines(f'<div class="nav"><a href="/">首页</a></div><div id="zoom">{paragraphs}</div>') == [
        line for line in text.split("\n") if line
    ]


# ------------------------------------------------------------------------------------------ lines as shown

SHOWN = [
    # markup between two paragraphs, lines
    ("<p>一</p><div>二</div>三", ["一", "二", "三"]),
    ("<div>一<p>二</p>三</div>", ["一", "二", "三"]),
    ("<p>一<br>二<br/>三</br>四</p>", ["一", "二", "三", "四"]),
    ("<p>受理<b>9</b><span>件</span><font>。</font></p>", ["受理9件。"]),
    ("<p> 受理\n  9 件\t。 </p>", ["受理 9 件 。"]),
    # a break of the source between two ideographs is none (CSS Text 3, 4.1.3)
    ("<p>行政\n   复议</p>", ["行政复议"]),
    ("<p><span>行政\n</span><span>复议</span></p>", ["行政复议"]),
    ("<p>行政 复议</p>", ["行政 复议"]),
    ("<p>2020\n年</p>", ["2020 年"]),
    ("<p>\u3000\u3000缩进&nbsp;&nbsp;段落&emsp;</p>", ["缩进\xa0\xa0段落"]),
    ("<p>&lt;b&gt;&amp;&copy;&#20214;&#x4ef6;</p>", ["<b>&©件件"]),
    ("<p>一<!-- 注释 -->二<?pi ?>三</p>", ["一二三"]),
    ("<p>一<script>var x = '二';</script>三<style>p{}</style></p>", ["一三"]),
    ("<p>一</p><p>&nbsp;</p><p> </p><p><br></p><p>二</p>", ["一", "二"]),
    ("<pre>一\n  二\n三</pre>", ["一", "二", "三"]),
    ('<p style="white-space: pre-line">一\n二</p>', ["一", "二"]),
    ('<p>一<span style="display:block">二</span>三</p>', ["一", "二", "三"]),
    ('<div style="display: inline">一</div><div style="display:inline">二</div>', ["一二"]),
    ("<span>一<p>二</p>三</span>", ["一", "二", "三"]),
    ("<dl><dt>一<dd>二</dl>", ["一", "二"]),
    ("<p>H<sub>2</sub>O，100m<sup>2</sup></p>", ["H2O，100m2"]),
    ("<ucapcontent><p>一</p></ucapcontent><o:p>二</o:p>", ["一", "二"]),
    ("<textarea>框</textarea><select><option>选项</select><button>按钮</button>一", ["一"]),
    ("<template><p>模板</p></template><noscript>无脚本</noscript>一", ["一"]),
]


@pytest.mark.parametrize(("markup", "expected"), SHOWN)
def test_lines_are_those_that_a_browser_shows(markup: str, expected: list[str]) -> None:
    assert body(markup) == expected


HIDDEN = [
    '<p style="display:none">隐藏的文字，不是正文。</p>',
    '<p style="color:red; DISPLAY : NONE !important">隐藏的文字，不是正文。</p>',
    '<div style="visibility: hidden"><p>隐藏的文字，不是正文。</p></div>',
    "<p hidden>隐藏的文字，不是正文。</p>",
    "<style>.a, .gone { color: red; display: none }</style><p class='b gone'>隐藏的文字，不是正文。</p>",
    "<style>#gone{display:none}</style><p id=gone>隐藏的文字，不是正文。</p>",
]


@pytest.mark.parametrize("markup", HIDDEN)
def test_what_a_page_hides_is_left_out_and_told(markup: str) -> None:
    assert body(markup + "<p>看得见的</p>") == ["看得见的"]
    extracted = extract(f"<p>{WORDS}{markup}")
    assert extracted.notes == ("left out what the page hides (1 element)",)


STYLE_SHEETS = [
    (".a{display:none}", {".a"}),
    (".a, #b , p.c{ color:red; display : none ; }", {".a", "#b"}),
    (".a{display:none}.a{display:block}", set()),
    ("@media print{.a{display:none}}.b{display:none}", {".b"}),
    ("/* .a{display:none} */ .b{/*}*/display:none}", {".b"}),
    ("body{display:none !important}", set()),
    ("}}.a{display:none", set()),
]


@pytest.mark.parametrize(("sheet", "hidden"), STYLE_SHEETS)
def test_simple_selectors_of_a_style_sheet_hide(sheet: str, hidden: set[str]) -> None:
    assert hidden_selectors([sheet]) == hidden


@pytest.mark.parametrize(
    "page",
    [
        f'<body style="display:none"><p>{WORDS}</p></body>',
        f'<div id="js_content" style="visibility:hidden;opacity:0"><p>{WORDS}</p></div>',
        f'<p>请稍候</p><div style="display:none"><p>{WORDS}</p></div>',
    ],
)
def test_a_text_that_scripts_would_show_is_read(page: str) -> None:
    assert lines(page)[-1] == WORDS


def test_a_text_that_is_hidden_is_told_to_be() -> None:
    assert extract(f'<div style="display:none"><p>{WORDS}</p></div>').notes == (
        "the page hides its text until scripts show it",
    )


LISTS = [
    ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
    ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"]),
    ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
    ("<ol type=a><li>甲<li>乙</ol><ol type=I start=4><li>丙</ol>", ["a. 甲", "b. 乙", "IV. 丙"]),
    ('<ol style="list-style-type:cjk-ideographic" start=10><li>甲<li>乙</ol>', ["十、甲", "十一、乙"]),
    ('<ol style="list-style: none"><li>甲</ol>', ["甲"]),
    # numbers that stand in the text are not set twice
    ("<ol><li>一、甲</li><li>(二)乙</li><li>3.丙</li></ol>", ["一、甲", "(二)乙", "3.丙"]),
    ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    ("<ol><li><p>甲</p><p>续</p></li><li></li><li>乙</li></ol>丙", ["1. 甲", "续", "3. 乙", "丙"]),
    ("<ol><li>甲<ol><li>乙</ol><li>丙</ol>", ["1. 甲", "1. 乙", "2. 丙"]),
]


@pytest.mark.parametrize(("markup", "expected"), LISTS)
def test_numbers_of_lists_are_restored(markup: str, expected: list[str]) -> None:
    assert body(markup) == expected


# ------------------------------------------------------------------------------------------------- tables

TABLES = [
    (
        "<table><tr><td>类别</td><td>受理</td><td>审结</td></tr><tr><td>复议</td><td>9</td><td>8</td></tr></table>",
        ["| 类别 | 受理 | 审结 |", "| 复议 | 9 | 8 |"],
    ),
    (
        "<table border=1><thead><tr><th rowspan=2>类<br>别<th colspan=2>件数<tr><th>受理<th>审结</thead>"
        "<tbody><tr><td rowspan=2>复议<td>9<td>8<tr><td>3<td>2</tbody></table>",
        ["| 类别 | 件数 |  |", "|  | 受理 | 审结 |", "| 复议 | 9 | 8 |", "|  | 3 | 2 |"],
    ),
    (
        "<table border=1><caption>表1 情况</caption><tr><td>甲<p>乙</p></td><td>2</td></tr>"
        "<tr><td>&nbsp;</td><td>1</td></tr></table>",
        ["表1 情况", "| 甲 乙 | 2 |", "|  | 1 |"],
    ),
    # a cell that holds a bar: tabs part the cells
    ("<table border=1><tr><td>a|b</td><td>2</td></tr><tr><td>c</td><td>3</td></tr></table>", ["a|b\t2", "c\t3"]),
    # layout tables are passed through
    ("<table><tr><td>左</td><td><table><tr><td>内</td></tr></table></td></tr></table>", ["左", "内"]),
    ("<table><tr><td>一</td></tr><tr><td>二</td></tr></table>", ["一", "二"]),
    (
        '<table role="presentation"><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>',
        ["一", "二", "三", "四"],
    ),
    ("<table><tr><td>一</td><td>二</td></tr></table>", ["一", "二"]),
    # spans beyond reason
    (
        "<table border=1><tr><td colspan=1000000>甲<td rowspan=-1>乙<tr><td colspan=x>1<td>2</table>",
        ["| 甲 | 乙 |", "| 1 | 2 |"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), TABLES)
def test_rows_of_data_are_set_between_bars(markup: str, expected: list[str]) -> None:
    assert body(markup) == expected


def test_a_table_is_read_as_one() -> None:
    table = (
        "<table border=1 class=MsoTableGrid><caption>表1 行政复议情况统计表（单位：件）</caption>"
        "<tr><th rowspan=2>单位</th><th colspan=2>案件</th></tr><tr><th>受理</th><th>审结</th></tr>"
        "<tr><td>司法局</td><td>9</td><td>8</td></tr><tr><td>公安局</td><td>72</td><td>61</td></tr></table>"
        "<table border=1><tr><td>内容</td><td>场次</td></tr><tr><td>普法宣传</td><td>30</td></tr></table>"
    )
    page = f"<h1>{TITLE}</h1><p>一、行政复议</p><p>{WORDS}具体情况见下表：</p>{table}<p>{MORE}</p>"
    outlined = outline(read_text(text_of(extract(page)), "page"))
    first, second = outlined.tables
    assert first.caption is not None and first.caption.value.startswith("表1 行政复议情况统计表")
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["单位", "案件", ""],
        ["", "受理", "审结"],
        ["司法局", "9", "8"],
        ["公安局", "72", "61"],
    ]
    assert [[cell.text for cell in row.cells] for row in second.rows] == [
        ["内容", "场次"],
        ["普法宣传", "30"],
    ]


# ----------------------------------------------------------------------------------------- title, metadata

INFO = [
    # markup between title and text, lines
    ("<p>来源：县司法局　发布时间：2022-03-28 10:21</p>", ["来源：县司法局\u3000发布时间：2022-03-28 10:21"]),
    ("<p>发布时间：2022-03-28 字体大小：[大 中 小] 【打印】 【关闭】</p>", ["发布时间：2022-03-28"]),
    ("<div><span>2022-03-28</span><span>来源：县司法局</span></div>", ["2022-03-28 来源：县司法局"]),
    (
        "<div>2022-03-28 10:21<span>来源：</span>县司法局<a href='javascript:print()'>打印</a></div>",
        ["2022-03-28 10:21 来源：县司法局"],
    ),
    ("<ul><li>来源：县司法局</li><li>字号：<a href='#'>大</a><a href='#'>小</a></li></ul>", ["来源：县司法局"]),
    ("<p>【字体：大 中 小】</p><p>浏览次数：123次</p><p>分享到：</p><p>日期：2022-03-28</p>", ["日期：2022-03-28"]),
    ("<p>日期：2022-03-28 | 来源：县司法局 | 点击量：5 | 打印本页</p>", ["日期：2022-03-28 | 来源：县司法局"]),
    ("<dl><dt>发布机构<dd>县司法局<dt>发布日期<dd>2022-03-28</dl>", ["发布机构:县司法局", "发布日期:2022-03-28"]),
    ("<div><div>文　　号：</div><div>石政〔2022〕3号</div></div>", ["文\u3000\u3000号：石政〔2022〕3号"]),
    # said twice, for telephones and others
    ("<p><span>来源：县司法局</span></p><p>来源：县司法局</p>", ["来源：县司法局"]),
    ("<p>来源：</p><p>石政〔2022〕3号</p>", ["来源：石政〔2022〕3号"]),
    ("<p>（2022年3月15日）</p>", ["（2022年3月15日）"]),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), INFO)
def test_lines_that_tell_of_the_report_are_kept_without_buttons(markup: str, expected: list[str]) -> None:
    page = f"<div class=box><h1>{TITLE}</h1>{markup}<div class=text><p>{WORDS}</p><p>{MORE}</p></div></div>"
    assert lines(page) == [TITLE, *expected, WORDS, MORE]


def test_a_table_of_metadata_is_read_as_lines_after_the_title() -> None:
    page = f"""<table border="1">
        <tr><td>索 引 号：</td><td>000014349/2022-00010</td><td>主题分类：</td><td>司法行政</td></tr>
        <tr><td>发文机关：</td><td>石门县人民政府</td><td>成文日期：</td><td>2022年03月15日</td></tr>
        <tr><td>文&nbsp;&nbsp;&nbsp;号：</td><td></td><td>发布日期：</td><td>2022年03月28日</td></tr></table>
        <h2>{TITLE}</h2><div id="zoom"><p>{WORDS}</p><p>{MORE}</p></div>"""
    extracted = extract(page)
    assert lines(page) == [
        TITLE, "索 引 号：000014349/2022-00010", "主题分类：司法行政", "发文机关：石门县人民政府",
        "成文日期：2022年03月15日", "发布日期：2022年03月28日", WORDS, MORE,
    ]  # fmt: skip
    assert_found_again(page, extracted)
    metadata = outline(read_text(text_of(extracted), "page")).metadata
    assert metadata.issuer is not None and metadata.issuer.value == "石门县人民政府"
    assert metadata.signed is not None and metadata.signed.value.isoformat() == "2022-03-15"
    assert metadata.published is not None and metadata.published.value.isoformat() == "2022-03-28"


TITLES = [
    # what a page has before its text, lines before it
    (f"<h1>{TITLE}</h1>", [TITLE]),
    (f'<h1 class="logo">石门县人民政府网站</h1><div class="tit">{TITLE}</div>', [TITLE]),
    (f"<title>{TITLE}_石门县人民政府</title><p align=center>{TITLE}</p>", [TITLE]),
    (f"<title>石门县人民政府-{TITLE}</title><b>石门县人民政府</b><p>{TITLE}</p>", [TITLE]),
    ("<h1>石门县人民政府<br>关于法治政府建设情况的报告</h1>", ["石门县人民政府", "关于法治政府建设情况的报告"]),
    # the head of the page alone has it
    (f"<title>{TITLE}_石门县人民政府</title>", [TITLE]),
    (f'<meta name="ArticleTitle" content="{TITLE}"><title>石门县</title>', [TITLE]),
    ("<title>石门县人民政府</title>", []),
    # a heading of the text is no title of it
    ("<p>一、工作情况</p>", ["一、工作情况"]),
    # the page says it twice, once in two lines
    (
        "<h1>石门县人民政府关于法治政府建设情况的报告</h1><p>来源：县司法局</p>"
        "<p>石门县人民政府</p><p>关于法治政府建设情况的报告</p>",
        ["石门县人民政府关于法治政府建设情况的报告", "来源：县司法局"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), TITLES)
def test_the_title_comes_first_and_once(markup: str, expected: list[str]) -> None:
    page = f"{markup}<div><p>{WORDS}</p><p>{MORE}</p></div>"
    assert lines(page) == [*expected, WORDS, MORE]
    assert_found_again(page, extract(page))


META = '<meta name="PubDate" content="2022-03-28 10:21"><meta name="ContentSource" content="县司法局">'
HEADS = [
    # lines that the page shows under its title, lines that come of the head besides
    ("", ["发布日期:2022-03-28 10:21", "来源:县司法局"]),
    ("<p>发布时间：2022-03-28</p>", ["来源:县司法局"]),
    ("<p>2022-03-28 来源：司法局</p>", []),
    ("<p>来源：县司法局</p>", ["发布日期:2022-03-28 10:21"]),
]


@pytest.mark.parametrize(("shown", "added"), HEADS)
def test_what_only_the_head_states_is_added_with_its_key(shown: str, added: list[str]) -> None:
    page = f"<html><head>{META}</head><body><h1>{TITLE}</h1>{shown}<p>{WORDS}</p></body></html>"
    visible = re.findall(r"<p>(.*?)</p>", shown)
    extracted = extract(page)
    assert lines(page) == [TITLE, *visible, *added, WORDS]
    places = [piece.path for piece in extracted.pieces if piece.path and "meta" in piece.path]
    assert len(places) == len(added)
    assert_found_again(page, extracted)


def test_what_the_head_says_of_the_page_is_told_in_notes() -> None:
    page = f'<meta name="SiteName" content="石门县政府"><meta name="Url" content="http://example.cn/1.html"><p>{WORDS}'
    assert lines(page) == [WORDS]
    assert extract(page).notes == (
        "the head of the page says: 网站名称 石门县政府; 网址 http://example.cn/1.html",
    )


# ------------------------------------------------------------------------------------- what is the site's

SITE = [
    # before the report, within its element behind the text, after it
    ('<div class="breadcrumb">首页 &gt; 公开</div>', "", ""),
    ("<div>您当前的位置：<a href=/>首页</a> &gt; 正文</div>", "", ""),
    ("", "<p>上一篇：<a href=/1>通知</a></p><p>下一篇：没有了</p>", ""),
    ("", "<p>【打印本页】【关闭窗口】</p><p>责任编辑：王某</p><p>扫一扫在手机打开当前页</p>", ""),
    ("", '<div class="related"><h3>相关文件</h3><p>区政府召开会议，研究法治政府建设工作。</p></div>', ""),
    ("", "<p>相关链接</p><ul><li><a href=/1>甲</a> 2020-01-01</li><li><a href=/2>乙</a></li></ul>", ""),
    ("", "", "<p>主办：县政府　承办：县政府办</p><p>湘ICP备05000000号</p>"),
    ("", "", "<footer><p>本网站由县政府办公室主办，欢迎批评指正。</p></footer>"),
    ("<nav><a href=/>首页</a></nav>", '<div class="share">分享到：微信</div>', "<aside><p>热点，新闻。</p></aside>"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "behind", "after"), SITE)
def test_the_sites_own_is_left_out_and_told(before: str, behind: str, after: str) -> None:
    page = f"{before}<div class=a><h1>{TITLE}</h1><p>{WORDS * 9}</p><p>2022年3月15日</p>{behind}</div>{after}"
    extracted = extract(page)
    assert lines(page) == [TITLE, WORDS * 9, "2022年3月15日"]
    assert any(note.startswith("left out ") for note in extracted.notes)


KEPT = [
    # lines of a report that look like a site's
    ["关闭非煤矿山12座", "下一阶段，全县将继续推进依法行政。"],
    ["相关情况如下：", "返回办案经费3万元", "位置：县城"],
    ["石门县人民政府", "2022年3月15日", "（此件公开发布）"],
    ["来源于群众的意见200条", "日期：按季度报送", "分享经验30次"],
]


@pytest.mark.parametrize("paragraphs", KEPT)
def test_lines_of_the_report_are_never_taken_for_the_sites(paragraphs: list[str]) -> None:
    inside = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert lines(f"<div><p>{WORDS}</p>{inside}<p>{MORE}</p></div>") == [WORDS, *paragraphs, MORE]
    assert lines(f"<div><p>{WORDS}</p><p>{MORE}</p>{inside}</div>") == [WORDS, MORE, *paragraphs]


def test_an_element_is_not_the_sites_by_its_name_alone() -> None:
    for name in ("print", "main-nav-content", "share", "footer"):
        assert lines(f'<div class="{name}"><h1>{TITLE}</h1><p>{WORDS}</p></div>') == [TITLE, WORDS]
    page = f'<div class="header"><h1>{TITLE}</h1><p>来源：县司法局</p></div><div><p>{WORDS}</p></div>'
    assert lines(page) == [TITLE, "来源：县司法局", WORDS]


def test_a_text_in_two_elements_is_read_whole() -> None:
    parts = "".join(f"<div class=part><p>{WORDS * 3}</p></div>" for _ in range(2))
    assert (
        lines(f"<div class=left><a href=/>首页</a></div><div class=article>{parts}</div>") == [WORDS * 3] * 2
    )


def test_a_paragraph_apart_from_the_text_is_told() -> None:
    page = f"<div><p>{WORDS * 40}</p></div><div><p>免责声明：本页面内容仅供参考，请以文件为准。</p></div>"
    assert lines(page) == [WORDS * 40]
    assert (
        "left out a paragraph apart from the text: 免责声明：本页面内容仅供参考，请以文件为准。"
        in extract(page).notes
    )


def test_documents_pictures_and_further_pages_are_told() -> None:
    page = (
        f"<div><p>{WORDS}</p><img src=a.png><img src=b.png><p>附件：<a href='./P02.docx'>统计表.docx</a></p></div>"
        "<div><a href='x_2.html'>下一页</a></div>"
    )
    assert lines(page) == [WORDS, "附件：统计表.docx"]
    assert extract(page).notes == (
        "did not read the attached document 附件：统计表.docx (./P02.docx)",
        "the page says that its text goes on in another page, which was not read",
        "left out 2 pictures in the text",
        "left out 1 line of the site: 下一页",
    )


def test_a_page_that_is_only_a_link_to_a_document_says_so() -> None:
    link = f"<p><a href='/a/报告.pdf'>{TITLE}.pdf</a></p>"
    page = f"<h1>{TITLE}</h1><p>来源：县司法局</p><div id=zoom>{link}</div><script></script>"
    assert lines(page) == [TITLE, "来源：县司法局", f"{TITLE}.pdf"]
    assert extract(page).notes[0] == "the text of the page is only a link to a document: give that"


# ------------------------------------------------------------------------------------------------ encodings

PAGE = f"<html><head>{{}}<title>公报</title></head><body><p>{WORDS}</p><p>{MORE}</p></body></html>"
GB2312 = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
TRADITIONAL = "區政府專人負責，做好行政復議與行政訴訟的銜接。受理行政復議案件九件，審結八件。"

ENCODED = [
    # label in the page, codec of its bytes, mark before them, codec that is told
    ('<meta charset="utf-8">', "utf-8", b"", "utf-8"),
    (GB2312, "gb18030", b"", "gb18030"),
    ("<META CHARSET=GBK>", "gbk", b"", "gb18030"),
    ('<?xml version="1.0" encoding="gb2312"?>', "gbk", b"", "gb18030"),
    ("", "utf-8", b"", "utf-8"),
    ("", "gb18030", b"", "gb18030"),
    # a label that is wrong
    ('<meta charset="utf-8">', "gb18030", b"", "gb18030"),
    (GB2312, "utf-8", b"", "utf-8"),
    ('<meta charset="iso-8859-1">', "gb18030", b"", "gb18030"),
    ('<meta charset="windows-1252">', "utf-8", b"", "utf-8"),
    ('<meta charset="big5">', "utf-8", b"", "utf-8"),
    # marks
    (GB2312, "utf-8", codecs.BOM_UTF8, "utf-8"),
    ('<meta charset="utf-8">', "gb18030", codecs.BOM_UTF8, "gb18030"),
    (GB2312, "utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
    ("", "utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
    ('<meta charset="utf-16">', "utf-16-le", b"", "utf-16-le"),
    ("", "utf-16-be", b"", "utf-16-be"),
    ("", "gb18030", b"\x84\x31\x95\x33", "gb18030"),
]


@pytest.mark.parametrize(("label", "codec", "mark", "told"), ENCODED)
def test_bytes_are_believed_more_than_labels(label: str, codec: str, mark: bytes, told: str) -> None:
    page = PAGE.format(label)
    extracted = extract(mark + page.encode(codec))
    assert [line for line in text_of(extracted).split("\n") if line] == [WORDS, MORE]
    assert extracted.encoding == told


@pytest.mark.parametrize(("label", "codec"), [("", "big5"), ('<meta charset="big5">', "big5hkscs")])
def test_big5_is_told_from_gb18030(label: str, codec: str) -> None:
    page = f"<html><head>{label}</head><body><p>{TRADITIONAL}</p></body></html>"
    assert decode_page(page.encode("big5"), "page") == (page, codec, 0)


def test_a_few_damaged_bytes_do_not_make_a_page_unreadable() -> None:
    page = (f'<meta name="x" content="摘要CUT"><p>{WORDS}</p>' + f"<p>{MORE}</p>" * 20).encode()
    extracted = extract(page.replace(b"CUT", "要".encode()[:2]))
    assert text_of(extracted).count(MORE) == 20 and extracted.encoding == "utf-8"
    assert "what is damaged in the page stands as U+FFFD (1 character)" in extracted.notes
    extracted = extract((f"<p>{WORDS}</p>" * 20).encode("gb18030") + b"\xff")
    assert text_of(extracted).count(WORDS) == 20 and extracted.encoding == "gb18030"


def test_the_wide_space_of_old_editors_is_one() -> None:
    page = f"<p>甲X乙</p><p>{WORDS}</p>".encode("gb18030").replace(b"X", b"\xa3\xa0")
    assert lines(page)[0] == "甲\u3000乙"


# ------------------------------------------------------------------------------------------------- refusals

REFUSED = [
    # page, words of the problem
    (b"", "is an empty page"),
    (b" \n ", "is an empty page"),
    (b"<!-- x -->", "is an empty page"),
    ("<html><head><title>公报</title></head><body></body></html>".encode(), "holds no text"),
    (
        "<h1>2021年法治政府建设情况报告</h1><div id=app></div><script src=a.js></script>".encode(),
        "scripts load it",
    ),
    ("<p>正在加载中，请稍候…</p><script>load()</script>".encode(), "scripts load it"),
    ("<p>请启用JavaScript后继续访问本网站</p><script>check()</script>".encode(), "scripts load it"),
    (b"<frameset><frame src=top.htm><frame src=main.htm></frameset>", "shows other files (top.htm)"),
    (b"<iframe src=view.html></iframe>", "shows other files (view.html)"),
    (b"<div id=zoom><img src=1.jpg><img src=2.jpg></div>", "no text but pictures"),
    (
        "<ul><li><a href=1>2020年报告</a></li><li><a href=2>2019年报告</a></li></ul>".encode(),
        "links to other pages",
    ),
    (b"<div>" * 100_000 + WORDS.encode(), "is nested too deeply"),
    (b"<p>\x00\x01\x02\x00\x00</p>", "is binary: it holds NUL bytes"),
    (b"<p>\xff\xff\xff\xff\xfe\xff</p>", "is in no encoding of Chinese"),
    (codecs.BOM_UTF16_LE + b"<\0p\0>\0\x00\xd8", "begins as utf-16-le but is damaged"),
]


@pytest.mark.parametrize(("page", "problem"), REFUSED)
def test_a_page_without_a_text_is_refused_with_the_reason(page: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        extract(page)
    assert problem in caught.value.problem and caught.value.where == "网页.html"
    assert caught.value.remedy and "\n" not in str(caught.value)


def test_more_text_than_allowed_is_refused() -> None:
    with pytest.raises(InputError, match="has more than 100 characters"):
        extract(f"<p>{WORDS * 10}</p>", Limits(characters=100))


def test_entities_of_a_page_are_not_looked_up(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    page = f"""<!DOCTYPE html [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file://{secret}">]>
        <p>{WORDS}&b;&f;</p>"""
    text = text_of(extract(page))
    assert WORDS in text and "甲甲" not in text and "机密" not in text


# ------------------------------------------------------------------------------------------------- places


def test_a_page_that_is_made_of_others_is_read_to_its_end() -> None:
    page = f"<html><body><html><body>首页</body></html><div><p>{WORDS}</p></body></html><p>{MORE}</p></div>"
    assert lines(page) == [WORDS, MORE]
    assert_found_again(page, extract(page))


def test_a_piece_has_the_path_of_its_paragraph() -> None:
    page = f"<html><body><div></div><div><p>{WORDS}</p><p><b>{MORE[:3]}</b>{MORE[3:]}</p></div></body></html>"
    assert extract(page).pieces == (
        Piece(WORDS, path="/html/body/div[2]/p[1]"),
        Piece("\n"),
        Piece(MORE, path="/html/body/div[2]/p[2]"),
        Piece("\n"),
    )


def test_what_is_not_of_one_stretch_is_not_one_piece() -> None:
    page = f"<div><p>{WORDS}<span hidden>隐藏</span>{MORE}</p></div>"
    assert [piece.text for piece in extract(page).pieces if piece.path] == [WORDS, MORE]


@pytest.mark.parametrize(
    "tag", ["o:p", "v:textbox", "x-y", "a.b", "st1:chsdate", "div", "dꉩv", "d\x15v", "d<v"]
)
def test_paths_pass_through_any_element(tag: str) -> None:
    page = f"<{tag}>甲</{tag}><{tag}><div><p>{WORDS}</p></div></{tag}>"
    assert_found_again(page, extract(page))


def test_paths_tell_between_several_bodies() -> None:
    page = f"<head></head><body a><title></title></head><body b><title></title></head><body><p>{WORDS}</p></body>"
    assert_found_again(page, extract(page))


def test_a_row_in_an_open_cell_is_a_row() -> None:
    assert body("<table border=1><tr><td>甲<td>乙<tr>丙<td>1<td>2</table>")[-2:] == [
        "| 甲 | 乙 |",
        "| 1 | 2 |",
    ]


def test_paths_of_deep_elements_end_above_them() -> None:
    page = "<div>" * 1000 + f"<p>{WORDS}</p>"
    (piece, _) = extract(page).pieces
    assert piece.path is not None and 90 < piece.path.count("/") <= MAX_DEPTH
    assert_found_again(page, extract(page))


# ------------------------------------------------------------------------------------------------ hostility

GROWING = [
    "<div>", "<p>", "<b>", "<table><tr><td>", "<tr><td>甲<td>9", "<li>", "<a href=x>甲</a>", "<h1>某县工作报告</h1>",
    "<", "&", "<!--", "<!-- -->", "<p hidden>甲</p>", "<span hidden>甲</span>", "</div>", "<br>甲",
    "区 \n ", "<p>索引号：</p>", "<p>来源：甲 大 中 小 打印</p>", "<table border=1><tr><td colspan=99 rowspan=60000>甲",
    "<meta name=pubdate content=x>",
    "<style>.a{display:none}</style>", "<form><select><option>", f"<div><p>{WORDS}</p></div>",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("markup", GROWING)
def test_time_grows_with_the_page_and_no_faster(markup: str) -> None:
    def seconds(times: int) -> float:
        page = (markup * times + f"<p>{WORDS}</p>").encode()
        start = time.process_time()
        with contextlib.suppress(InputError):
            extract(page)
        return time.process_time() - start

    times = 100_000 // len(markup)
    seconds(10)
    assert seconds(4 * times) < 8 * seconds(times) + 0.5


def test_huge_attributes_are_no_hindrance() -> None:
    many = "nav " * 500_000
    page = f'<p class="{many}" id="{many}" style="{"display:block;" * 100_000}" title="{many}">{WORDS}</p>'
    assert lines(page) == [WORDS]


def test_a_realistic_page_tells_what_it_left_out(sample_report: Report) -> None:
    notes = extract(encode_page(modern(sample_report), "utf-8")).notes
    assert notes[0].startswith("left out 20 lines of the site: 首页, 走进顺河, 政务公开")
    assert "left out what the page hides (1 element)" in notes
