"""What makes a Data Cube well formed (W3C, The RDF Data Cube Vocabulary, 2014, sections 10 and 11), in our own words.

Each constraint is a graph pattern that something matches where the constraint is broken, with changes to `WELL_FORMED`
that break it. IC-20 and IC-21 are asked for each property that a hierarchy goes along: it stands for HIERARCHY.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph

PREFIXES = """
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX fatu: <https://w3id.org/fatu/ns#>
PREFIX cube: <https://w3id.org/fatu/id/cube/>
PREFIX dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX x: <urn:x:>
"""

NORMALISATION = (
    # What something is follows from where it stands.
    "INSERT { ?cell a qb:Observation } WHERE { { ?cell qb:dataSet [] } UNION { [] qb:observation ?cell } }",
    "INSERT { ?slice a qb:Slice } WHERE { [] qb:slice ?slice }",
    *(
        f"INSERT {{ ?c qb:componentProperty ?p . ?p a qb:{kind.capitalize()}Property }} WHERE {{ ?c qb:{kind} ?p }}"
        for kind in ("dimension", "measure", "attribute")
    ),
    # What the data set says goes for each cell, if the structure attaches it there;
    """INSERT { ?cell ?p ?v } WHERE { ?cell qb:dataSet ?set . ?set qb:structure/qb:component ?part ; ?p ?v .
    ?part qb:componentProperty ?p ; qb:componentAttachment qb:DataSet }""",
    # what a slice says, likewise;
    """INSERT { ?cell ?p ?v } WHERE { ?set qb:slice ?slice ; qb:structure/qb:component ?part .
    ?slice qb:observation ?cell ; ?p ?v . ?part qb:componentProperty ?p ; qb:componentAttachment qb:Slice }""",
    # and the dimensions that a slice fixes in any case.
    """INSERT { ?cell ?p ?v } WHERE { ?set qb:slice ?slice ; qb:structure/qb:component/qb:componentProperty ?p .
    ?p a qb:DimensionProperty . ?slice qb:observation ?cell ; ?p ?v }""",
)


@dataclass(frozen=True)
class Constraint:
    """An integrity constraint: what it demands, a pattern of what breaks it, updates that break a cube."""

    name: str
    demand: str
    broken: str
    breaks: tuple[str, ...]


# Two cells agree: no dimension but those left out by the filter tells ?cell from ?other.
_AGREE = """FILTER NOT EXISTS { ?set qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty .
    ?cell ?p ?v . ?other ?p ?w FILTER(!sameTerm(?v, ?w)%s) }"""
_MEASURES = "?d qb:component/qb:componentProperty qb:measureType"

CONSTRAINTS = (
    Constraint(
        "IC-1", "A cell belongs to one data set, no more.",
        """{ ?cell a qb:Observation FILTER NOT EXISTS { ?cell qb:dataSet/a qb:DataSet } }
        UNION { ?cell a qb:Observation ; qb:dataSet ?set, ?second FILTER(?set != ?second) }""",
        (
            "INSERT DATA { x:stray a qb:Observation }",
            "INSERT DATA { x:second a qb:DataSet ; qb:structure x:structure . x:a1 qb:dataSet x:second }",
        ),
    ),
    Constraint(
        "IC-2", "A data set has one structure, no more.",
        """{ ?set a qb:DataSet FILTER NOT EXISTS { ?set qb:structure/a qb:DataStructureDefinition } }
        UNION { ?set a qb:DataSet ; qb:structure ?d, ?e FILTER(?d != ?e) }""",
        (
            "INSERT DATA { x:empty a qb:DataSet }",
            "INSERT DATA { x:set qb:structure x:other . "
            "x:other a qb:DataStructureDefinition ; qb:component [ qb:measure x:value ] }",
        ),
    ),
    Constraint(
        "IC-3", "A structure has a measure.",
        """?d a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?d qb:component/qb:componentProperty/a qb:MeasureProperty }""",
        ("INSERT DATA { x:bare a qb:DataStructureDefinition ; qb:component [ qb:componentProperty x:area ] }",),
    ),
    Constraint(
        "IC-4", "A dimension says what its values are.",
        "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?c }",
        ("INSERT DATA { x:sex a qb:DimensionProperty }",),
    ),
    Constraint(
        "IC-5", "A dimension whose values are concepts has a code list.",
        "?p a qb:DimensionProperty ; rdfs:range skos:Concept FILTER NOT EXISTS { ?p qb:codeList ?l }",
        ("INSERT DATA { x:sex a qb:DimensionProperty ; rdfs:range skos:Concept }",),
    ),
    Constraint(
        "IC-6", "Only an attribute may be missing.",
        """[] a qb:DataStructureDefinition ; qb:component ?part . ?part qb:componentRequired false ;
        qb:componentProperty ?p FILTER NOT EXISTS { ?p a qb:AttributeProperty }""",
        (
            "INSERT { ?part qb:componentRequired false } WHERE { ?part qb:dimension x:year }",
            "INSERT { ?part qb:componentRequired false } WHERE { ?part qb:measure x:value }",
        ),
    ),
    Constraint(
        "IC-7", "A slice key is part of a structure.",
        "?k a qb:SliceKey FILTER NOT EXISTS { ?d a qb:DataStructureDefinition ; qb:sliceKey ?k }",
        ("INSERT DATA { x:loose a qb:SliceKey ; qb:componentProperty x:area }",),
    ),
    Constraint(
        "IC-8", "A slice key fixes only components of its structure.",
        """?d a qb:DataStructureDefinition ; qb:sliceKey/qb:componentProperty ?p
        FILTER NOT EXISTS { ?d qb:component/qb:componentProperty ?p }""",
        ("INSERT DATA { x:elsewhere a qb:AttributeProperty . x:key qb:componentProperty x:elsewhere . "
         "x:slice x:elsewhere x:here }",),
    ),
    Constraint(
        "IC-9", "A slice has one key, no more.",
        """{ ?s a qb:Slice FILTER NOT EXISTS { ?s qb:sliceStructure ?k } }
        UNION { ?s a qb:Slice ; qb:sliceStructure ?k, ?j FILTER(?k != ?j) }""",
        (
            "INSERT DATA { x:keyless a qb:Slice }",
            "INSERT DATA { x:otherkey a qb:SliceKey ; qb:componentProperty x:area . "
            "x:structure qb:sliceKey x:otherkey . x:slice qb:sliceStructure x:otherkey }",
        ),
    ),
    Constraint(
        "IC-10", "A slice has a value for all that its key fixes.",
        "?s a qb:Slice ; qb:sliceStructure/qb:componentProperty ?p FILTER NOT EXISTS { ?s ?p ?v }",
        ("DELETE DATA { x:slice x:area x:town }",),
    ),
    Constraint(
        "IC-11", "A cell has a value for every dimension.",
        """?cell qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty
        FILTER NOT EXISTS { ?cell ?p ?v }""",
        ("INSERT DATA { x:structure qb:component [ qb:dimension x:who ] }",),
    ),
    Constraint(
        "IC-12", "No two cells of a data set agree in all dimensions.",
        f"?cell qb:dataSet ?set . ?other qb:dataSet ?set FILTER(STR(?cell) < STR(?other)) {_AGREE % ''}",
        ("INSERT DATA { x:a3 a qb:Observation ; qb:dataSet x:set ; x:area x:town ; x:year 2020 ; x:status x:done ; "
         "x:grade x:low ; x:place x:street ; x:value 7 ; x:unit x:cases }",),
    ),
    Constraint(
        "IC-13", "A cell has every attribute that is required.",
        """?cell qb:dataSet/qb:structure/qb:component ?part . ?part qb:componentRequired true ;
        qb:componentProperty ?p . ?p a qb:AttributeProperty FILTER NOT EXISTS { ?cell ?p ?v }""",
        ("DELETE DATA { x:a1 x:unit x:cases }",),
    ),
    Constraint(
        "IC-14", "Without a dimension of measures, a cell has a value for each measure.",
        f"""?cell qb:dataSet/qb:structure ?d . ?d qb:component/qb:componentProperty ?m . ?m a qb:MeasureProperty
        FILTER NOT EXISTS {{ {_MEASURES} }} FILTER NOT EXISTS {{ ?cell ?m ?v }}""",
        ("DELETE DATA { x:a1 x:value 9 }",),
    ),
    Constraint(
        "IC-15", "With one, a cell has a value for the measure that it says it is of.",
        f"""?cell qb:dataSet/qb:structure ?d ; qb:measureType ?m . {_MEASURES}
        FILTER NOT EXISTS {{ ?cell ?m ?v }}""",
        ("DELETE DATA { x:b1 x:height 180 }",),
    ),
    Constraint(
        "IC-16", "With one, a cell has no value for another measure.",
        f"""?cell qb:dataSet/qb:structure ?d ; qb:measureType ?m . {_MEASURES} .
        ?d qb:component/qb:componentProperty ?n . ?n a qb:MeasureProperty . ?cell ?n ?v FILTER(?n != ?m)""",
        ("INSERT DATA { x:b1 x:weight 70 }",),
    ),
    Constraint(
        "IC-17", "With one, what is measured at all is measured in each way.",
        f"""?cell qb:dataSet ?set . ?set qb:structure ?d . {_MEASURES} .
        ?d qb:component/qb:componentProperty ?m . ?m a qb:MeasureProperty FILTER NOT EXISTS {{
        ?other qb:dataSet ?set ; qb:measureType ?m {_AGREE % ' && ?p != qb:measureType'} }}""",
        ("DELETE WHERE { x:b2 ?p ?o }",),
    ),
    Constraint(
        "IC-18", "The cells of a data set's slice are the data set's.",
        "?set qb:slice/qb:observation ?cell FILTER NOT EXISTS { ?cell qb:dataSet ?set }",
        ("INSERT DATA { x:slice qb:observation x:b1 }",),
    ),
    Constraint(
        "IC-19", "The value of a dimension with a code list is a concept of that scheme or collection.",
        """?cell qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty ;
        qb:codeList ?l . ?cell ?p ?v { ?l a skos:ConceptScheme
        FILTER NOT EXISTS { ?v a skos:Concept ; skos:inScheme ?l } } UNION { ?l a skos:Collection
        FILTER NOT EXISTS { ?v a skos:Concept . ?l skos:member+ ?v } }""",
        (
            "DELETE DATA { x:done skos:inScheme x:statuses }",
            "DELETE DATA { x:done a skos:Concept }",
            "DELETE DATA { x:grades skos:member x:low }",
        ),
    ),
    Constraint(
        "IC-20", "The value of a dimension with a hierarchy is a root of it or below one.",
        """?cell qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty ;
        qb:codeList ?l . ?l a qb:HierarchicalCodeList ; qb:parentChildProperty HIERARCHY . ?cell ?p ?v
        FILTER NOT EXISTS { ?l qb:hierarchyRoot/HIERARCHY* ?v }""",
        ("DELETE DATA { x:town x:has x:street }",),
    ),
    Constraint(
        "IC-21", "The same where the hierarchy is known by a property that leads upwards.",
        """?cell qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty ;
        qb:codeList ?l . ?l a qb:HierarchicalCodeList ; qb:parentChildProperty/owl:inverseOf HIERARCHY . ?cell ?p ?v
        FILTER NOT EXISTS { ?l qb:hierarchyRoot/^HIERARCHY* ?v }""",
        ("DELETE DATA { x:town x:in x:county }",),
    ),
)  # fmt: skip

WELL_FORMED = """
# A data set with a slice and code lists of each kind: a scheme, a collection, two hierarchies.
x:structure a qb:DataStructureDefinition ; qb:sliceKey x:key ; qb:component
    [ qb:dimension x:area ] , [ qb:dimension x:year ] , [ qb:dimension x:status ] , [ qb:dimension x:grade ] ,
    [ qb:dimension x:place ] , [ qb:measure x:value ] , [ qb:attribute x:unit ; qb:componentRequired true ] .
x:area rdfs:range skos:Concept ; qb:codeList x:areas .
x:year rdfs:range xsd:integer .
x:status rdfs:range skos:Concept ; qb:codeList x:statuses .
x:grade rdfs:range skos:Concept ; qb:codeList x:grades .
x:place rdfs:range skos:Concept ; qb:codeList x:places .
x:areas a qb:HierarchicalCodeList ; qb:hierarchyRoot x:county ; qb:parentChildProperty [ owl:inverseOf x:in ] .
x:town x:in x:county .
x:places a qb:HierarchicalCodeList ; qb:hierarchyRoot x:town ; qb:parentChildProperty x:has .
x:town x:has x:street .
x:statuses a skos:ConceptScheme . x:done a skos:Concept ; skos:inScheme x:statuses .
x:grades a skos:Collection ; skos:member x:low . x:low a skos:Concept .
x:key a qb:SliceKey ; qb:componentProperty x:area .
x:set a qb:DataSet ; qb:structure x:structure ; qb:slice x:slice .
x:slice a qb:Slice ; qb:sliceStructure x:key ; x:area x:town ; qb:observation x:a1, x:a2 .
x:a1 qb:dataSet x:set ; x:area x:town ; x:year 2020 ; x:status x:done ; x:grade x:low ; x:place x:street ;
    x:value 9 ; x:unit x:cases .
x:a2 qb:dataSet x:set ; x:area x:town ; x:year 2021 ; x:status x:done ; x:grade x:low ; x:place x:street ;
    x:value 8 ; x:unit x:cases .
# A data set with a dimension of measures.
x:structures a qb:DataStructureDefinition ; qb:component [ qb:dimension qb:measureType ] , [ qb:dimension x:who ] ,
    [ qb:measure x:height ] , [ qb:measure x:weight ] .
qb:measureType rdfs:range rdf:Property . x:who rdfs:range rdfs:Resource .
x:body a qb:DataSet ; qb:structure x:structures .
x:b1 qb:dataSet x:body ; qb:measureType x:height ; x:who x:li ; x:height 180 .
x:b2 qb:dataSet x:body ; qb:measureType x:weight ; x:who x:li ; x:weight 70 .
"""


def open_cube(turtle: str) -> pyoxigraph.Store:
    """A cube, normalised."""
    store = pyoxigraph.Store()
    store.bulk_load(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    normalise(store)
    return store


def normalise(store: pyoxigraph.Store) -> None:
    """Writes out what an abbreviated cube leaves to be understood."""
    for update in NORMALISATION:
        store.update(PREFIXES + update)


def broken(store: pyoxigraph.Store, is_large: bool = False) -> list[str]:
    """The names of the constraints that a normalised cube breaks; of a large one IC-12 by `find_twins`, since each cell
    compared with each other takes minutes."""
    names = []
    for constraint in CONSTRAINTS:
        if is_large and constraint.name == "IC-12":
            found = bool(find_twins(store))
        else:
            found = any(ask(store, pattern) for pattern in _patterns(constraint, store))
        if found:
            names.append(constraint.name)
    return names


def find_twins(store: pyoxigraph.Store) -> list[list[str]]:
    """The cells of a data set that agree in all dimensions, by reading each cell once."""
    rows = store.query(
        f"""{PREFIXES} SELECT ?set ?cell ?p ?v {{ ?cell qb:dataSet ?set .
        ?set qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty . ?cell ?p ?v }}"""
    )
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    places: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        places.setdefault((str(row["set"]), str(row["cell"])), set()).add(f"{row['p']} {row['v']}")
    cells: dict[tuple[str, frozenset[str]], list[str]] = {}
    for (data_set, cell), place in places.items():
        cells.setdefault((data_set, frozenset(place)), []).append(cell)
    return sorted(sorted(alike) for alike in cells.values() if len(alike) > 1)


def ask(store: pyoxigraph.Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {pattern} }}"))


def _patterns(constraint: Constraint, store: pyoxigraph.Store) -> list[str]:
    if "HIERARCHY" not in constraint.broken:
        return [constraint.broken]
    found = store.query(
        f"{PREFIXES} SELECT DISTINCT ?h {{ [] qb:parentChildProperty|qb:parentChildProperty/owl:inverseOf ?h }}"
    )
    assert isinstance(found, pyoxigraph.QuerySolutions)
    properties = [row["h"] for row in found if isinstance(row["h"], pyoxigraph.NamedNode)]
    return [constraint.broken.replace("HIERARCHY", str(h)) for h in properties]
