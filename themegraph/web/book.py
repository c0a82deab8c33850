"""Every page by its address: which is filled by what, and with which template."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from starlette.datastructures import QueryParams

from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.web.desk import Answers, Desk, Put
from themegraph.web.negotiation import GRAPHS, Form
from themegraph.web.pages import (
    about,
    authority,
    brief,
    compare,
    graph,
    home,
    inspection,
    lists,
    ontology,
    question,
    report,
    search,
    service,
    theme,
)
from themegraph.web.rendering import render

CSV = Form("csv", ("text/csv",))
#: The data of a page about a thing.
DATA = (*GRAPHS, CSV)
#: The data that is kept beside a page where nothing answers questions.
FROZEN_DATA = tuple(form for form in GRAPHS if form.name == "ttl")

_PLAIN: Mapping[str, tuple[str, Callable[[Desk], dict[str, Any]]]] = {
    "/": ("home", home.context),
    "/authorities": ("authorities", lists.authorities),
    "/themes": ("themes", lists.themes),
    "/services": ("services", lists.services),
    "/about": ("about", about.context),
    "/warnings": ("warnings", about.warnings_context),
    "/questions": ("questions", question.list_context),
    "/ontology": ("ontology", ontology.context),
}
_ASKED: Mapping[str, tuple[str, Callable[[Desk, QueryParams], dict[str, Any]]]] = {
    "/brief": ("brief", brief.context),
    "/compare": ("compare", compare.context),
    "/graph": ("graph", graph.context),
    "/graph/tie": ("tie", graph.tie_context),
    "/search": ("search", search.context),
}
_ABOUT: Mapping[str, tuple[str, Callable[[Desk, str, Mapping[str, str]], dict[str, Any]]]] = {
    "authority": ("authority", authority.context),
    "theme": ("theme", theme.context),
    "service": ("service", service.context),
    "inspection": ("inspection", inspection.context),
    "judgement": ("judgement", inspection.judgement_context),
    "evidence": ("evidence", inspection.evidence_context),
    "report": ("report", report.context),
    "finding": ("passage", functools.partial(report.passage_context, "finding")),
    "recommendation": ("passage", functools.partial(report.passage_context, "recommendation")),
    "question": ("question", question.context),
    "vocabulary": ("vocabulary", ontology.vocabulary_context),
}
#: The question whose rows are the page of a kind as a table, and its parameter. Others have none.
AS_ROWS = {
    "authority": ("theme-assessments", "authority"),
    "theme": ("themes-now", "theme"),
    "service": ("findings-of-service", "service"),
    "inspection": ("passages-of-report", "report"),
    "report": ("passages-of-report", "report"),
    "finding": ("evidence-for-finding", "finding"),
    "recommendation": ("follow-up-steps", "recommendation"),
    "evidence": ("evidence-for-finding", "finding"),
    "judgement": ("judgement-history", "authority"),
}
#: The question whose rows are a page on no single thing as a table; their address ends in .csv.
TABLES = {
    "/": "recurring-themes",
    "/authorities": "reports-list",
    "/themes": "recurring-themes",
    "/services": "themes-by-service",
    "/warnings": "warnings",
    "/brief": "themes-now",
}
#: Pages with a table that no one question gives.
OWN_TABLES = {"/compare": compare.as_csv}
#: Kinds of pages that are about no thing of the graph, and so have no data.
WITHOUT_DATA = ("question",)

#: Addresses of single pages, and kinds of things that have a page each.
SINGLE = (*_PLAIN, *_ASKED)
KINDS = tuple(_ABOUT)


def table_of(desk: Desk, kind: str, name: str) -> Put:
    """The question whose rows are the page ``/kind/name`` as a table.

    Raises QueryError where there is no such thing.
    """
    question, parameter = AS_ROWS[kind]
    if kind == "evidence":
        name = name.rpartition("/")[0]
    if kind == "judgement":
        name = last_part(report.about_report(desk, name.partition("/")[0])["body"])
    return Put(question, "", ((parameter, name),))


def data_query(kind: str, iri: str) -> str:
    """The query whose triples are the data of a thing: of a vocabulary with all its concepts."""
    if kind == "vocabulary":
        own, concepts = f"<{iri}> ?p ?o . BIND(<{iri}> AS ?s)", f"?s skos:inScheme <{iri}> ; ?p ?o"
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {own} }} UNION {{ {concepts} }} }}"
    return f"DESCRIBE <{iri}>"


def data_of(kind: str) -> tuple[Form, ...]:
    """The forms of data that a page of a kind has."""
    if kind in WITHOUT_DATA:
        return ()
    return DATA if kind in AS_ROWS else GRAPHS


class Book:
    """Pages made from ``answers``; ``frozen`` ones hold nothing that a server must answer, ``bare``
    ones lead to no page of reports.
    """

    def __init__(self, answers: Answers, *, frozen: bool = False, bare: bool = False) -> None:
        self.answers = answers
        self._frozen = frozen
        self._bare = bare

    def page(self, path: str, asked: QueryParams) -> str:
        """The page at ``path``, as HTML.

        Raises QueryError where there is no such page.
        """
        desk = Desk(self.answers)
        if path in _PLAIN:
            template, fill = _PLAIN[path]
            if path == "/ontology":  # long, and always the same
                return self.answers.keep(("page", path), lambda: self._ontology(desk))
            return self._render(template, desk, fill(desk), **self._table(path, asked))
        if path in _ASKED:
            template, fill_asked = _ASKED[path]
            filled = fill_asked(desk, asked)
            return self._render(template, desk, filled, **self._table(path, asked))
        kind, _, name = path.removeprefix("/").partition("/")
        if kind not in _ABOUT or not name:
            raise QueryError(f"There is nothing at {path}.")
        template, fill_about = _ABOUT[kind]
        filled = fill_about(desk, name, asked)
        data = FROZEN_DATA if self._frozen else data_of(kind)
        if kind in WITHOUT_DATA:
            data = ()
        return self._render(template, desk, filled, here=path, alternates=data)

    def _ontology(self, desk: Desk) -> str:
        template, fill = _PLAIN["/ontology"]
        forms = FROZEN_DATA if self._frozen else GRAPHS
        return self._render(template, desk, fill(desk), alternates=forms)

    def _table(self, path: str, asked: QueryParams) -> dict[str, Any]:
        """Where a page on no single thing has its table."""
        if self._frozen or path not in (*TABLES, *OWN_TABLES):
            return {}
        here = "/index" if path == "/" else path
        return {"here": here, "alternates": (CSV,), "tail": f"?{asked}" if asked else ""}

    def _render(self, template: str, desk: Desk, filled: dict[str, Any], **more: Any) -> str:
        pages = self.answers.pages
        more["empty"] = "" if self._bare else self.answers.empty
        more["bare"] = self._bare
        told = {"where": pages.where, "source_of": pages.source, **more, **filled}
        return render(template, put=desk.put, frozen=self._frozen, **told)
