"""The vocabulary tables: valid as they ship, and refused with a clear message when they are not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from themegraph import model
from themegraph.ontology import register, rows, vocab
from themegraph.ontology.rows import VocabularyError

SHORT_LISTS = [s.id for s in vocab.schemes() if s.id not in ("theme", "service", "framework")]

#: Wording that two concepts share on purpose: a passage that names both forms is about both.
SHARED_ALT_LABELS = {"criminal and sexual exploitation", "criminally and sexually exploited"}
#: An alternative label that is also the name of a top concept, which is never tagged.
ALSO_A_TOP_CONCEPT = {"needs and risks"}


def test_sizes_are_those_of_the_published_lists() -> None:
    assert len(vocab.themes()) == 87
    assert sum(theme.broader is None for theme in vocab.themes()) == 12
    assert len(vocab.services()) == 25
    assert len(register.authorities()) == 158


def test_every_theme_below_the_top_has_words_to_find_it_by() -> None:
    assert [t.id for t in vocab.themes() if t.broader and not t.alt_labels] == []
    assert [s.id for s in vocab.services() if not s.alt_labels] == []
    assert [t.id for t in vocab.themes() if not t.scope_note] == []


@pytest.mark.parametrize("concepts", [vocab.themes, vocab.services])
def test_alternative_labels_are_unique_but_for_those_shared_on_purpose(
    concepts: Callable[[], tuple[Any, ...]],
) -> None:
    found = Counter(
        alt.casefold()
        for concept in concepts()
        for alt in {a.casefold() for a in concept.alt_labels}
    )
    shared = {alt for alt, count in found.items() if count > 1}
    assert shared == (SHARED_ALT_LABELS if concepts is vocab.themes else set())
    names = {concept.label.casefold(): concept for concept in concepts()}
    stolen = {
        alt.casefold()
        for concept in concepts()
        for alt in concept.alt_labels
        if names.get(alt.casefold(), concept) is not concept
    }
    assert stolen == (ALSO_A_TOP_CONCEPT if concepts is vocab.themes else set())


@pytest.mark.parametrize("scheme", SHORT_LISTS)
def test_short_lists_are_defined_and_their_labels_differ(scheme: str) -> None:
    terms = vocab.terms(scheme)
    assert all(term.definition for term in terms)
    labels = [label.casefold() for term in terms for label in (term.label, *term.alt_labels)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("scheme", "closed_list"),
    [
        ("report-type", model.ReportType),
        ("area", model.Area),
        ("section-kind", model.SectionKind),
        ("recommendation-source", model.RecommendationSource),
        ("stance", model.Polarity),
    ],
)
def test_short_lists_hold_exactly_what_the_model_can_say(scheme: str, closed_list: object) -> None:
    assert {term.id for term in vocab.terms(scheme)} == set(get_args(closed_list))


def test_every_grade_of_the_model_is_in_a_scheme() -> None:
    assert set(get_args(model.Grade)) <= {grade.id for grade in vocab.grades()}


def test_model_defaults_are_in_the_vocabularies() -> None:
    fields = model.Recommendation.__dataclass_fields__
    assert fields["addressee"].default in {term.id for term in vocab.terms("addressee")}
    kinds = {term.id for term in vocab.terms("evidence-kind")}
    assert model.Evidence.__dataclass_fields__["kind"].default in kinds
    frameworks = {framework.id for framework in vocab.frameworks()}
    assert model.Report.__dataclass_fields__["framework"].default in frameworks


@pytest.mark.parametrize(
    ("report_type", "start", "framework"),
    [
        ("sif-reinspection", dt.date(2018, 6, 11), "sif"),  # held after ILACS had begun
        ("ilacs", dt.date(2022, 12, 5), "ilacs-2018"),  # finished in 2023, judged as in 2022
        ("ilacs-short", dt.date(2023, 1, 23), "ilacs-2023"),
        ("ilacs", dt.date(2026, 3, 16), "ilacs-2023"),  # published after the change, held before
        ("ilacs", dt.date(2026, 4, 27), "ilacs-2026"),
        ("jtai", dt.date(2020, 2, 24), "jtai-2016"),
        ("jtai", dt.date(2022, 1, 10), "jtai-2022"),
        ("jtai", None, "jtai-2016"),
        ("other", dt.date(2015, 6, 15), "other"),
    ],
)
def test_framework_follows_from_type_and_first_day(
    report_type: str, start: dt.date | None, framework: str
) -> None:
    assert vocab.framework_for(report_type, start) == framework


@pytest.mark.parametrize(
    ("date", "grade", "framework", "scheme"),
    [
        ("2014-01", "inadequate", "sif", "sif"),
        ("2012-05", "adequate", "sif", "pre-2013"),
        ("2012", "good", "sif", "pre-2013"),
        ("2013-12", "adequate", "sif", "pre-2013"),  # a grade the scale of the day did not have
        ("2011", "requires-improvement", "sif", "sif"),  # a slip in the report is kept readable
        ("2017", "good", "ilacs-2018", "sif"),
        (None, "good", "ilacs-2018", "ilacs-2018"),
        (None, "adequate", "ilacs-2018", "pre-2013"),
        ("2023-06", "outcome-2", "area-send-2023", "area-send-2023"),
    ],
)
def test_recalled_grade_is_of_the_scheme_of_its_day(
    date: str | None, grade: str, framework: str, scheme: str
) -> None:
    assert vocab.recalled_grade_scheme(date, grade, framework) == scheme


def test_grade_of_a_framework_without_grades_is_of_the_full_inspections_of_the_day() -> None:
    assert vocab.grade_scheme("sif", "good") == "sif"
    assert vocab.grade_scheme("ilacs-2026", "not-reported") == "ilacs-2026"
    day = dt.date(2015, 6, 15)  # a safeguarding board reviewed on its own
    assert vocab.grade_scheme("other", "requires-improvement", day) == "sif"


def test_unknown_grade_is_refused() -> None:
    with pytest.raises(VocabularyError, match="splendid"):
        vocab.grade_scheme("sif", "splendid")


def test_abolished_bodies_have_their_successors() -> None:
    found: dict[str, set[str]] = {}
    for row in register.successions():
        found.setdefault(row.body, set()).add(row.successor)
    bcp = "bournemouth-christchurch-and-poole"
    assert found == {
        "northamptonshire": {"north-northamptonshire", "west-northamptonshire"},
        "cumbria": {"cumberland", "westmorland-and-furness"},
        "bournemouth": {bcp},
        "poole": {bcp},
        "dorset-county": {bcp, "dorset"},
    }
    for row in register.successions():
        dt.date.fromisoformat(row.date)


def test_authorities_have_distinct_codes_and_complete_facts() -> None:
    bodies = register.authorities()
    for codes in ([b.urn for b in bodies if b.urn], [b.la_code for b in bodies]):
        assert len(codes) == len(set(codes))
    assert [b.id for b in bodies if not (b.gss and b.la_code and b.region and b.type)] == []
    assert [b.id for b in bodies if b.urn is None] == ["bournemouth", "dorset-county"]
    coventry = next(b for b in bodies if b.id == "coventry")
    assert (coventry.urn, coventry.gss, len(coventry.neighbours)) == (80456, "E08000026", 10)


def test_names_of_current_authorities_lead_to_one_body() -> None:
    names = [n for b in register.authorities() for n in (b.name, *b.also_known_as)]
    assert len(names) == len(set(names))


def test_a_trust_shared_by_councils_is_one_body() -> None:
    served = {d.authority for d in register.deliveries() if d.id == "achieving-for-children"}
    assert served == {"kingston-upon-thames", "richmond-upon-thames", "windsor-and-maidenhead"}


THEMES = "id,prefLabel,broader,scopeNote,altLabels,excludes,docFreq\n"
GRADES = "scheme,id,prefLabel,rank,definition,close_match\n"
TERMS = "id,prefLabel,altLabels,definition,note\n"


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Tables by name that stand in for those that ship."""
    texts: dict[str, str] = {}

    def read(name: str, columns: tuple[str, ...]) -> list[rows.Row]:
        text = texts[name] if name in texts else rows.read_text(name)
        return rows.parse_rows(text, name, columns)

    cached = (
        vocab.themes,
        vocab.grades,
        vocab.frameworks,
        vocab.families,
        vocab.terms,
        register.authorities,
        register.successions,
        register.deliveries,
    )
    for module in (vocab, register):
        monkeypatch.setattr(module, "read_rows", read)
    for function in cached:
        function.cache_clear()
    yield texts
    for function in cached:
        function.cache_clear()


@pytest.mark.parametrize(
    ("name", "text", "read", "message"),
    [
        ("themes.csv", f"{THEMES}a,A,,,,,0\na,B,,,,,0\n", vocab.themes, "'a' stands twice"),
        ("themes.csv", f"{THEMES}a,A,,,,,0\nb,a,,,,,0\n", vocab.themes, "label 'a' stands twice"),
        ("themes.csv", f"{THEMES}a,A,zz,,,,0\n", vocab.themes, "unknown top concept .* 'zz'"),
        ("themes.csv", f"{THEMES}a,A,,,,,0\nb,B,a,,,,0\nc,C,b,,,,0\n", vocab.themes, "'b'"),
        ("themes.csv", f"{THEMES}A b,A,,,,,0\n", vocab.themes, "'A b' must be lower-case"),
        ("themes.csv", f"{THEMES}a,,,,,,0\n", vocab.themes, "every row needs a prefLabel"),
        ("themes.csv", f"{THEMES}a,A,,x,y,z,0,more\n", vocab.themes, "line 2: 8 cells"),
        ("themes.csv", "id,prefLabel\na,A\n", vocab.themes, "missing column.* broader"),
        ("themes.csv", "", vocab.themes, "missing column.* id"),
        (
            "grades.csv",
            f"{GRADES}s,a,A,2,d,\n",
            vocab.grades,
            "ranks of scheme s must count from 1",
        ),
        ("grades.csv", f"{GRADES}s,a,A,1,d,t/b\n", vocab.grades, "unknown grade .* 't/b'"),
        ("grades.csv", f"{GRADES}s,a,A,1,d,\n", vocab.frameworks, "unknown grade scheme"),
        (
            "framework-families.csv",
            "id,prefLabel,short,note\na,A,A,\n",
            vocab.frameworks,
            "unknown family 'pre-2013'",
        ),
        ("roles.csv", f"{TERMS}a,A,,d,\na,B,,d,\n", lambda: vocab.terms("role"), "stands twice"),
        ("schemes.csv", "", lambda: vocab.terms("colour"), "no short list called 'colour'"),
        (
            "succession.csv",
            "body,event,successor,date,note\ncumbria,split,mordor,2023-04-01,\n",
            register.successions,
            "unknown authority .* 'mordor'",
        ),
        (
            "delivery.csv",
            "id,name,also_known_as,authority,from,to,note\nt,T,,mordor,2020,,\n",
            register.deliveries,
            "unknown authority 'mordor'",
        ),
        (
            "authorities.csv",
            "id,urn,la_code,gss,name,also_known_as,region,type,domain,statistical_neighbours\n"
            "a,1,1,E1,A,,,,,E9\n",
            register.authorities,
            "unknown neighbour of A: 'E9'",
        ),
        (
            "authorities.csv",
            "id,urn,la_code,gss,name,also_known_as,region,type,domain,statistical_neighbours\n"
            "a,1,1,E1,A,,,,,\nb,2,2,E1,B,,,,,\n",
            register.authorities,
            "gss code of its own",
        ),
    ],
)
def test_slips_in_a_table_are_refused(
    tables: dict[str, str], name: str, text: str, read: Callable[[], object], message: str
) -> None:
    tables[name] = text
    with pytest.raises(VocabularyError, match=message):
        read()


def test_a_kind_of_report_takes_in_those_under_it() -> None:
    assert vocab.kinds_within("sif") == {"sif", "sif-reinspection"}
    assert vocab.kinds_within("ilacs") == {"ilacs", "ilacs-standard", "ilacs-short"}
    assert vocab.kinds_within("jtai") == {"jtai"}


def test_the_framework_of_full_inspections_changed_three_times() -> None:
    told = [(month, a.short, b.short) for month, a, b in vocab.changes_of_framework()]
    assert told == [
        ("2013-11", "earlier", "SIF"),
        ("2018-01", "SIF", "ILACS"),
        ("2026-04", "ILACS", "ILACS 2026"),
    ]
    assert {f.id for f in vocab.families()} == {f.family for f in vocab.frameworks()} - {None}
    assert vocab.family_of("focused-visit") == "ilacs"
    assert vocab.family_of("other") == ""
