"""From what a user types for a parameter to the RDF term that is bound to it.

A thing is named by its IRI, its id or its name: "private-fostering" and "Private fostering" are the
same theme. What is typed never becomes part of the query's text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from shlex import quote
from typing import Protocol

import pyoxigraph as ox

from themegraph import ids
from themegraph.days import read_day
from themegraph.errors import QueryError
from themegraph.loaders.authorities import name_key
from themegraph.queries.catalogue import Parameter, Question
from themegraph.queries.emptiness import IS_EMPTY
from themegraph.suggest import Named, did_you_mean, nearest

Term = ox.NamedNode | ox.Literal

#: Reports print curly apostrophes and keyboards have straight ones.
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_GRADES = f"""SELECT ?id ?name {{
  ?grade a <{ids.ONTOLOGY}Grade> ; <{_SKOS}notation> ?id ; <{_SKOS}prefLabel> ?name }}"""
_REGIONS = f"SELECT DISTINCT ?id (?id AS ?name) {{ ?body <{ids.ONTOLOGY}region> ?id }}"
_FEW = {"region": _REGIONS, "grade": _GRADES}
_NARROWER = f"SELECT ?x {{{{ ?x <{_SKOS}broader> {{}} }}}}"
_BROADER = f"SELECT DISTINCT ?x {{ ?narrower <{_SKOS}broader> ?x }}"
_ANY_REPORT = f"ASK {{ GRAPH ?graph {{ ?report a <{ids.ONTOLOGY}Report> }} }}"
_PRINTED = f"""SELECT DISTINCT ?x ?name {{
  ?inspection <{ids.ONTOLOGY}inspects> ?x ; <{ids.ONTOLOGY}produced> ?report .
  ?report <{ids.ONTOLOGY}printedName> ?name }}"""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LABELS = {
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#label",
    "skos": f"{_SKOS}prefLabel",
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing: what its IRIs begin with, its class, and the property with its names."""

    words: str
    prefix: str
    cls: str
    label: str | None
    where: str
    #: Whether there are so few that a message may name them all.
    few: bool = False
    #: Makes one of the ways to write a name, where there are several; reports print them.
    spelt: Callable[[str], str] | None = None


#: The kinds of thing that a parameter may name.
KINDS = {
    "authority": _Kind(
        "authority",
        f"{ids.ID}authority/",
        "Authority",
        "rdfs",
        "themegraph query reports-list",
        spelt=name_key,
    ),
    "report": _Kind("report", f"{ids.ID}report/", "Report", None, "themegraph query reports-list"),
    "finding": _Kind(
        "finding", f"{ids.ID}finding/", "Finding", None, "themegraph query findings-search"
    ),
    "recommendation": _Kind(
        "recommendation",
        f"{ids.ID}recommendation/",
        "Recommendation",
        None,
        "themegraph query recommendations-search",
    ),
    "service": _Kind("service area", f"{ids.VOCAB}service/", "ServiceArea", "skos", ""),
    "theme": _Kind("theme", f"{ids.VOCAB}theme/", "Theme", "skos", "themegraph themes --list"),
    "area": _Kind("area of judgement", f"{ids.VOCAB}area/", "JudgementArea", "skos", ""),
    "report-type": _Kind(
        "kind of report", f"{ids.VOCAB}report-type/", "ReportType", "skos", "", few=True
    ),
    "framework": _Kind("framework", f"{ids.VOCAB}framework/", "Framework", "skos", "", few=True),
    "follow-up-outcome": _Kind(
        "outcome of a follow-up", f"{ids.VOCAB}follow-up-outcome/", "FollowUpOutcome", "skos", ""
    ),
}


class Asked(Protocol):
    """What is needed of a store here: to be asked."""

    def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> object:
        """The results of a SPARQL query."""


def bind(store: Asked, question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """The terms for the parameters of ``question`` that have a value or a default.

    Raises QueryError: an unknown parameter, a missing one, a value that names nothing.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"{question.name} has no parameter {name!r}; {takes}.")
    bound = {}
    for name, parameter in known.items():
        value = values.get(name, parameter.default)
        if value is not None:
            bound[name] = _term(store, parameter, value)
        elif parameter.required:
            raise QueryError(
                f"{question.name} needs {name}: {parameter.meaning}.",
                f"For example: -p {name}={quote(parameter.example)}",
            )
    _check_period(bound, values)
    return bound


def _check_period(bound: Mapping[str, Term], values: Mapping[str, str]) -> None:
    """Refuse a period that ends before it begins."""
    if {"since", "until"} <= bound.keys() and bound["since"].value > bound["until"].value:
        raise QueryError(f"since={values['since']} is after until={values['until']}.")


def resolve(store: Asked, kind: str, value: str) -> ox.NamedNode:
    """The thing of this kind (a key of KINDS) that ``value`` names by IRI, id or name.

    Raises QueryError for one that the store does not know; the message guesses what was meant.
    """
    return _thing(store, kind, value)


def resolve_themes(store: Asked, value: str) -> list[ox.NamedNode]:
    """The theme that ``value`` names or, where that is a group of themes, those in it.

    Raises QueryError for one that the store does not know.
    """
    node = _named(store, KINDS["theme"], value.strip())
    return [ox.NamedNode(iri) for iri in _iris(store, _NARROWER.format(node))] or [node]


def resolve_region(store: Asked, value: str) -> str:
    """The region that ``value`` names, as the graph writes it. Raises QueryError for no region."""
    return _one_of(store, "region", value).value


def check_choice(name: str, value: str, choices: Collection[str]) -> None:
    """Raise QueryError unless ``value`` is one of the few that a parameter can have."""
    if value not in choices:
        told = " or ".join(map(repr, choices))
        raise QueryError(f"{name}={value!r}: must be {told}.")


def few_values(store: Asked, kind: str) -> list[tuple[str, str]]:
    """The ids and names that a value of this kind ("region" or "grade") can have, by name."""
    rows = store.query(_FEW[kind])
    found = {(str(r["id"].value), str(r["name"].value)) for r in rows}  # type: ignore[attr-defined]
    return sorted(found, key=lambda value: value[1])


def _term(store: Asked, parameter: Parameter, value: str) -> Term:
    if parameter.type in KINDS:
        return _thing(store, parameter.type, value)
    if parameter.type in _FEW:
        return _one_of(store, parameter.type, value)
    if parameter.type == "string":
        return _words(parameter, value)
    if parameter.type == "date":
        return _day(parameter, value)
    try:
        return ox.Literal(f"{Decimal(value):f}", datatype=ox.NamedNode(f"{_XSD}decimal"))
    except InvalidOperation as error:
        raise QueryError(
            f"{parameter.name}={value!r}: must be a {parameter.type}, such as {parameter.example}"
        ) from error


def _day(parameter: Parameter, value: str) -> ox.Literal:
    """A day; of a month or a year the last one where the parameter is what a period ends with."""
    try:
        day = read_day(value, last=parameter.name == "until")
    except ValueError as error:
        raise QueryError(f"{parameter.name}: {error}") from error
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))


def _words(parameter: Parameter, value: str) -> ox.Literal:
    """Words as they are compared with the reports': single spaces, straight apostrophes."""
    words = " ".join(value.translate(_STRAIGHT).split())
    if not words:
        raise QueryError(f'{parameter.name} is empty. For example: "{parameter.example}"')
    return ox.Literal(words)


def _one_of(store: Asked, kind: str, value: str) -> ox.Literal:
    """The id of the region or grade that ``value`` names by id or by name."""
    names = {name.casefold(): id_ for id_, name in few_values(store, kind)}
    names |= {id_.casefold(): id_ for id_ in names.values()}
    meant = value.strip().casefold()
    if meant in names:
        return ox.Literal(names[meant])
    known = ", ".join(sorted(set(names.values())))
    raise QueryError(f"No {kind} {value!r}. There are: {known}.")


def _thing(store: Asked, kind: str, value: str) -> ox.NamedNode:
    """The node of this kind that ``value`` names by IRI, id or name; no group of themes."""
    node = _named(store, KINDS[kind], value.strip())
    if kind == "theme" and (under := _iris(store, _NARROWER.format(node))):
        ids_under = ", ".join(ids.last_part(iri) for iri in under)
        raise QueryError(f"{value!r} is no theme but a group of them: {ids_under}.")
    return node


def _iris(store: Asked, query: str) -> list[str]:
    """The IRIs that a query finds as ?x, sorted."""
    return sorted(row["x"].value for row in store.query(query))  # type: ignore[attr-defined]


def _named(store: Asked, kind: _Kind, value: str) -> ox.NamedNode:
    as_iri = value if value.startswith(("http://", "https://")) else kind.prefix + value
    try:
        node = ox.NamedNode(as_iri)
    except ValueError:  # a name with spaces is no IRI
        node = None
    if node is not None and _is_known(store, kind, node):
        return node
    names = _names(store, kind)
    matches = _called(value, names, str.casefold)
    if not matches and kind.spelt:
        matches = _called(value, _printed_too(store, kind, names), kind.spelt)
    if len(matches) == 1:
        return ox.NamedNode(matches.pop())
    raise _unknown(store, kind, value, names)


def _called(value: str, names: Mapping[str, list[str]], spelt: Callable[[str], str]) -> set[str]:
    """The things of which ``value`` is one of the ``names``, as ``spelt`` writes them."""
    asked = spelt(value)
    return {iri for iri, known in names.items() if asked and asked in map(spelt, known)}


def _printed_too(store: Asked, kind: _Kind, names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """``names`` with the other names that the register knows, and those that reports print."""
    found = {iri: list(known) for iri, known in names.items()}
    _add_names(store, kind, f"{_SKOS}altLabel", found)
    for row in store.query(_PRINTED):  # type: ignore[attr-defined]
        found[row["x"].value].append(row["name"].value)
    return found


def _is_known(store: Asked, kind: _Kind, node: ox.NamedNode) -> bool:
    return bool(store.query(f"ASK {{ {node} a <{ids.ONTOLOGY}{kind.cls}> }}"))


def _names(store: Asked, kind: _Kind) -> dict[str, list[str]]:
    """The id and the labels of everything of this kind, by its IRI, in order."""
    things = _iris(store, f"SELECT DISTINCT ?x {{ ?x a <{ids.ONTOLOGY}{kind.cls}> }}")
    names = {iri: [iri.removeprefix(kind.prefix)] for iri in things}
    if kind.label:
        _add_names(store, kind, _LABELS[kind.label], names)
    return names


def _add_names(store: Asked, kind: _Kind, label: str, names: Mapping[str, list[str]]) -> None:
    """Add to ``names`` what the store says with the property ``label``."""
    found = store.query(f"SELECT ?x ?name {{ ?x a <{ids.ONTOLOGY}{kind.cls}> ; <{label}> ?name }}")
    told = {(row["x"].value, row["name"].value) for row in found}  # type: ignore[attr-defined]
    for iri, name in sorted(told):
        names[iri].append(name)


def _unknown(store: Asked, kind: _Kind, value: str, names: Mapping[str, list[str]]) -> QueryError:
    start = f"No {kind.words} {value!r} in the store."
    if not names or not store.query(_ANY_REPORT):
        return QueryError(f"{start} {IS_EMPTY}")
    others: dict[str, list[str]] = {iri: [] for iri in names}
    if kind.label:
        _add_names(store, kind, f"{_SKOS}altLabel", others)
    groups = set(_iris(store, _BROADER)) if kind.cls == "Theme" else set()
    things = [
        Named(own, labels[0] if labels else own, (*labels[1:], *others[iri]))
        for iri, (own, *labels) in names.items()
        if iri not in groups
    ]
    near = nearest(kind.spelt(value) if kind.spelt else value, things)
    told = f"{start}{did_you_mean(near)}"
    if kind.few:
        told += f" There are: {', '.join(sorted(iri.removeprefix(kind.prefix) for iri in names))}."
    return QueryError(told, f"See: {kind.where}" if kind.where else "")
