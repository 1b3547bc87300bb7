"""The SPARQL updates that put graphs in the place of those of the same names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph


def write_changes(store: pyoxigraph.Store, batch: pyoxigraph.Store, kept: Collection[str] = ()) -> str:
    """One update that makes the graphs of a store those that `batch` has of the same names, no more than what differs;
    graphs in `kept` lose nothing. The default graph loses what no graph has any longer, and gains what is new. Empty
    where nothing differs.
    """
    removed: set[pyoxigraph.Quad] = set()
    added: set[pyoxigraph.Quad] = set()
    for graph in batch.named_graphs():
        new = set(batch.quads_for_pattern(None, None, None, graph))
        old = set(store.quads_for_pattern(None, None, None, graph))
        added |= new - old
        if isinstance(graph, pyoxigraph.NamedNode) and graph.value not in kept:
            removed |= old - new
    gained = {_in_default(quad) for quad in added}
    lost = {_in_default(quad) for quad in removed} - gained
    default = pyoxigraph.DefaultGraph()
    for quad in list(lost):
        there = set(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None))
        if any(other.graph_name != default for other in there - removed):
            lost.remove(quad)
    operations = [("DELETE", removed | lost), ("INSERT", added | {q for q in gained if q not in store})]
    return " ;\n".join(f"{verb} DATA {{\n{_data(quads)}}}" for verb, quads in operations if quads)


def _in_default(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    return pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)


def _data(quads: Iterable[pyoxigraph.Quad]) -> str:
    """Quads as SPARQL writes them."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        name = quad.graph_name
        lines = graphs.setdefault(str(name) if isinstance(name, pyoxigraph.NamedNode) else "", [])
        lines.append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
    return "".join(
        f"GRAPH {name} {{\n{''.join(lines)}}}\n" if name else "".join(lines) for name, lines in graphs.items()
    )


def write_replacement(graphs: Mapping[str, bytes], kept: Collection[str] = ()) -> str:
    """One update that gives graphs a new content, N-Triples; those in `kept` keep what they have besides.

    The default graph loses what no other graph has any longer, and gains what is new. A server that runs an update
    in one transaction, as Oxigraph does, shows the old or the new.
    """
    replaced = sorted(set(graphs) - set(kept))
    operations = [write_removal(name, replaced) for name in replaced]
    operations += [f"DROP SILENT GRAPH <{name}>" for name in replaced]
    blocks = (f"GRAPH <{name}> {{\n{lines.decode()}}}" for name, lines in sorted(graphs.items()))
    operations.append("INSERT DATA {\n" + "\n".join(blocks) + "\n}")
    operations += _additions(graphs)
    return " ;\n".join(operations)


def write_removal(name: str, replaced: Collection[str], default: str = "") -> str:
    """An operation that takes from the default graph (or the graph that stands for it) what of the graphs there only
    `replaced` have."""
    gone = ", ".join(f"<{graph}>" for graph in sorted({*replaced, *([default] if default else [])}))
    template = f"GRAPH <{default}> {{ ?s ?p ?o }}" if default else "?s ?p ?o"
    others = f"GRAPH ?other {{ ?s ?p ?o }} FILTER(?other NOT IN ({gone}))"
    return (
        f"DELETE {{ {template} }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ {others} }} }}"
    )


def _additions(graphs: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted(graphs):
        yield f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
