"""What MkDocs asks of us while it builds the documentation site (a hook, see mkdocs.yml): pages that are made of what
the program knows, links into the checkout, the ontology's pages, a search index for Chinese.

A line `<!-- expand: NAME -->` of a page is replaced by what EXPANSIONS has under that name. Nothing is fetched.
"""

from __future__ import annotations

import inspect
import json
import posixpath
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import click
from mkdocs.plugins import event_priority
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from fatu.cli import cli
from fatu.cli.helping import tell_option
from fatu.cli.translating import translate_help
from fatu.describing.vocabulary import ontology_text
from fatu.exporting.indicators import catalogue_records
from fatu.iris import Iris
from fatu.querying.named import load_queries

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import document_ontology  # noqa: E402

NS = Namespace(Iris().term(""))
WORDS = {
    # what the generated parts say: key → (English, Chinese)
    "option": ("option", "选项"),
    "does": ("does", "用途"),
    "default": ("default", "默认"),
    "example": ("For example", "例"),
    "parameters": ("Parameters", "参数"),
    "text": ("The query", "查询文本"),
    "term": ("term", "术语"),
    "label": ("label", "名称"),
    "definition": ("definition", "定义"),
    "from": ("of", "定义域"),
    "to": ("gives", "值域"),
    "unit": ("unit", "单位"),
    "topic": ("topic", "主题"),
    "indicator": ("indicator", "指标"),
}


def say(key: str, language: str) -> str:
    """A word of WORDS."""
    return WORDS[key][language == "zh"]


# ------------------------------------------------------------------------------------------------ what is expanded


def expand_readme(language: str) -> str:
    """The README as the home page: without its link to the other language, its links seen from docs/."""
    text = (ROOT / ("README.zh.md" if language == "zh" else "README.md")).read_text(encoding="utf-8")
    text = re.sub(r"^\[(?:中文|English)\]\(README[.\w]*\)\n", "", text, count=1, flags=re.MULTILINE)

    def seen_from_docs(match: re.Match[str]) -> str:
        target = match[2]
        return f"{match[1]}{target.removeprefix('docs/') if target.startswith('docs/') else f'../{target}'})"

    return re.sub(r"(\]\()(?![a-z]+:|#)([^)\s]+)\)", seen_from_docs, text)


def expand_commands(language: str) -> str:
    """Every command of fatu with its usage, what it does, an example and its options."""
    parts: list[str] = []

    def add(command: click.Command, path: str, context: click.Context) -> None:
        inner = click.Context(command, info_name=path.rpartition(" ")[2], parent=context)
        if path != "fatu":
            parts.append(_command(command, path, inner, language))
        for name in command.list_commands(inner) if isinstance(command, click.Group) else ():
            below = command.get_command(inner, name)
            assert below is not None
            add(below, f"{path} {name}", inner)

    add(cli, "fatu", None)  # type: ignore[arg-type]
    return "\n".join(parts)


def _command(command: click.Command, path: str, context: click.Context, language: str) -> str:
    told, _, example = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    lines = "\n".join(line.strip() for line in example.strip().splitlines())
    rows = [
        f"| {_code(names)} | {_cell(tell_option(help_text) if language == 'zh' else help_text)} |"
        for parameter in command.get_params(context)
        if (record := parameter.get_help_record(context))
        for names, help_text in [record]
    ]
    told = re.sub(r"(?<!\n)\n(?!\n)", " ", told.strip())
    if language == "zh":
        told = "\n\n".join(map(translate_help, told.split("\n\n")))
    heading = f"## {path} {{#{path.replace(' ', '-')}}}"
    table = [f"| {say('option', language)} | {say('does', language)} |", "|---|---|", *rows]
    code = ["```console", lines, "```", ""]
    head = [heading, "", f"`{usage}`", "", escape(told, quote=False), "", f"{say('example', language)}:", ""]
    return "\n".join([*head, *code, *table, ""])


def expand_queries(language: str) -> str:
    """Every named query: number and name, question, parameters, its text folded away."""
    parts = []
    for query in load_queries():
        name = f"q{query.number} · {query.name}" if query.number is not None else query.name
        parts += [f"## {name} {{#{query.name}}}", "", query.zh if language == "zh" else query.en, ""]
        for parameter in query.parameters:
            told = parameter.zh if language == "zh" else parameter.en
            value = f" ({say('default', language)} `{parameter.default}`)" if parameter.default else ""
            parts.append(f"- `--set {parameter.name}=…` {told}{value}")
        body = "\n".join(
            f"    {line}".rstrip() for line in query.text.splitlines() if not line.startswith("# ")
        )
        parts += [
            "",
            f'??? note "{say("text", language)}"',
            "    ```sparql",
            body.lstrip("\n"),
            "    ```",
            "",
        ]
    return "\n".join(parts)


def expand_ontology(language: str) -> str:
    """A table of the classes and one of the properties; each term leads to its place on the ontology's pages."""
    graph = Graph().parse(data=ontology_text("fatu.ttl"), format="turtle")
    classes: list[str] = []
    properties: list[str] = []
    page = "index.zh.html" if language == "zh" else "index.html"

    def said(term: URIRef, predicate: URIRef) -> str:
        return next((_cell(str(t)) for t in graph.objects(term, predicate) if t.language == language), "")  # type: ignore[attr-defined]

    def link(term: object) -> str:
        name = str(term).removeprefix(str(NS))
        if str(term).startswith(str(NS)):
            return f'<a href="TOP/ontology/{page}#{name}">{name}</a>'
        return f"`{graph.namespace_manager.normalizeUri(str(term))}`" if isinstance(term, URIRef) else ""

    for kind, rows in (
        (OWL.Class, classes),
        (OWL.ObjectProperty, properties),
        (OWL.DatatypeProperty, properties),
    ):
        for term in sorted(t for t in graph.subjects(RDF.type, kind) if str(t).startswith(str(NS))):
            cells = [link(term), said(term, RDFS.label), said(term, SKOS.definition)]
            if rows is properties:
                ends = [link(graph.value(term, end)) for end in (RDFS.domain, RDFS.range)]
                cells[2:2] = [" → ".join(ends) if any(ends) else ""]
            rows.append(f"| {' | '.join(cells)} |")
    head = [say(key, language) for key in ("term", "label", "definition")]
    wide = [*head[:2], f"{say('from', language)} → {say('to', language)}", head[2]]
    titles = ("类", "属性") if language == "zh" else ("Classes", "Properties")
    parts = []
    for title, names, rows in zip(titles, (head, wide), (classes, properties), strict=True):
        parts += [f"## {title}", "", f"| {' | '.join(names)} |", "|---" * len(names) + "|", *rows, ""]
    return "\n".join(parts)


def expand_indicators(language: str) -> str:
    """The indicator catalogue as a table."""
    names = ["id", say("indicator", language), "English" if language == "zh" else "中文"]
    head = [*names, say("unit", language), say("topic", language)]
    first, second = ("zh", "en") if language == "zh" else ("en", "zh")
    rows = [
        f"| `{r['id']}` | {_cell(str(r[first]))} | {_cell(str(r[second]))} | {r['unit']} | {r['topic'] or ''} |"
        for r in catalogue_records()
    ]
    return "\n".join([f"| {' | '.join(head)} |", "|---" * 5 + "|", *rows, ""])


EXPANSIONS: dict[str, Callable[[str], str]] = {
    "readme": expand_readme,
    "commands": expand_commands,
    "queries": expand_queries,
    "ontology": expand_ontology,
    "indicators": expand_indicators,
}
"""Name in a page → what takes its place, given the language of the page."""


def _cell(text: str) -> str:
    return " ".join(escape(text, quote=False).split()).replace("|", "\\|")


def _code(text: str) -> str:
    return f"<code>{escape(text, quote=False)}</code>".replace("|", "\\|")


# ------------------------------------------------------------------------------------------- what MkDocs asks of us


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """A page's text with what is to be expanded, and with no link that leads out of the site."""
    language = str(config.theme["language"])
    above = "../" * page.url.count("/")

    def expand(match: re.Match[str]) -> str:
        return EXPANSIONS[match[1]](language).replace('href="TOP/', f'href="{above}')

    markdown = re.sub(r"^<!-- expand: (\w+) -->$", expand, markdown, flags=re.MULTILINE)
    markdown = re.sub(r"\[([^\[\]]+)\]\((\.\./[^)\s]+)\)", lambda m: _inside(m, page.file.src_uri), markdown)
    if language == "zh" and page.file.locale != "zh":
        return f"*本页只有英文。*\n\n{markdown}"
    return join_lines(markdown) if language == "zh" else markdown


def join_lines(markdown: str) -> str:
    """Chinese prose without its line ends, which a browser would show as spaces; code stays as it is."""
    parts = re.split(r"(^```.*?^```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = [re.sub(r"(?<=[一-鿿,。:;、)”》])\n *(?=[一-鿿“(《])", "", part) for part in parts[::2]]
    return "".join(parts)


def _inside(link: re.Match[str], page: str) -> str:
    """A link as it is, or, where it leads to a file of the checkout that is no page, that file's name."""
    target = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), link[2].partition("#")[0]))
    if target.startswith("docs/"):
        return link[0]
    assert (ROOT / target).exists(), f"{page}: {link[2]} is not there"
    return f"`{target}`" if link[1].strip("`") == target else f"{link[1]} (`{target}`)"


@event_priority(-200)
def on_post_build(config: Any) -> None:
    """The ontology's pages, and the search index for Chinese; called once for each language."""
    site = Path(config.site_dir)
    site = site.parent if site.name == "zh" and not (site / "search").is_dir() else site
    target = site / "ontology"
    if not target.is_dir():
        target.mkdir()
        for page in document_ontology.PAGES:
            (target / page.name).write_text(document_ontology.render(page), encoding="utf-8", newline="\n")
    # Without an address of the site these would lead nowhere.
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
        (site / name).unlink(missing_ok=True)
    write_search_index(site / "search" / "search_index.json")


def write_search_index(path: Path) -> None:
    """Parts Chinese into its characters, each a word of its own, so that any phrase is found; and writes the index once
    more as a script, since a page that was opened from a folder may not read a file."""
    index = json.loads(path.read_text(encoding="utf-8"))
    for record in index["docs"]:
        for field in ("title", "text"):
            bare = record[field].replace("\u200b", "")
            record[field] = re.sub("(?<=[一-鿿])(?=[一-鿿])", "\u200b", bare)
    text = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_text(text, encoding="utf-8", newline="\n")
    path.with_suffix(".js").write_text(f"var __index = {text}", encoding="utf-8", newline="\n")
