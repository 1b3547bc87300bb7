"""Pages as government sites make them, around any report: what tests read instead of pages of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple


class Report(NamedTuple):
    """What a page shows of a report."""

    title: str
    info: str
    """The line under the title; no-break spaces part its fields."""
    paragraphs: Sequence[str]


Layout = Callable[[Report], str]

_LINKS = ("首页", "走进顺河", "政务公开", "政务服务", "互动交流", "专题专栏")
_NAVIGATION = "".join(f'<li><a href="/{n}/">{word}</a></li>\n' for n, word in enumerate(_LINKS))
_RELATED = "".join(
    f'<li><a href="/xxgk/{year}.html">顺河回族区{year}年法治政府建设情况报告</a><span>{year + 1}-03-30</span></li>\n'
    for year in (2019, 2018, 2017)
)
_SCRIPT = """<script type="text/javascript">
var title = "<p>脚本里的文字，不是正文。</p>"; if (1 < 2) { document.write(title); }
</script>"""
_CREDITS = (
    "主办：开封市顺河回族区人民政府　承办：顺河回族区人民政府办公室",
    "豫ICP备05000000号　豫公网安备 41020302000001号　网站标识码：4102030001",
    "地址：开封市顺河回族区　联系电话：0371-00000000",
)
_FOOTER = "".join(f"<p>{line}</p>\n" for line in _CREDITS)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def _head(report: Report, more: str = "") -> str:
    return f"""<head>
<meta http-equiv="Content-Type" content="text/html; charset=CHARSET">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>{_text(report.title)}_顺河回族区人民政府</title>
{more}<link rel="stylesheet" href="/css/base.css">
<style>.hidden-xs {{ display: none; }} body {{ font-size: 14px; }} @media print {{ .nav {{ display: none; }} }}</style>
{_SCRIPT}
</head>"""


def modern(report: Report) -> str:
    """A site of the 2010s: `div#zoom`, a line of buttons beside the metadata, meta tags, links to related pages."""
    tags = {
        "SiteName": "顺河回族区人民政府", "SiteDomain": "www.example.gov.cn", "ColumnName": "法治政府建设年度报告",
        "ArticleTitle": report.title, "PubDate": "2021-03-31 15:20", "ContentSource": "区司法局",
        "Keywords": "法治政府建设,区司法局,年度报告", "Author": "", "Url": "/xxgk/2021/0331/1.html",
        "Description": "开封市顺河回族区公布2020年法治政府建设情况，受理行政复议案件999件。",
    }  # fmt: skip
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in tags.items())
    body = "\n".join(
        f'<p style="text-indent: 2em; line-height: 2;"><span style="font-size: 16px; font-family: 仿宋;">'
        f"{_text(text)}</span></p>"
        for text in report.paragraphs
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
{_head(report, metas)}
<body>
<!-- 头部开始 -->
<div class="header"><div class="logo"><h1><a href="/"><img src="/logo.png" alt="顺河回族区人民政府"></a></h1></div>
<div class="search"><form><input type="text" value="请输入关键字"><button>搜索</button></form></div>
<ul class="nav">{_NAVIGATION}</ul></div>
<noscript>您的浏览器不支持脚本，请启用JavaScript后浏览。</noscript>
<div class="wrap">
<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 正文</div>
<div class="hidden-xs">手机用户请访问移动版，本页内容以移动版为准，敬请谅解。</div>
<div class="content-box">
<h1 class="title">{_text(report.title)}</h1>
<div class="info"><span>{_text(report.info)}</span>&nbsp;&nbsp;<span>浏览次数：<i id="hits">102</i>次</span>
<span class="fontsize">字体大小：<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a>
<a href="javascript:doZoom(14)">小</a></span><a href="javascript:window.print()">打印</a>
<div class="bdsharebuttonbox">分享到：<a title="微信">微信</a><a title="微博">新浪微博</a></div></div>
<div id="zoom" class="content">
{body}
</div>
<div class="editor">【<a href="javascript:window.print()">打印本页</a>】
【<a href="javascript:window.close()">关闭窗口</a>】
责任编辑：王某</div>
<div class="qrcode">扫一扫在手机打开当前页<img src="data:image/png;base64,AAAA"></div>
<div class="prevnext"><p>上一篇：<a href="/xxgk/0.html">关于印发工作要点的通知</a></p><p>下一篇：没有了</p></div>
<div class="related"><h3>相关链接</h3><ul>{_RELATED}</ul></div>
</div></div>
<div class="footer">{_FOOTER}<p>Produced By CMS 网站群内容管理系统 publishdate:2024-06-21 15:54:12</p></div>
{_SCRIPT}
</body>
</html>
"""


def semantic(report: Report) -> str:
    """HTML5 elements that say what they are, with few classes."""
    body = "\n".join(f"      <p>{_text(text)}</p>" for text in report.paragraphs)
    return f"""<!doctype html>
<html>{_head(report)}
<body>
  <header><a href="/">顺河回族区人民政府</a><nav><ul>{_NAVIGATION}</ul></nav></header>
  <main>
    <nav aria-label="面包屑">首页 &gt; 政务公开</nav>
    <article>
      <header><h1>{_text(report.title)}</h1><p>{_text(report.info)}</p></header>
{body}
      <footer><p>责任编辑：王某　校对：李某</p></footer>
    </article>
    <aside><h2>热点新闻</h2><ul>{_RELATED}</ul><p>区政府近日召开常务会议，研究部署了下一阶段的重点工作。</p></aside>
  </main>
  <footer>{_FOOTER}</footer>
</body></html>"""


def editor(report: Report) -> str:
    """TRS: paragraphs are `div`s with wide spaces in front, Word's own elements around words, a style sheet within."""
    marks = (
        "<div>　　<b>{}</b></div>",
        '<div align="justify">　　{}<o:p></o:p></div>',
        "<div>&nbsp;&nbsp;&nbsp;&nbsp;{}</div>",
    )
    body = "\n".join(marks[n % 3].format(_text(text)) for n, text in enumerate(report.paragraphs))
    source, _, date = report.info.partition(" \xa0\xa0")
    return f"""<html><head><meta charset="CHARSET"/><title>{_text(report.title)}-顺河回族区人民政府</title></head>
<body><div id="app-top"><a href="/">网站首页</a> | <a href="/wza">无障碍</a> | <a href="/old">长者模式</a></div>
<div class="BreadcrumbNav"><a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/zwgk">政务公开</a></div>
<div class="article oneColumn">
<div class="tit">
   {_text(report.title)}
</div>
<div class="pages-date"><span>{_text(source)}</span> &nbsp;&nbsp;<span>{_text(date)}</span>
<div class="pages_print"><span>【字体：<span class="bigger">大</span> <span>中</span> <span>小</span>】</span>
<span onclick="print()">打印</span></div></div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2;}}</style>
<div class="Custom_UnionStyle">
{body}
</div></div>
<div id="qr_container" style="margin:auto">扫一扫在手机打开当前页</div>
<div class="xg-list related"><div class="pannel-title">相关稿件</div><ul>{_RELATED}</ul></div>
<div class="share-title" style="display:none">{_text(report.title)}</div>
</div>
<div class="foot"><p>版权所有：顺河回族区人民政府　豫ICP备05000000号</p></div></body></html>"""


def tabular(report: Report) -> str:
    """A site of the 2000s: everything in tables, paragraphs between `<br>`, no class, upper case."""
    body = "<BR><BR>\n".join("&nbsp;&nbsp;&nbsp; " + _text(text) for text in report.paragraphs)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=CHARSET">
<TITLE>顺河回族区</TITLE></HEAD>
<BODY bgColor=#ffffff><TABLE width=1000 align=center><TR><TD colspan=6><IMG src="top.gif"></TD></TR>
<TR>{"".join(f'<TD><A href="/{w}">{w}</A></TD>' for w in _LINKS)}</TR></TABLE>
<TABLE width=1000 align=center><TR><TD width=200 valign=top><TABLE><TR><TD><B>公开目录</B></TD></TR>
{"".join(f'<TR><TD><A href="l{y}.htm">{y}年工作总结</A></TD></TR>' for y in range(2010, 2016))}</TABLE></TD>
<TD width=800><TABLE width="100%"><TR><TD>当前位置：<A href="/">首页</A> &gt;&gt; 信息公开</TD></TR>
<TR><TD align=center><FONT size=5><B>{_text(report.title)}</B></FONT></TD></TR>
<TR><TD align=center>{_text(report.info)}</TD></TR>
<TR><TD><HR></TD></TR>
<TR><TD><FONT size=3>{body}</FONT></TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印本页</A>】
【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR>
</TABLE></TD></TR></TABLE>
<TABLE width=1000 align=center><TR><TD align=center>{"<BR>".join(_CREDITS)}</TD></TR></TABLE></BODY></HTML>"""


def nested(report: Report) -> str:
    """A page for telephones in the manner of WeChat: sections in sections, hidden until a script shows them."""
    body = "".join(
        f'<section style="margin: 0 8px;"><section><p style="line-height: 2em;"><span style="color: rgb(62, 62, 62);">'
        f"<strong>{_text(text[:3])}</strong></span><span>{_text(text[3:])}</span></p><p><br/></p></section></section>"
        for text in report.paragraphs
    )
    return f"""<!DOCTYPE html><html><head><meta charset="CHARSET">
<meta property="og:title" content="{escape(report.title)}" /><title></title></head>
<body class="zh_CN"><div id="js_article" class="rich_media"><div id="img-content">
<h1 class="rich_media_title" id="activity-name">
{_text(report.title)}
</h1>
<div id="meta_content">{_text(report.info)}<em id="publish_time"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{body}</div>
<div class="rich_media_tool"><div>阅读 <span id="readNum3"></span></div><a href="javascript:;">分享</a></div>
</div></div>{_SCRIPT}</body></html>"""


def pasted(report: Report) -> str:
    """A report pasted from Word: lines of the source end anywhere between two ideographs, figures in spans of their
    own, comments for old browsers; the page's own end comes early, since it is made of two."""
    body = "\n".join(
        f"<p class=MsoNormal style='text-indent:28.0pt'><!--[if !supportLists]--><span lang=EN-US></span>"
        f"{_wrapped(text)}</p>"
        for text in report.paragraphs
    )
    return f"""<?xml version="1.0" encoding="CHARSET"?>
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>{_text(report.title)} | 顺河回族区</title></head>
<body><!-- top --><html><head></head><body><div><a href="/">首页</a><a href="/2">政务公开</a></div></body></html>
<form id="form1" method="post" action="./view.aspx"><input type="hidden" name="__VIEWSTATE" value="/wEPDw==">
<table><tr><td><h2>{_text(report.title)}</h2></td></tr>
<tr><td><span id="lblInfo">{_text(report.info)}</span></td></tr>
<tr><td class="content"><div class=WordSection1>
{body}
</div></td></tr></table></form>
<div class="copyright">{_FOOTER}</div></body></html>"""


def _wrapped(text: str) -> str:
    """The source of a text, broken in the middle of words as Word breaks it."""
    source = ""
    for n, (here, after) in enumerate(pairwise(text + "\n"), start=1):
        source += _text(here)
        if n % 30 < 3 and "\u4e00" < here < "\u9fff" and "\u4e00" < after < "\u9fff":
            source += "\n  "
        elif here.isdigit() and not after.isdigit() and after != "\n":
            source = f"{source[:-1]}<span lang=EN-US>{here}</span>"
    return source


LAYOUTS: tuple[Layout, ...] = (modern, semantic, editor, tabular, nested, pasted)


def encode_page(page: str, codec: str) -> bytes:
    """A page in an encoding, whose label says so as sites do: gb2312 for GB18030."""
    return page.replace("CHARSET", {"gb18030": "gb2312"}.get(codec, codec)).encode(codec)
