"""The vocabularies as plain values: themes, service areas, frameworks, grades and the short lists.

Read once from the tables beside this module and checked; a slip in a table raises
:class:`~themegraph.ontology.rows.VocabularyError`. Nothing here needs an RDF library.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from themegraph.ontology.rows import (
    Row,
    VocabularyError,
    check_ids,
    check_known,
    check_labels,
    read_rows,
    split_list,
)

#: Frameworks of full inspections, in order of time: what an earlier grade is placed by.
_MAINSTREAM = ("pre-2013", "sif", "ilacs-2018", "ilacs-2023", "ilacs-2026")
_BY_REPORT_TYPE = {
    "sif": ("sif",),
    "sif-reinspection": ("sif",),
    "ilacs": ("ilacs-2018", "ilacs-2023", "ilacs-2026"),
    "ilacs-standard": ("ilacs-2018", "ilacs-2023", "ilacs-2026"),
    "ilacs-short": ("ilacs-2018", "ilacs-2023", "ilacs-2026"),
    "focused-visit": ("focused-visit",),
    "monitoring-visit": ("monitoring-visit",),
    "assurance-visit": ("assurance-visit",),
    "jtai": ("jtai-2016", "jtai-2022"),
    "area-send": ("area-send-2023",),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """That a concept ("theme/supervision") is like another one, by a property of SKOS for that."""

    concept: str
    relation: str
    other: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Why a concept ("theme/supervision") is not what it was before a version."""

    concept: str
    version: str
    note: str


@dataclass(frozen=True, slots=True)
class SchemeInfo:
    """A concept scheme: its id, table, the ontology class of its concepts, title and definition."""

    id: str
    file: str
    cls: str
    title: str
    definition: str


def _definition(scope_note: str) -> str:
    """A scope note up to where it says what belongs elsewhere."""
    told = scope_note.partition(";")[0].partition(". ")[0].rstrip(".")
    return re.sub(r" \([a-z]+(-[a-z]+)+\)", "", told) + "."


@dataclass(frozen=True, slots=True)
class Theme:
    """What is said about a service; ``broader`` is the top concept above it, if any."""

    id: str
    label: str
    broader: str | None
    scope_note: str
    alt_labels: tuple[str, ...]
    excludes: tuple[str, ...]
    doc_freq: int

    @property
    def definition(self) -> str:
        """What it covers, in a sentence."""
        return _definition(self.scope_note)


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """A part of the service that inspectors look at."""

    id: str
    label: str
    scope_note: str
    alt_labels: tuple[str, ...]
    excludes: tuple[str, ...]
    doc_freq: int

    @property
    def definition(self) -> str:
        """What it covers, in a sentence."""
        return _definition(self.scope_note)


@dataclass(frozen=True, slots=True)
class Framework:
    """The rules an inspection was held under; ``start`` and ``end`` are ISO months.

    ``areas`` are those that every inspection under it grades. What is said under frameworks of one
    ``family`` can be compared; a framework without one can be compared with none.
    """

    id: str
    label: str
    definition: str
    start: str | None
    end: str | None
    legal_basis: str | None
    grades: str | None
    areas: tuple[str, ...]
    family: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """Frameworks under which what is said can be compared; ``short`` is for narrow places."""

    id: str
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of one scheme; ``rank`` 1 is best, None is a value that says no grade was given."""

    scheme: str
    id: str
    label: str
    rank: int | None
    definition: str
    close_match: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of one of the short lists; ``cls`` is its recommendation class where it has one."""

    id: str
    label: str
    definition: str
    alt_labels: tuple[str, ...] = ()
    broader: str | None = None
    note: str | None = None
    cls: str | None = None


@cache
def schemes() -> tuple[SchemeInfo, ...]:
    """Every concept scheme but those of grades, which follow from the frameworks."""
    rows = read_rows("schemes.csv", ("id", "file", "class", "title", "definition"))
    check_ids("schemes.csv", (row["id"] for row in rows))
    return tuple(
        SchemeInfo(row["id"], row["file"], row["class"], row["title"], row["definition"])
        for row in rows
    )


@cache
def likenesses() -> tuple[Likeness, ...]:
    """How concepts of one vocabulary are like those of another, in the order of the table."""
    rows = read_rows("likenesses.csv", ("concept", "relation", "other", "note"))
    relations = {"exactMatch", "closeMatch", "broadMatch", "relatedMatch"}
    check_known("likenesses.csv", "relation", (row["relation"] for row in rows), relations)
    return tuple(Likeness(r["concept"], r["relation"], r["other"], r["note"]) for r in rows)


@cache
def change_notes() -> tuple[ChangeNote, ...]:
    """Why concepts were changed, in the order of the table."""
    rows = read_rows("change-notes.csv", ("concept", "version", "note"))
    return tuple(ChangeNote(row["concept"], row["version"], row["note"]) for row in rows)


@cache
def themes() -> tuple[Theme, ...]:
    """The themes, top concepts included, in the order of the table."""
    name = "themes.csv"
    columns = ("id", "prefLabel", "broader", "scopeNote", "altLabels", "excludes", "docFreq")
    rows = read_rows(name, columns)
    check_ids(name, (row["id"] for row in rows))
    check_labels(name, (row["prefLabel"] for row in rows))
    top = {row["id"] for row in rows if not row["broader"]}
    check_known(name, "top concept in column broader:", (row["broader"] for row in rows), top)
    return tuple(
        Theme(
            row["id"],
            row["prefLabel"],
            row["broader"] or None,
            row["scopeNote"],
            split_list(row["altLabels"]),
            split_list(row["excludes"]),
            int(row["docFreq"]),
        )
        for row in rows
    )


@cache
def services() -> tuple[ServiceArea, ...]:
    """The service areas, in the order of the table."""
    name = "services.csv"
    rows = read_rows(name, ("id", "prefLabel", "scopeNote", "altLabels", "excludes", "docFreq"))
    check_ids(name, (row["id"] for row in rows))
    check_labels(name, (row["prefLabel"] for row in rows))
    return tuple(
        ServiceArea(
            row["id"],
            row["prefLabel"],
            row["scopeNote"],
            split_list(row["altLabels"]),
            split_list(row["excludes"]),
            int(row["docFreq"]),
        )
        for row in rows
    )


@cache
def frameworks() -> tuple[Framework, ...]:
    """The inspection frameworks, in order of time."""
    name = "frameworks.csv"
    columns = ("id", "prefLabel", "definition", "from", "to", "legal_basis", "grades", "areas")
    rows = read_rows(name, (*columns, "family", "note"))
    check_ids(name, (row["id"] for row in rows))
    check_labels(name, (row["prefLabel"] for row in rows))
    known = {grade.scheme for grade in grades()}
    check_known(name, "grade scheme", (row["grades"] for row in rows), known)
    check_known(name, "family", (row["family"] for row in rows), {f.id for f in families()})
    return tuple(
        Framework(
            row["id"],
            row["prefLabel"],
            row["definition"],
            row["from"] or None,
            row["to"] or None,
            row["legal_basis"] or None,
            row["grades"] or None,
            split_list(row["areas"]),
            row["family"] or None,
            row["note"] or None,
        )
        for row in rows
    )


@cache
def families() -> tuple[Family, ...]:
    """The families of frameworks, in order of time."""
    name = "framework-families.csv"
    rows = read_rows(name, ("id", "prefLabel", "short", "note"))
    check_ids(name, (row["id"] for row in rows))
    check_labels(name, (row["prefLabel"] for row in rows))
    check_labels(name, (row["short"] for row in rows))
    return tuple(Family(row["id"], row["prefLabel"], row["short"]) for row in rows)


@cache
def changes_of_framework() -> tuple[tuple[str, Family, Family], ...]:
    """When full inspections went from one family of frameworks to the next: from which month (ISO),
    and from and to which family.
    """
    named = {family.id: family for family in families()}
    known = {framework.id: framework for framework in frameworks()}
    steps = pairwise(known[framework] for framework in _MAINSTREAM)
    return tuple(
        (after.start or "", named[before.family or ""], named[after.family or ""])
        for before, after in steps
        if not same_rules(before.id, after.id)
    )


@cache
def grades() -> tuple[Grade, ...]:
    """The grades of every scheme, best first within each."""
    name = "grades.csv"
    rows = read_rows(name, ("scheme", "id", "prefLabel", "rank", "definition", "close_match"))
    for scheme in {row["scheme"] for row in rows}:
        check_ids(f"{name}, scheme {scheme}", (r["id"] for r in rows if r["scheme"] == scheme))
        ranks = [int(r["rank"]) for r in rows if r["scheme"] == scheme and r["rank"]]
        if ranks != list(range(1, len(ranks) + 1)):
            raise VocabularyError(f"{name}: ranks of scheme {scheme} must count from 1, best first")
    known = {f"{row['scheme']}/{row['id']}" for row in rows}
    check_known(name, "grade in column close_match:", (row["close_match"] for row in rows), known)
    return tuple(_grade(row) for row in rows)


def _grade(row: Row) -> Grade:
    scheme, _, match = row["close_match"].partition("/")
    return Grade(
        row["scheme"],
        row["id"],
        row["prefLabel"],
        int(row["rank"]) if row["rank"] else None,
        row["definition"],
        (scheme, match) if match else None,
    )


@cache
def terms(scheme: str) -> tuple[Term, ...]:
    """The concepts of a short list, such as ``terms("role")``.

    Raises :class:`VocabularyError` for a scheme that is not a short list or a table with a slip.
    """
    info = next((info for info in schemes() if info.id == scheme), None)
    if info is None or scheme in ("theme", "service", "framework"):
        raise VocabularyError(f"there is no short list called {scheme!r}")
    rows = read_rows(info.file, ("id", "prefLabel", "altLabels", "definition", "note"))
    check_ids(info.file, (row["id"] for row in rows))
    check_labels(info.file, (row["prefLabel"] for row in rows))
    ids = {row["id"] for row in rows}
    check_known(info.file, "broader term", (row.get("broader", "") for row in rows), ids)
    return tuple(
        Term(
            row["id"],
            row["prefLabel"],
            row["definition"],
            split_list(row["altLabels"]),
            row.get("broader") or None,
            row["note"] or None,
            row.get("class") or None,
        )
        for row in rows
    )


@cache
def label_of(scheme: str, term: str) -> str:
    """The label of a term of a short list: "Partly resolved"."""
    return {each.id: each.label for each in terms(scheme)}[term]


@cache
def scope_of(report_type: str) -> str:
    """How much an inspection that gives a report of this type looks at: "whole" or "part"."""
    rows = read_rows("report-types.csv", ("id", "scope"))
    known = {term.id for term in terms("scope")}
    check_known("report-types.csv", "scope", (row["scope"] for row in rows), known)
    return {row["id"]: row["scope"] for row in rows}[report_type]


@cache
def short_name(report_type: str) -> str:
    """A report type in the few letters that inspectors and improvement leads use: "FV"."""
    rows = read_rows("report-types.csv", ("id", "short"))
    return {row["id"]: row["short"] for row in rows}[report_type]


@cache
def kinds_within(report_type: str) -> frozenset[str]:
    """A report type and those under it: who asks for "sif" means re-inspections too."""
    under = (term.id for term in terms("report-type") if term.broader == report_type)
    return frozenset({report_type, *under})


def framework_for(report_type: str, start: dt.date | None) -> str:
    """The id of the framework a report of this type was made under, by the day it began.

    Without a day the oldest of the type's frameworks is taken; "other" for other types.
    """
    month = start.isoformat()[:7] if start else ""
    in_force = {framework.id: framework.start or "" for framework in frameworks()}
    candidates = _BY_REPORT_TYPE.get(report_type, ("other",))
    return max((f for f in candidates if in_force[f] <= month), default=candidates[0])


def family_of(framework: str) -> str:
    """The id of the family that a framework is of; "" for one that can be compared with none."""
    return next((f.family or "" for f in frameworks() if f.id == framework), "")


def same_rules(framework: str, other: str) -> bool:
    """Whether what was said under the one framework can be compared with what was said under the
    other: both are known, and of one family.
    """
    family = family_of(framework)
    return bool(family) and family == family_of(other)


def grade_scheme(framework: str, grade: str, on: dt.date | None = None) -> str:
    """The scheme that ``grade`` belongs to when an inspection under ``framework`` gave it.

    A framework without grades of its own (a board reviewed apart, an unknown one) borrows those of
    the full inspections of the day ``on``. Raises :class:`VocabularyError` for an unknown grade.
    """
    own = {f.id: f.grades for f in frameworks()}.get(framework)
    if own and _has(own, grade):
        return own
    return recalled_grade_scheme(on.isoformat() if on else None, grade, framework)


def recalled_grade_scheme(date: str | None, grade: str, framework: str) -> str:
    """The scheme of a grade given at ``date`` (ISO, any precision), as a later report recalls it.

    Where the day does not tell (none printed, or a grade the framework of the day did not have) it
    is the newest scheme with that grade up to the recalling ``framework``.
    Raises :class:`VocabularyError` when no scheme has the grade.
    """
    starts = {f.id: f.start or "" for f in frameworks()}
    if grade.startswith("outcome-"):
        candidates = ["area-send-2023"]
    elif date:
        # A year alone is read as its end: frameworks change at or near the turn of the year.
        month = date[:7] if len(date) > 4 else f"{date}-12"
        candidates = [s for s in _MAINSTREAM if starts[s] <= month] or [_MAINSTREAM[0]]
    else:
        until = starts.get(framework, "") or "9999"
        candidates = [s for s in _MAINSTREAM if starts[s] <= until] or [_MAINSTREAM[0]]
    for scheme in (*reversed(candidates), *_MAINSTREAM):
        if _has(scheme, grade):
            return scheme
    raise VocabularyError(f"no grade scheme has {grade!r}")


@cache
def _has(scheme: str, grade: str) -> bool:
    return any(g.scheme == scheme and g.id == grade for g in grades())
