"""Three small reports about councils that do not exist, their graph, and a command-line runner."""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from hypothesis import HealthCheck, settings

from themegraph.cli import cli
from themegraph.derivation.derive import derive
from themegraph.graph.build import build_report
from themegraph.graph.store import Store
from themegraph.load import load_reports
from themegraph.loaders.inputs import expand
from themegraph.model import (
    Authority,
    Evidence,
    Finding,
    Inspector,
    Item,
    Judgement,
    Polarity,
    PreviousJudgement,
    Recommendation,
    RecommendationSource,
    Report,
    Section,
    Source,
    Span,
    Statistic,
    ThemeTag,
)
from themegraph.ontology import vocab

Once = Callable[[str | Path, Callable[[Path], object]], Path]

# How long a test takes says something about the machine: it never fails one.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

EXAMPLES = Path(str(files("themegraph.examples").joinpath("reports")))
NORTHMERE = Authority("northmere", "Northmere", printed="Northmere County Council")
SOUTHFELL = Authority("southfell", "Southfell", partnership="Southfell Safeguarding Partnership")

SIF_PAGES = (
    """Northmere County Council
The overall judgement is inadequate
Children who need help and protection: inadequate
Recommendations
1. Make sure that managers see every child's plan.
• once a month
• and before each review
2. Visit privately fostered children on time.""",
    """What inspectors found
7. Managers do not see plans often enough. Drift is common. (Recommendation 1)
8. There are 41 children in "private" fostering, and 12 were not visited. (Recommendation)
Leadership
9. Leaders know the service's weaknesses.""",
)
ILACS_PAGES = (
    """Northmere children's services
Overall effectiveness: requires improvement to be good
In 2016, the overall judgement was inadequate.
What needs to improve
Oversight by managers, which paragraph 3 describes.
Main findings
3. Oversight by managers is better and still varies. Some children wait.""",
)
VISIT_PAGES = (
    """Dear director
This letter follows a visit to Southfell.
Staff are proud of their work.
Staff are proud of their work.
The front door responds quickly.""",
)


@dataclass(frozen=True)
class Pages:
    """The pages of a report as one text, and where words stand in it."""

    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def starts(self) -> tuple[int, ...]:
        lengths = [len(page) + 1 for page in self.pages]
        return tuple(sum(lengths[:n]) for n in range(len(lengths)))

    def span(self, words: str, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words), bisect.bisect_right(self.starts, start))

    def finding(
        self, number: int | None, section: str, *sentences: str, **facts: object
    ) -> Finding:
        after = int(str(facts.pop("after", 0)))
        spans = [self.span(sentence, after) for sentence in sentences]
        tags: Sequence[ThemeTag] = facts.get("themes", ())  # type: ignore[assignment]
        said = tuple(tag.id for tag in tags)
        evidence = tuple(
            Evidence(s, at, themes=said) for s, at in zip(sentences, spans, strict=True)
        )
        span = Span(spans[0].start, spans[-1].end, spans[0].page)
        return Finding(number, section, " ".join(sentences), span, evidence=evidence, **facts)  # type: ignore[arg-type]


def source_of(name: str, pages: Pages, media_type: str = "application/pdf") -> Source:
    digest = hashlib.sha256(pages.text.encode()).hexdigest()
    return Source(name, digest, media_type, len(pages.pages))


def sif_report() -> Report:
    p = Pages(SIF_PAGES)
    told = 'There are 41 children in "private" fostering, and 12 were not visited.'
    return Report(
        source=source_of("2016-northmere.pdf", p),
        title="Inspection of services for children in Northmere",
        report_type="sif",
        authority=NORTHMERE,
        inspection_start=dt.date(2016, 3, 7),
        inspection_end=dt.date(2016, 3, 31),
        published=dt.date(2016, 6, 1),
        published_source="printed",
        text=p.text,
        page_starts=p.starts,
        framework="sif",
        inspectors=(
            Inspector("Ada Pell", "lead", "Ofsted"),
            Inspector("Ben O’Shaw", "team", "Ofsted"),
        ),
        judgements=(
            Judgement("overall", "inadequate", *_quoted(p, "The overall judgement is inadequate")),
            Judgement(
                "help-and-protection",
                "inadequate",
                *_quoted(p, "Children who need help and protection: inadequate"),
            ),
        ),
        sections=(
            Section("Recommendations", "recommendations", p.span("Recommendations")),
            Section("What inspectors found", "findings", p.span("What inspectors found")),
            Section("Leadership", "findings", p.span("Leadership")),
        ),
        recommendations=(
            Recommendation(
                1,
                "recommendations",
                "Recommendations",
                "Make sure that managers see every child's plan.",
                p.span("Make sure that managers see every child's plan."),
                items=tuple(
                    Item(words, p.span(words))
                    for words in ("once a month", "and before each review")
                ),
                themes=(ThemeTag("management-oversight"),),
            ),
            Recommendation(
                2,
                "recommendations",
                "Recommendations",
                "Visit privately fostered children on time.",
                p.span("Visit privately fostered children on time."),
                repeated=True,
            ),
        ),
        findings=(
            p.finding(
                7,
                "What inspectors found",
                "Managers do not see plans often enough.",
                "Drift is common.",
                recommendation_marker=True,
                cites=(1,),
                polarity="weakness",
                themes=(ThemeTag("management-oversight", "weakness"),),
            ),
            p.finding(
                8,
                "What inspectors found",
                told,
                recommendation_marker=True,
                services=("private-fostering-function",),
            ),
            p.finding(
                9,
                "Leadership",
                "Leaders know the service's weaknesses.",
                polarity="strength",
                themes=(ThemeTag("self-evaluation", "strength"),),
            ),
        ),
        statistics=(
            Statistic(
                41, "children", "children in private fostering", "2016-01-31", *_quoted(p, told)
            ),
            Statistic(12, "children", "children not visited", "2016", *_quoted(p, told)),
        ),
    )


def ilacs_report() -> Report:
    p = Pages(ILACS_PAGES)
    return Report(
        source=source_of("2021-northmere.pdf", p),
        title="Inspection of Northmere children's services",
        report_type="ilacs",
        authority=NORTHMERE,
        inspection_start=dt.date(2021, 9, 6),
        inspection_end=dt.date(2021, 9, 17),
        published=dt.date(2021, 11, 2),
        published_source="file-name",
        text=p.text,
        page_starts=p.starts,
        framework="ilacs-2018",
        periods=(
            (dt.date(2021, 9, 6), dt.date(2021, 9, 10)),
            (dt.date(2021, 9, 13), dt.date(2021, 9, 17)),
        ),
        inspectors=(Inspector("Ada Pell", "lead"),),
        other_people=(Inspector("Cy Dunn", "quality-assurance"),),
        judgements=(
            Judgement(
                "overall",
                "requires-improvement",
                *_quoted(p, "Overall effectiveness: requires improvement to be good"),
            ),
        ),
        previous_judgements=(
            PreviousJudgement(
                "overall",
                "inadequate",
                "2016",
                *_quoted(p, "In 2016, the overall judgement was inadequate."),
            ),
        ),
        sections=(
            Section("What needs to improve", "recommendations", p.span("What needs to improve")),
            Section("Main findings", "findings", p.span("Main findings")),
        ),
        recommendations=(
            Recommendation(
                None,
                "what-needs-to-improve",
                "What needs to improve",
                "Oversight by managers, which paragraph 3 describes.",
                p.span("Oversight by managers, which paragraph 3 describes."),
                points_to=(3,),
                framework_reference="outcome-4",
            ),
        ),
        findings=(
            p.finding(
                3,
                "Main findings",
                "Oversight by managers is better and still varies.",
                "Some children wait.",
                polarity="mixed",
                themes=(ThemeTag("management-oversight", "mixed"),),
            ),
        ),
    )


def visit_report() -> Report:
    p = Pages(VISIT_PAGES)
    twice = "Staff are proud of their work."
    second = p.span(twice).end
    return Report(
        source=source_of("2019-southfell.md", p, "text/markdown"),
        title="Focused visit to Southfell",
        report_type="focused-visit",
        authority=SOUTHFELL,
        inspection_start=dt.date(2019, 5, 14),
        inspection_end=dt.date(2019, 5, 15),
        published=None,
        published_source=None,
        text=p.text,
        page_starts=p.starts,
        framework="focused-visit",
        dates_inferred=True,
        inspectors=(Inspector("Ada Pell", "lead"),),
        findings=(
            p.finding(None, "(summary)", twice),
            p.finding(None, "(summary)", twice, after=second),
            p.finding(
                None,
                "(summary)",
                "The front door responds quickly.",
                polarity="strength",
                services=("front-door",),
            ),
        ),
        warnings=('heading not known: "Dear director"',),
    )


#: What small reports speak of.
THEME = "supervision"
LETTERS: dict[str, Polarity] = {"S": "strength", "W": "weakness", "M": "mixed", "N": "neutral"}


def make_small_report(
    body: str,
    day: str,
    kind: str = "ilacs",
    findings: Sequence[str] = (),
    *,
    asks: Sequence[str] = (),
    source: RecommendationSource = "recommendations",
) -> Report:
    """A report on ``body`` of a ``day`` ("" for none).

    A finding is what it says of supervision (S W M N; - for nothing, then it has no theme) and,
    after it, what each of its sentences says by itself; a small letter for one without a theme.
    So "MSw" is a mixed finding whose second sentence finds fault and has no theme. ``asks`` are the
    themes of what is recommended, "" for none.
    """
    name = f"{body} {day} {kind}"
    text = ""

    def add(words: str) -> tuple[str, Span]:
        nonlocal text
        start = len(text)
        text += f"{words}\n"
        return words, Span(start, start + len(words), 1)

    made = []
    for number, letters in enumerate(findings, 1):
        stance = LETTERS.get(letters[0])
        told = []
        for place, letter in enumerate(letters[1:] or letters):
            words, span = add(f"{name}: sentence {place} of finding {number} says {letter}.")
            themes = (THEME,) if letter.isupper() else ()
            told.append(Evidence(words, span, LETTERS.get(letter.upper()), themes))
        whole = Span(told[0].span.start, told[-1].span.end, 1)
        tags = (ThemeTag(THEME, stance, whole, "network-1", 0.9),) if stance else ()
        words = whole.of(text)
        made.append(
            Finding(number, "Findings", words, whole, polarity=stance or "neutral", themes=tags,
                    evidence=tuple(told))
        )  # fmt: skip
    asked = []
    for number, theme in enumerate(asks, 101):
        words, span = add(f"{name}: recommendation {number} asks for {theme or 'something'}.")
        tags = (ThemeTag(theme, "weakness", span, "network-1", 0.9),) if theme else ()
        asked.append(Recommendation(number, source, "Asked", words, span, themes=tags))
    first = dt.date.fromisoformat(day) if day else None
    return Report(
        source=Source(f"{name}.md", _digest_of(name + text), "text/markdown", 1),
        title=name,
        report_type=kind,  # type: ignore[arg-type]
        authority=Authority(body, body.title()),
        inspection_start=first,
        inspection_end=None,
        published=None,
        published_source=None,
        text=text or "Nothing.",
        page_starts=(0,),
        framework=vocab.framework_for(kind, first),
        findings=tuple(made),
        recommendations=tuple(asked),
    )


def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _quoted(pages: Pages, words: str) -> tuple[str, Span]:
    return words, pages.span(words)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --regenerate`` writes the expected files anew; review them as a diff."""
    parser.addoption("--regenerate", action="store_true", help="write the expected files anew")


@pytest.fixture(scope="session")
def reports() -> tuple[Report, Report, Report]:
    """A SIF and an ILACS report on Northmere, and a visit to Southfell."""
    return with_words(sif_report()), with_words(ilacs_report()), with_words(visit_report())


def with_words(report: Report) -> Report:
    """``report`` with every theme told by the whole of its passage, as a tagger would tell it."""

    def tags(item: Finding | Recommendation) -> tuple[ThemeTag, ...]:
        return tuple(
            ThemeTag(tag.id, tag.polarity or "weakness", item.span, "network-2", 0.9)
            for tag in item.themes
        )

    return replace(
        report,
        findings=tuple(replace(f, themes=tags(f)) for f in report.findings),
        recommendations=tuple(replace(r, themes=tags(r)) for r in report.recommendations),
    )


@pytest.fixture(scope="session")
def store(reports: tuple[Report, ...]) -> Iterator[Store]:
    """The three reports with the vocabularies, in memory; to be read only."""
    with Store(":memory:", write=True) as filled:
        filled.write_vocabulary()
        for report in reports:
            filled.replace_report(build_report(report))
        derive(filled)
        yield filled


@pytest.fixture(scope="session")
def small_report() -> Callable[..., Report]:
    """Makes small reports on supervision: see make_small_report."""
    return make_small_report


@pytest.fixture
def small_store() -> Callable[..., Store]:
    """Makes a store in memory of small reports, with what follows from them."""

    def fill(*reports: Report) -> Store:
        filled = Store(":memory:", write=True)
        filled.write_vocabulary()
        for report in reports:
            filled.replace_report(report)
        derive(filled)
        return filled

    return fill


@pytest.fixture(scope="session")
def examples_folder() -> Path:
    """The folder with the example reports and the tables beside them."""
    return EXAMPLES


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Make a folder once for all the processes of a run of the tests: ``once(name, make)``.

    The first makes it, while the others wait; a name is looked for among the run's temporary
    folders. ``make`` is given the path of a folder that is not there yet.
    """
    own = tmp_path_factory.getbasetemp()
    top = own if worker_id == "master" else own.parent

    def made(name: str | Path, make: Callable[[Path], object]) -> Path:
        folder = top / name
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                unfinished = folder.with_name(f"{folder.name}.unfinished")
                shutil.rmtree(unfinished, ignore_errors=True)  # left by one that failed
                make(unfinished)
                unfinished.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def examples_place(once: Once) -> str:
    """A folder with the example reports that ship with the package, read, tagged and compared."""

    def fill(place: Path) -> None:
        with Store(place, write=True) as filled:
            done = list(load_reports(filled, list(expand([str(EXAMPLES)]))))
        assert {file.became for file in done} == {"added"}

    return str(once("examples", fill))


@pytest.fixture(scope="session")
def examples(examples_place: str) -> Iterator[Store]:
    """The store with the example reports; to be read only."""
    with Store(examples_place) as filled:
        yield filled


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in this process: ``run("query", "--list")``.

    What a command says when it takes long is left out: it would hang on how busy the machine is.
    """
    monkeypatch.setattr("themegraph.commands.console.PATIENCE_SECONDS", 600)

    def invoke(*arguments: str, text: str | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=text, catch_exceptions=False)

    return invoke
