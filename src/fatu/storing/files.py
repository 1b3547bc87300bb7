"""Graph files → quads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from ..describing.terms import Iri, Literal, Object, Quad
from ..errors import InputError
from ..iris import Iris
from ..paths import Paths, each_path

SYNTAXES: dict[str, pyoxigraph.RdfFormat] = {
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
DEFAULT_GRAPH = ""
"""Graph name of triples that stand in no named graph."""


def find_graphs(paths: Paths) -> list[Path]:
    """Graph files that paths name: a file itself; of a folder its graph.trig, or those one level below it.

    Raises InputError for a path that does not exist, a folder without graphs, a file of an unknown kind.
    """
    found: list[Path] = []
    for path in map(Path, each_path(paths)):
        if path.is_dir():
            inside = (
                [path / "graph.trig"]
                if (path / "graph.trig").is_file()
                else sorted(path.glob("*/graph.trig"))
            )
            if not inside:
                raise InputError(
                    str(path),
                    "no graph.trig in this folder",
                    "build a report first: fatu build REPORT -o DIR",
                )
            found += inside
        elif not path.exists():
            raise InputError(str(path), "no such file or folder", "check the path")
        elif path.suffix not in SYNTAXES:
            raise InputError(
                str(path),
                f"not a graph file ({path.suffix or 'no suffix'})",
                f"give one of {', '.join(SYNTAXES)}",
            )
        else:
            found.append(path)
    return found


def read_quads(paths: Paths) -> list[Quad]:
    """All quads of graph files, sorted, each once. Raises InputError where a file cannot be read or parsed."""
    return sorted({_quad(quad, path) for path in find_graphs(paths) for quad in parse_file(path)})


def read_own_quads(path: Path, iris: Iris) -> list[Quad]:
    """The quads of one graph file without the vocabulary's graph. Where TriG has that graph as a block of whole lines,
    as fatu writes it, it is not even parsed. Raises InputError where the file cannot be read or parsed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise explain_reading(path, error) from error
    if path.suffix == ".trig":
        data = _without_block(data, f"<{iris.vocabulary_graph}> {{".encode())
    try:
        found = pyoxigraph.parse(data, format=SYNTAXES[path.suffix])
        vocabulary = pyoxigraph.NamedNode(iris.vocabulary_graph)
        return [_quad(quad, path) for quad in found if quad.graph_name != vocabulary]
    except (SyntaxError, ValueError) as error:
        raise explain_syntax(path, error) from error


def _without_block(data: bytes, head: bytes) -> bytes:
    """TriG without the graph that a line opens. Where no string has line breaks in it, a line with a brace alone closes
    the graph; where one may have, nothing is left out."""
    start = data.find(b"\n" + head + b"\n")
    end = data.find(b"\n}\n", start)
    if min(start, end) < 0 or b'"""' in data or b"'''" in data:
        return data
    return data[:start] + data[end + 2 :]


def parse_file(path: Path) -> Iterator[pyoxigraph.Quad]:
    """The quads of a graph file, as they come. Raises InputError where it cannot be read or parsed."""
    try:
        yield from pyoxigraph.parse(path=str(path), format=SYNTAXES[path.suffix])
    except (SyntaxError, ValueError) as error:
        raise explain_syntax(path, error) from error
    except OSError as error:
        raise explain_reading(path, error) from error


def explain_reading(path: Path, error: OSError) -> InputError:
    """What the system says of a file → one line."""
    reason = error.strerror or " ".join(str(error).split())
    return InputError(str(path), f"cannot be read: {reason}", "check its permissions")


def explain_syntax(path: Path, error: Exception) -> InputError:
    """What the parser says of a file → one line."""
    return InputError(
        str(path), f"does not parse as RDF: {str(error).splitlines()[0]}", "build it anew with fatu build"
    )


def _quad(quad: pyoxigraph.Quad, path: Path) -> Quad:
    subject, predicate, value, name = quad
    graph = name.value if isinstance(name, pyoxigraph.NamedNode) else DEFAULT_GRAPH
    if not isinstance(subject, pyoxigraph.NamedNode):
        raise InputError(
            str(path), "a blank node as subject: not a graph that fatu wrote", "build it with fatu build"
        )
    return Quad(subject.value, predicate.value, _object(value, path), graph)


def _object(value: object, path: Path) -> Object:
    if isinstance(value, pyoxigraph.NamedNode):
        return Iri(value.value)
    if isinstance(value, pyoxigraph.Literal):
        if value.language:
            return Literal(value.value, language=value.language)
        return Literal(value.value, value.datatype.value)
    raise InputError(
        str(path), "a blank node as object: not a graph that fatu wrote", "build it with fatu build"
    )
