"""A report as it was read: section by section, every finding with its themes and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.networks.mentions import Only
from themegraph.ontology import vocab
from themegraph.web.desk import Desk
from themegraph.web.highlight import Mark, Piece, cut
from themegraph.web.pages.asking import chosen

Row = dict[str, Any]

_JUDGED = """SELECT ?date ?inspection_type ?area ?grade ?page ?quotation ?judgement WHERE {{
  ?inspection tg:produced <{report}> ; tg:hasJudgement ?judgement .
  <{report}> tg:reportType/skos:prefLabel ?inspection_type .
  ?judgement tg:area/skos:prefLabel ?area ; tg:grade/skos:prefLabel ?grade .
  OPTIONAL {{ ?judgement tg:onPage ?page }}
  OPTIONAL {{ ?judgement tg:quotation ?quotation }}
  OPTIONAL {{ ?inspection tg:inspectionDate ?date }}
}} ORDER BY ?area ?judgement"""


def context(desk: Desk, key: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the report ``key`` shows: all of it, or what speaks of the ``theme`` and
    the ``service`` in ``asked``.

    Raises QueryError where there is no such report, RequestError for a theme or service that
    there is not.
    """
    passages = read_passages(desk, key, asked.get("theme", ""))
    themes = {theme.id: theme for theme in vocab.themes()}
    services = {service.id: service for service in vocab.services()}
    given = chosen(asked, {"theme": themes, "service": services})
    theme = themes.get(given.get("theme", ""))
    service = services.get(given.get("service", ""))
    about = about_report(desk, key)
    meant = passages if theme is None else [p for p in passages if _is_on(p, theme.id)]
    if service is not None:
        of_service = _passages_on(desk, about["body"], service.id)
        meant = [passage for passage in meant if passage["passage"] in of_service]
    return {
        "title": about["title"],
        "theme": theme,
        "service": service,
        "about": about,
        "key": key,
        "sections": by_heading(meant),
        "judgements": judgements_of(desk, about),
        "findings": sum(passage["is_finding"] for passage in passages),
        "recommendations": sum(not passage["is_finding"] for passage in passages),
    }


def about_report(desk: Desk, key: str) -> Row:
    """What there is to say of the report ``key``: its body, dates, kind, title and file.

    Raises QueryError where there is no such report.
    """
    for row in desk.ask("reports-list"):
        if last_part(row["report"]) == key:
            return row
    raise QueryError(f"No report {key!r} in the store.")


def judgements_of(desk: Desk, about: Row) -> list[Row]:
    """The judgements that a report gives, as rows of ``judgement-history``; ``about`` is its row of
    ``reports-list``. Those of a report on no known body are in no history, and are looked up.
    """
    report = about["report"]
    if not about["body"]:
        return desk.look_up("The judgements of this inspection", _JUDGED.format(report=report))
    history = desk.ask("judgement-history", authority=last_part(about["body"]))
    return [row for row in history if f"/{last_part(report)}/" in row["judgement"]]


def passage_context(kind: str, desk: Desk, name: str, _asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the finding or recommendation ``name`` shows: it, and what stands around.

    Raises QueryError where there is none.
    """
    key = name.rpartition("/")[0]
    passages = read_passages(desk, key)
    place = next(
        (n for n, p in enumerate(passages) if str(p["passage"]).endswith(f"/{kind}/{name}")), None
    )
    if place is None:
        raise QueryError(f"No {kind} {name!r} in the store.")
    about = about_report(desk, key)
    here = passages[place]
    pages = desk.answers.pages
    told = later = []
    if about["body"]:
        authority = last_part(about["body"])
        told = desk.ask("follow-up", authority=authority, report=key)
        later = desk.ask("follow-up-steps", authority=authority, report=key)
    return {
        "title": f"{'Finding' if kind == 'finding' else 'Recommendation'}"
        + (f" {here['number']}" if here["number"] else f", {pages.where(here['page'], key)}"),
        "has_no_pages": bool(pages.without(key)),
        "about": about,
        "key": key,
        "passage": here,
        "before": passages[place - 1] if place else None,
        "after": passages[place + 1] if place + 1 < len(passages) else None,
        "judged": _grouped(desk.ask("judged-before-and-after", report=key), "theme"),
        "read": quality_of(desk.ask("how-well-tagged")),
        "later": [row for row in later if row["recommendation"] == here["passage"]],
        "became": next((row for row in told if row["recommendation"] == here["passage"]), None),
    }


def quality_of(measured: Iterable[Row]) -> dict[tuple[str, str], dict[str, Row]]:
    """The rows of how-well-tagged by theme and method, and of these by metric."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in measured:
        of = (row["theme"], last_part(row["method"]))
        found.setdefault(of, {})[last_part(row["metric"])] = row
    return found


def read_passages(desk: Desk, key: str, theme: str = "") -> list[Row]:
    """The passages of a report in order, with ``sentences`` in pieces and their ``themes``. Marked
    are the words that told a theme, or the one that is given (an id).
    """
    passages = desk.ask("passages-of-report", report=key)
    sentences = _grouped(desk.ask("sentences-of-report", report=key), "finding")
    themes = _grouped(desk.ask("themes-of-report", report=key), "passage")
    for passage in passages:
        passage["is_finding"] = "/finding/" in str(passage["passage"])
        told = [
            {**row, "says": row["stance"] if passage["is_finding"] else "recommended"}
            for row in themes.get(passage["passage"], [])
        ]
        marks = [
            Mark(row["start"], row["end"], row["label"], row["says"])
            for row in told
            if row["start"] is not None and theme in ("", last_part(row["theme"]))
        ]
        said = sentences.get(passage["passage"], [])
        passage["themes"] = told
        passage["sentences"] = [
            {"pieces": cut(row["sentence"], row["start"], marks), "evidence": row["evidence"]}
            for row in said
        ] or [{"pieces": [Piece(str(passage["text"]))], "evidence": None}]
    return passages


def by_heading(passages: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The passages under the headings they stand under, in order."""
    sections: list[tuple[str, list[Row]]] = []
    for passage in passages:
        heading = str(passage["heading"] or "")
        if not sections or sections[-1][0] != heading:
            sections.append((heading, []))
        sections[-1][1].append(passage)
    return sections


def _is_on(passage: Row, theme: str) -> bool:
    return any(last_part(row["theme"]) == theme for row in passage["themes"])


def _passages_on(desk: Desk, body: str | None, service: str) -> set[str]:
    """The passages of a body's reports that speak of a service (IRIs)."""
    only = Only(authority=body or "", service=service)
    visits = desk.answers.networks.mentions.only(only).visits()
    return {passage.iri for _, passages in visits for passage in passages}


def _grouped(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
