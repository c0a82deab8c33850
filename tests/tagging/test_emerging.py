"""Phrases that no theme covers: which are found, which are not, and the figures beside them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from themegraph.graph.store import Store
from themegraph.tagging.emerging import Phrase, Sentence, emerging
from themegraph.tagging.words import words_of

Run = Callable[..., Result]


def told(text: str, *, years: range, theme: bool = False) -> list[Sentence]:
    """``text`` in one inspection of each year, each of another authority."""
    return [Sentence(text, f"i{year}", f"a{year}", year, theme) for year in years]


#: So that there are inspections and sentences to compare with.
OTHERS = told(
    "Supervision takes place and plans are reviewed.", years=range(2010, 2026), theme=True
)


def found(*sentences: list[Sentence], least: int = 4) -> dict[str, Phrase]:
    read = [sentence for group in (*sentences, OTHERS) for sentence in group]
    phrases = emerging(read, least_inspections=least, least_authorities=least)
    return {phrase.words: phrase for phrase in phrases}


POVERTY = told("They speak of poverty.", years=range(2018, 2022)) + told(
    "There is more poverty, and it grows.", years=range(2022, 2026)
)


def test_a_subject_without_a_theme_is_found_with_its_figures() -> None:
    phrase = found(POVERTY)["poverty"]
    assert (phrase.inspections, phrase.authorities) == (8, 8)
    assert (phrase.first, phrase.last) == (2018, 2025)
    assert phrase.unthemed == 1.0
    assert phrase.sentences == tuple(range(8))
    # A third of the sentences have no theme; of these eight all do.
    assert phrase.surplus == pytest.approx((1 - 8 / 24) / ((8 / 24 * 16 / 24 / 8) ** 0.5), abs=0.01)
    # Half of all sentences are of 2020 or later, and six of these eight: 2 (2 ln 2/4 + 6 ln 6/4).
    assert phrase.rise == pytest.approx(2 * (2 * -0.6931 + 6 * 0.4055), abs=0.01)


def test_a_phrase_that_took_the_place_of_its_part_is_not_dropped_for_a_shorter_one() -> None:
    phrases = found(
        told("They ask for social work academies.", years=range(2012, 2022)),
        told("There are other academies, and many academies.", years=range(2012, 2024)),
        told("They ask for social work.", years=range(2012, 2022)),
    )
    assert any("academies" in words for words in phrases)


@pytest.mark.parametrize(
    ("text", "word", "why"),
    [
        ("Leaders have good plans for services.", "plans", "talk that every report has"),
        ("They see the benefit of private fostering here.", "fostering", "a label"),
        ("They wait for coventry, and for leeds.", "coventry", "the name of a body"),
        ("They ask what, and what of it.", "what", "a function word"),
        ("They ask how, and how of it.", "how", "a function word"),
        ("They wait on what panel?", "what panel", "a function word begins it"),
        ("They met the recommendation.", "recommendation", "what a report is made of"),
        ("They wait for 2031, and for more.", "2031", "a number"),
        ("They ask what poverty is.", "is", "ends in a joint"),
        ("Of poverty they speak.", "of", "begins with a joint"),
        ("They gladly wait, and there is poverty gladly.", "gladly", "begins with an adverb"),
        ("They navigate services and navigate homes.", "navigate", "a verb"),
    ],
)
def test_what_is_no_subject_is_in_no_phrase(text: str, word: str, why: str) -> None:
    phrases = found(told(text, years=range(2012, 2024)))
    assert not [phrase for phrase in phrases if word in phrase.split()], why


def test_a_phrase_whose_sentences_mostly_have_themes_is_covered() -> None:
    # Of its sentences 3 in 10 have no theme, of all 15 in 38: a share of 0.76.
    themed = told("They speak of poverty.", years=range(2010, 2017), theme=True)
    plain = told("They speak of poverty.", years=range(2017, 2020))
    others = told("They ask about the poll tax.", years=range(2012, 2024))
    assert "speak of poverty" in found(themed, plain, others)
    # With one more that has a theme 3 in 11, of all 15 in 39: 0.71, and 0.75 is the least.
    one_more = told("They speak of poverty.", years=range(2020, 2021), theme=True)
    phrases = found(themed, plain, one_more, others)
    assert not [phrase for phrase in phrases if "poverty" in phrase]
    assert [phrase for phrase in phrases if "poll tax" in phrase]


def speaking(of: str, years: range, *, bodies: int = 99) -> list[Sentence]:
    """Sentences that speak of it in one way or the other, so that no longer phrase comes back."""
    ways = ("They speak of {}.", "There is more of {}, and it grows.")
    return [
        Sentence(ways[year % 2].format(of), f"i{year}", f"a{year % bodies}", year, False)
        for year in years
    ]


def test_names_of_bodies_and_places_in_the_store_are_left_out() -> None:
    said = speaking("Eldermark", range(2012, 2024))
    assert "eldermark" in found(said)
    phrases = emerging([*said, *OTHERS], names=["Eldermark Council"], least_inspections=4)
    assert not [phrase for phrase in phrases if "eldermark" in phrase.words]


def test_a_name_that_one_body_alone_has_is_a_place_there() -> None:
    def phrases(of: str, bodies: int) -> set[str]:
        read = [*speaking(of, range(2012, 2024), bodies=bodies), *OTHERS]
        return {p.words for p in emerging(read, least_inspections=4, least_authorities=1)}

    assert not any("fenwold" in words for words in phrases("Fenwold", 1))
    assert "fenwold" in phrases("Fenwold", 3), "other bodies speak of it"
    assert "panels" in phrases("panels", 1), "it is written small"


@pytest.mark.parametrize(
    ("before", "since", "rises", "why"),
    [
        (0, 8, True, "it was not said before"),
        (8, 0, False, "it is not said any more"),
        (6, 6, False, "it is said as often"),
        (3, 4, False, "chance gives as much"),
    ],
)
def test_a_phrase_rises_beyond_chance(before: int, since: int, rises: bool, why: str) -> None:
    said = speaking("poverty", range(2010, 2010 + before))
    said += speaking("poverty", range(2018, 2018 + since))
    assert found(said, OTHERS * 10)["poverty"].rises is rises, why


def test_many_sentences_of_few_reports_are_no_rise() -> None:
    said = speaking("poverty", range(2010, 2016))
    many = [Sentence("Much poverty is there.", "i2018", "a2018", 2018, False)] * 40
    phrase = found(said, many, OTHERS * 10)["poverty"]
    assert phrase.rise > 3.84
    assert not phrase.rises


def test_too_few_inspections_or_authorities_are_not_enough() -> None:
    assert "poverty" not in found(POVERTY, least=9)
    one_body = [Sentence(s.text, s.inspection, "a", s.year, s.has_theme) for s in POVERTY]
    assert "poverty" not in found(one_body)


def test_a_longer_phrase_takes_the_place_of_its_parts() -> None:
    phrases = found(told("They ask about protected characteristics.", years=range(2015, 2024)))
    assert "protected characteristics" in phrases
    assert "characteristics" not in phrases


def test_a_phrase_that_fell_out_of_use_has_a_minus() -> None:
    old = found(told("They ask about the poll tax.", years=range(2010, 2016)))
    assert old["poll tax"].rise < 0


def test_nothing_gives_nothing() -> None:
    assert emerging([]) == []


@given(st.permutations(range(len(POVERTY + OTHERS))))
def test_the_order_of_sentences_does_not_matter(order: list[int]) -> None:
    sentences = POVERTY + OTHERS
    phrases = emerging([sentences[n] for n in order], least_inspections=4, least_authorities=4)
    plain = emerging(sentences, least_inspections=4, least_authorities=4)
    told_of = [(p.words, p.inspections, p.surplus, p.rise, len(p.sentences)) for p in phrases]
    assert told_of == [(p.words, p.inspections, p.surplus, p.rise, len(p.sentences)) for p in plain]


class TestCommand:
    """On the example reports, which two bodies give."""

    @pytest.fixture
    def ask(self, run: Run, examples_place: str) -> Run:
        return lambda *more: run("emerging", "--least", "2", "--store", examples_place, *more)

    def test_every_phrase_has_its_sentence(self, ask: Run) -> None:
        rows = json.loads(ask("--format", "json", "--examples", "2").stdout)
        assert len({row["phrase"] for row in rows}) > 10
        for row in rows:
            assert row["of"] == 11
            stems = " ".join(word.stem for word in words_of(row["words"]))
            assert " ".join(word.stem for word in words_of(row["phrase"])) in stems
            assert row["page"] >= 1

    def test_people_see_a_table_examples_and_how_much_was_read(self, ask: Run) -> None:
        answer = ask("--top", "3")
        assert "reports" in answer.stdout
        assert "“" in answer.stdout
        assert "11 inspections" in answer.stderr
        assert max(map(len, answer.stdout.splitlines())) <= 80

    def test_only_what_rises_is_shown_when_that_is_asked(self, ask: Run) -> None:
        # Eleven inspections are few: no phrase of the examples rises in sentences and reports alike.
        assert json.loads(ask("--least", "3", "--format", "json").stdout)
        assert json.loads(ask("--least", "3", "--rising", "--format", "json").stdout) == []
        assert "No phrase rises" in ask("--rising").stdout

    def test_no_names_and_no_function_words_are_phrases(self, ask: Run) -> None:
        rows = json.loads(ask("--least", "3", "--format", "json").stdout)
        words = {word for row in rows for word in row["phrase"].split()}
        assert not words & {
            "westmarch", "eastmere", "fenwold", "harnsea", "marlbeck", "what", "how", "why", "none",
            "recommendation", "recommendations", "according", "little", "third", "ago",
        }  # fmt: skip

    def test_sentences_of_other_days_are_left_out(self, ask: Run, examples: Store) -> None:
        days = [
            row["day"].value for row in examples.rows("SELECT ?day { ?i tg:inspectionDate ?day }")
        ]
        last = sorted(days)[5]
        rows = json.loads(ask("--until", last, "--format", "json").stdout)
        assert {row["of"] for row in rows} == {6}
        since = json.loads(ask("--since", last, "--format", "json").stdout)
        assert {row["of"] for row in since} == {6}

    def test_a_period_without_inspections_is_said(self, ask: Run) -> None:
        assert "No phrase comes back" in ask("--since", "2040-01-01").stdout
