"""The query page: named questions with their choices, SPARQL, and the rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from themegraph.errors import QueryError
from themegraph.graph.pages import Pages
from themegraph.graph.sparql import Bindings, with_values
from themegraph.graph.store import Store
from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries import Question, bind, by_reader, find
from themegraph.queries.binding import few_values
from themegraph.queries.catalogue import Parameter
from themegraph.queries.emptiness import why_empty
from themegraph.web.beginning import Beginning
from themegraph.web.faults import RequestError
from themegraph.web.workers import Workers

#: An answer of so many columns and at most so many rows is drawn as bars.
BAR_COLUMNS, MOST_BARS = 2, 40
_ROWS_AS = {"csv": "CSV", "json": "JSON"}
_START = """SELECT ?theme (COUNT(DISTINCT ?finding) AS ?findings) {
  ?finding tg:identifiesWeaknessIn ?theme
} GROUP BY ?theme ORDER BY DESC(?findings) LIMIT 10"""


def context(
    store: Store, workers: Workers, pages: Pages, base_url: str, asked: Mapping[str, str]
) -> dict[str, Any]:
    """What the page shows for the parameters of its address: ``question`` with those of the
    question, by name or as ``p-NAME``, or ``query``.
    """
    question = find(asked["question"]) if asked.get("question") else None
    given = _given(question, asked)
    problem, sparql, run = "", asked.get("query", ""), bool(asked.get("query"))
    bindings: Bindings = {}
    missing = _missing(question, given) if question else []
    choices = {p.name: _choices(store, p.type) for p in question.parameters} if question else {}
    if question:
        sparql = question.text
    if question and not missing:
        try:
            bindings = bind(store, question, given)
            sparql, run = with_values(_body_of(question), bindings), True
        except QueryError as error:
            problem = error.told
    answer = None
    if run:
        try:
            answer = workers.glance(sparql)
        except RequestError as error:
            problem = error.detail
    is_empty = answer is not None and not answer.rows
    is_graph = answer is not None and answer.is_graph
    return {
        "title": question.title if question else "Query",
        "groups": by_reader(),
        "question": question,
        "given": given | _as_picked(bindings, choices),
        "choices": choices,
        "sparql": sparql or _START,
        "problem": problem,
        "missing": missing,
        "why_empty": why_empty(store, sparql, bindings) if is_empty else "",
        "columns": answer.columns if answer else None,
        "rows": [pages.told(answer.columns, row) if question else row for row in answer.rows]
        if answer
        else [],
        "number": _number_of(answer) if answer else "",
        "whole": _whole(sparql, answer) if answer else (),
        **snippets(f"{base_url}/sparql", sparql or _START, is_graph=is_graph),
        "chart": chart(answer.columns, answer.rows) if answer else [],
    }


def _given(question: Question | None, asked: Mapping[str, str]) -> dict[str, str]:
    """What an address gives for the parameters of ``question``. A field of the page (``p-NAME``)
    that it has not is left from another question; any other name is kept, so that it is refused.
    """
    known = {parameter.name for parameter in question.parameters} if question else set()
    return {
        name.removeprefix("p-"): value
        for name, value in asked.items()
        if name not in ("question", "query")
        and value.strip()
        and (not name.startswith("p-") or name.removeprefix("p-") in known)
    }


def is_run(asked: Mapping[str, str]) -> bool:
    """Whether an address asks for a query to be run."""
    return bool(asked.get("question") or asked.get("query"))


#: How to ask the endpoint from elsewhere, for an answer in a form: its type, its name in Python and
#: in an address, and how R reads it.
_FORMS = {
    False: ("text/csv", "CSV", "csv", "rows <- read.csv"),
    True: ("text/turtle", "TURTLE", "ttl", "turtle <- readLines"),
}
_CURL = """curl -G -H 'Accept: {accept}' {endpoint} --data-urlencode query@- <<'END_OF_QUERY'
{sparql}
END_OF_QUERY"""
_PYTHON = """from SPARQLWrapper import {form}, SPARQLWrapper
service = SPARQLWrapper("{endpoint}", returnFormat={form})
service.setQuery({sparql})
print(service.queryAndConvert().decode())"""
_R = """query <- {sparql}
{read}(paste0("{endpoint}?format={name}&query=", URLencode(query, reserved = TRUE)))"""


def _missing(question: Question, given: Mapping[str, str]) -> list[Parameter]:
    """What a question needs and is not given."""
    return [p for p in question.parameters if p.required and p.name not in given]


def snippets(endpoint: str, sparql: str, *, is_graph: bool = False) -> dict[str, str]:
    """What to paste into a shell, Python and R so that it asks ``sparql`` and gives its rows, or
    its triples where it makes a graph.
    """
    accept, form, name, read = _FORMS[is_graph]
    told = {"endpoint": endpoint, "accept": accept, "form": form, "name": name, "read": read}
    # A line that would end the shell's text early cannot be a line of SPARQL, but of a comment.
    plain = "\n".join(line for line in sparql.splitlines() if line.strip() != "END_OF_QUERY")
    return {
        "curl": _CURL.format(sparql=plain, **told),
        "python": _PYTHON.format(sparql=_in_python(plain), **told),
        "r": _R.format(sparql=_in_r(plain), **told),
    }


def _in_python(sparql: str) -> str:
    if '"""' in sparql or sparql.endswith('"'):
        return repr(sparql)
    return repr(sparql) if sparql.endswith("\\") else f'r"""{sparql}"""'


def _in_r(sparql: str) -> str:
    """A raw string of R (4.0 on), with so many dashes that the query does not end it."""
    dashes = "-"
    while f'){dashes}"' in sparql:
        dashes += "-"
    return f'r"{dashes}({sparql}){dashes}"'


def chart(columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[dict[str, Any]]:
    """A bar for each row of an answer of two columns whose second is a number of 0 or more: its
    label, value and width in pixels. Nothing for other answers, and for none or too many rows.
    """
    if len(columns) != BAR_COLUMNS or not 1 < len(rows) <= MOST_BARS:
        return []
    values = [_number(row[1]) for row in rows]
    most = max((value for value in values if value is not None), default=0.0)
    if not most or any(value is None or value < 0 for value in values):
        return []
    return [
        {
            "label": last_part(row[0]) or row[0],
            "value": row[1],
            "width": round(380 * (value or 0) / most, 1),
        }
        for row, value in zip(rows, values, strict=True)
    ]


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _body_of(question: Question) -> str:
    """The SPARQL of a question without its header."""
    lines = question.text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#+"))


def _number_of(answer: Beginning) -> str:
    """How many rows an answer has, and how many of them are shown."""
    noun = "triple" if answer.is_graph else "row"
    plural = "" if answer.number == 1 and not answer.goes_on else "s"
    told = f"{'More than ' if answer.goes_on else ''}{answer.number:,} {noun}{plural}"
    shown = len(answer.rows)
    return f"{told}, of which the first {shown} are shown" if shown < answer.number else told


def _whole(sparql: str, answer: Beginning) -> list[tuple[str, str]]:
    """Where the endpoint gives all of an answer, with the name of each form."""
    forms = {"ttl": "Turtle", "jsonld": "JSON-LD"} if answer.is_graph else _ROWS_AS
    return [
        (f"/sparql?{urlencode({'query': sparql, 'format': form})}", name)
        for form, name in forms.items()
    ]


def _as_picked(bindings: Bindings, choices: Mapping[str, Sequence[object]]) -> dict[str, str]:
    """What was given for a parameter that has choices, as these name it: a name may have been."""
    return {name: last_part(term.value) for name, term in bindings.items() if choices.get(name)}


def _choices(store: Store, kind: str) -> list[tuple[str, str]]:
    """What can be chosen for a parameter of this type; nothing where it is to be typed."""
    if kind == "theme":
        return [(theme.id, theme.label) for theme in vocab.themes() if theme.broader]
    if kind == "service":
        return [(service.id, service.label) for service in vocab.services()]
    if kind == "authority":
        rows = store.rows(
            "SELECT DISTINCT ?body ?name { ?inspection tg:inspects ?body ."
            " ?body rdfs:label ?name } ORDER BY ?name"
        )
        return [(last_part(row["body"].value), row["name"].value) for row in rows]
    if kind in ("region", "grade"):
        return few_values(store, kind)
    if kind in ("report-type", "follow-up-outcome"):
        return [(term.id, term.label) for term in vocab.terms(kind)]
    return []
