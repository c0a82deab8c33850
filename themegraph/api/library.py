"""The whole product from Python: a library of reports, open to be asked.

>>> library  # doctest: +ELLIPSIS
<Library '...': 11 reports on 2 bodies>
>>> for row in library.query("judgement-history", authority="eastmere"):
...     print(row["date"], row["area"], row["grade"], row["page"])  # doctest: +ELLIPSIS
2019-03-11 ...

Things are named as on the command line, by id, name or IRI. An answer is rows under columns, which
pandas and polars take; in a notebook it shows itself.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from themegraph.errors import ComparisonError, ExportError, StoreError

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset, Graph

    from themegraph.graph.store import Store
    from themegraph.networks.asked import Asked
    from themegraph.networks.read import Network
    from themegraph.networks.view import Picture
    from themegraph.queries.answer import Answer
    from themegraph.queries.comparison import Comparison
    from themegraph.queries.following import FollowUp
    from themegraph.queries.recurring import Recurring, Themes
    from themegraph.queries.report import StoredReport
    from themegraph.queries.story import Story
    from themegraph.queries.turning import TurnedAround
    from themegraph.search.passages import Passages
    from themegraph.subgraph.piece import Piece

#: A day, month or year: a date, "2018-05-17", "2018-05", "2018" or 2018.
Day = dt.date | str | int
#: How to ask for ties that may be chance.
_ALL = "everything=True"


class Library:
    """Reports to be asked: what :func:`themegraph.open` gives.

    It can be used in a ``with`` statement, or kept as long as it is needed; until it is closed
    nobody else can write to the folder of its store.
    """

    def __init__(self, store: Store, *, may_write: bool = False) -> None:
        self._store: Store | None = store
        self._may_write = may_write
        self._place = store.place
        self._is_filled = False

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store, so that others may write to it."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def store(self) -> Store:
        """The store itself. Raises StoreError once the library is closed."""
        if self._store is None:
            raise StoreError(f"{self._place}: is closed. Open it again: themegraph.open(…)")
        return self._store

    @property
    def _filled(self) -> Store:
        """The store, which holds a report. Raises StoreError for one that holds none."""
        from themegraph.queries.emptiness import refuse_empty

        if not self._is_filled:
            refuse_empty(self.store)
            self._is_filled = True
        return self.store

    def load(self, *paths: str | Path, jobs: int = 1) -> Answer:
        """Read reports into the store (opened with ``write=True``): files, folders, globs, zips or
        addresses, as ``themegraph load`` does. Says what became of each; a file that cannot be
        read does not stop the others.

        Warns of rows of a corrections.csv that cannot be understood. Raises StoreError where the
        store was opened to be read, or cannot be written.
        """
        from themegraph.load import load_reports
        from themegraph.loaders.inputs import expand
        from themegraph.queries.answer import Answer
        from themegraph.reading import reader_for

        if not self._may_write:
            raise StoreError(
                f"{self._place}: opened to be read. To load reports open it with write=True."
            )
        files = list(expand(map(str, paths)))
        reader = reader_for(files)
        done = list(load_reports(self.store, files, jobs=jobs, reader=reader))
        held = self.store.reports().values()
        for words in (*map(str, reader.corrections.bad), *reader.without_report(held)):
            warnings.warn(words, stacklevel=2)
        rows = ((file.origin, file.became, file.reason, file.warnings) for file in done)
        return Answer(("origin", "became", "reason", "warnings"), tuple(rows))

    def query(self, name_or_sparql: str | Path, /, **parameters: object) -> Answer | bool | Graph:
        """The answer to a named question (``themegraph query --list``) or to any SPARQL.

        SELECT gives an answer with rows, ASK yes or no, CONSTRUCT and DESCRIBE an ``rdflib.Graph``.
        A ``Path`` names a file with a question. Prefixes such as ``tg:`` need not be declared.
        ``parameters`` are those of the question or, in other SPARQL, values for variables of its
        outermost pattern.

        >>> library.query("ASK { ?report a tg:Report }")
        True
        >>> visit = library.report("westmarch-2018-06-19-focused-visit")
        >>> len(library.query("SELECT ?f { ?report tg:hasFinding ?f }", report=visit.iri))
        10

        Raises QueryError: unknown question, missing parameter, SPARQL that cannot be read.
        """
        from themegraph.queries.put import put

        return put(self.store, name_or_sparql, parameters)

    def reports(self) -> Answer:
        """Every report: its body, kind, dates, title, file and key.

        >>> library.reports().columns[:6]
        ('body', 'name', 'inspection_type', 'kind', 'start', 'end')
        """
        from themegraph.queries import ask

        return ask(self._filled, "reports-list")

    def authorities(self) -> Answer:
        """The bodies that were inspected, and how often.

        >>> for row in library.authorities():
        ...     print(row["authority"], row["region"], row["inspections"])
        eastmere Example region 2
        westmarch Example region 9
        """
        from themegraph.queries.bodies import list_bodies

        return list_bodies(self._filled)

    def themes(self) -> Themes:
        """The themes that there are, each with its id and the group it stands in.

        >>> next(row for row in library.themes() if row["id"] == "private-fostering")["label"]
        'Private fostering'
        """
        from themegraph.queries.recurring import list_themes

        return list_themes()

    def report(self, key: str) -> StoredReport:
        """One report by its key (see :meth:`reports`) or IRI.

        >>> report = library.report("westmarch-2018-06-19-focused-visit")
        >>> report.body, str(report.start), len(report.findings)
        ('Westmarch', '2018-06-19', 10)

        Raises QueryError for a key that the store does not know; the message says how to find it.
        """
        from themegraph.queries.report import find_report

        return find_report(self.store, key)

    def trace(self, theme: str, authority: str | None = None) -> Story:
        """The story of a theme: every inspection in order of time, and its passages word for word.

        A row for each passage, or for each inspection that has none.

        >>> story = library.trace("private-fostering", "westmarch")
        >>> print(" → ".join(dict.fromkeys(row["status"] for row in story)))
        weakness → not-looked-at → strength
        """
        from themegraph.queries.story import tell_story

        return tell_story(self._filled, theme, authority)

    def recurring(
        self,
        authority: str | None = None,
        *,
        region: str | None = None,
        theme: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        stance: str = "any",
    ) -> Recurring:
        """Which themes come back: with an authority inspection by inspection, without in how many
        inspections of those that could have spoken of them.

        ``stance`` (any, weakness, strength or recommended) takes themes that were ever found so.

        >>> (row,) = library.recurring(theme="private-fostering", kind="ilacs")
        >>> row["label"], row["weak"] + row["mixed"], "of", row["of"]
        ('Private fostering', 2, 'of', 5)
        """
        from themegraph.queries.narrowing import period
        from themegraph.queries.recurring import recurring_themes

        return recurring_themes(
            self._filled,
            authority=authority,
            region=region,
            theme=theme,
            kind=kind,
            stance=stance,
            **period(since, until),
        )

    def compare(
        self,
        authority: str,
        *others: str,
        neighbours: bool = False,
        region: bool = False,
        theme: str | None = None,
    ) -> Comparison:
        """How themes stand in an authority and in others, by the last inspection that judged them:
        in the others named, in its statistical ``neighbours``, or in the bodies of its ``region``.

        >>> compared = library.compare("westmarch", "eastmere", theme="supervision")
        >>> [(row["name"], str(row["date"])) for row in compared]
        [('Eastmere', '2023-09-18'), ('Westmarch', '2026-05-11')]
        """
        from themegraph.queries.comparison import compare_bodies

        if sum((bool(others), neighbours, region)) != 1:
            raise ComparisonError(
                "Say in one way whom to compare with: name other authorities, or give "
                "neighbours=True or region=True."
            )
        return compare_bodies(self._filled, authority, others, neighbours=neighbours, theme=theme)

    def follow_up(
        self, authority: str, report: str | None = None, outcome: str | None = None
    ) -> FollowUp:
        """What became of recommendations: all, those of one report, or those with one outcome.

        A row for each later passage, or for each later inspection that says nothing of it.

        >>> found = library.follow_up("westmarch", "westmarch-2017-02-27-sif-reinspection")
        >>> len(found.asked), found.asked[0]["number"]
        (11, 1)
        """
        from themegraph.queries.following import follow_up

        return follow_up(self._filled, authority, report, outcome)

    def turned_around(self, theme: str, region: str | None = None) -> TurnedAround:
        """Who had a weakness and later did not, with a passage of both inspections.

        >>> found = library.turned_around("management-oversight")
        >>> found.turned, found.judged
        (1, 2)
        """
        from themegraph.queries.turning import turned_around

        return turned_around(self._filled, theme, region)

    def search(
        self,
        words: str,
        *,
        authority: str | None = None,
        kind: str = "",
        stance: str = "",
        order: str = "best",
        most: int | None = None,
    ) -> Passages:
        """Passages that use all ``words``, in any form, and why each was found.

        "A phrase" in quotation marks is found as it stands, ``begin*`` finds what begins so,
        ``-word`` leaves out, and OR lets either of two do. ``kind`` is finding or recommendation.

        >>> library.search('"private fostering" arrangements', order="oldest").total > 0
        True
        """
        from themegraph.search.passages import search_passages

        return search_passages(
            self._filled,
            words,
            authority=authority,
            kind=kind,
            stance=stance,
            order=order,
            most=most,
        )

    def network(
        self,
        what: str = "themes",
        *,
        theme: str | None = None,
        authority: str | None = None,
        region: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        stance: str = "any",
        everything: bool = False,
        depth: int = 1,
    ) -> nx.Graph:
        """Which themes, or which authorities, belong together, as a ``networkx.Graph``.

        Nodes are IRIs. Each has ``label``, ``strength`` (what its ties weigh), ``betweenness`` (the
        share of shortest ways between others that lead over it) and ``community`` (a number); a
        theme also ``group`` and ``findings``, an authority ``themes``, how many are weak there.

        Edges have ``weight`` and ``passages``, the IRIs of the passages they stand for. Between
        themes ``weight`` is how many findings speak of both, ``jaccard`` their share of those that
        speak of either, and ``lift`` how many times more they are than chance would give. Between
        authorities ``weight`` is how alike what is weak in the two is (cosine), ``themes`` are
        those that are weak in both, ``by_theme`` has the passages of each, and ``chance`` is how
        likely so many would be shared by chance. The graph itself has ``words``: out of how much it
        is or, where it has no ties, why.

        Only ties that stand out from chance are there, unless ``everything`` is asked for. The
        other arguments narrow it; ``depth=2`` also takes what is tied to what ``theme`` is tied to.

        >>> graph = library.network(theme="supervision", everything=True)
        >>> graph.nodes["https://w3id.org/themegraph/vocab/theme/supervision"]["label"]
        'Supervision'
        """
        from themegraph.networks import told
        from themegraph.networks.asked import Asked
        from themegraph.queries.narrowing import period

        days = period(since, until)
        asked = Asked(theme, authority, region, kind, stance, everything, depth, **days)
        found, why = self._network(what, asked)
        found.graph.graph["words"] = why or told.denominators(found, what)
        return found.graph

    def view(
        self,
        what: str = "themes",
        *,
        theme: str | None = None,
        authority: str | None = None,
        region: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        stance: str = "any",
        everything: bool = False,
        depth: int = 1,
    ) -> Picture:
        """The network of the same arguments as an interactive picture, which a notebook shows and
        ``.save("picture.html")`` writes as one file that can be mailed.

        Raises ExportError where there are no ties to draw: the message says why.
        """
        from themegraph.networks.asked import Asked
        from themegraph.networks.view import picture_of
        from themegraph.queries.narrowing import period

        days = period(since, until)
        asked = Asked(theme, authority, region, kind, stance, everything, depth, **days)
        found, why = self._network(what, asked)
        if why:
            raise ExportError(why)
        return picture_of(found, what, asked)

    def _network(self, what: str, asked: Asked) -> tuple[Network, str]:
        """The network that is asked for, and why it has no ties where it has none."""
        from themegraph.networks import told
        from themegraph.networks.asked import find

        found, nobody = find(self._filled, what, asked)
        why = "" if found.graph.edges else nobody or told.why_none(found, what, asked, _ALL)
        return found, why

    def export(
        self,
        path: str | Path,
        form: str | None = None,
        *,
        table: str | None = None,
        vocabulary: bool | None = None,
        since: Day | None = None,
        until: Day | None = None,
        depth: int = 0,
        construct: str = "",
        **chosen: str | Sequence[str],
    ) -> Piece:
        """Write the graph, or a piece of it that stands on its own, for other tools.

        ``form`` is a format of ``themegraph export --list``; without it the ending of ``path``
        tells. ``chosen`` says what is meant, each by one name or several: reports, authorities,
        regions, frameworks, kinds, themes, services, stances or iris. See
        :class:`themegraph.subgraph.selection.Selection` for what they mean together.

        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "fostering.csv")
        ...     piece = library.export(path, themes="private-fostering", since=2018)
        ...     path.read_text(encoding="utf-8").startswith('"authority","region"')
        True
        >>> piece.selection.words()
        'theme private-fostering; since 2018-01-01'

        Raises ExportError where nothing is meant, for an unknown format, and for a file that cannot
        be written.
        """
        from themegraph.api.exporting import select, write

        selection = select(chosen, since, until, depth=depth, construct=construct)
        return write(self.store, selection, path, form, table=table, vocabulary=vocabulary)

    def as_rdflib(self) -> Dataset:
        """The store as an ``rdflib.Dataset`` whose default graph is the union of all graphs."""
        dataset: Dataset = self.store.as_rdflib()
        return dataset

    def as_objects(self, *keys: str) -> Any:
        """Reports (none named: all) as Python objects in an owlready2 ``World``; a copy."""
        from themegraph.graph.objects import as_objects

        return as_objects(self.store, *keys)

    def __repr__(self) -> str:
        return f"<Library {self._place!r}: {self._held()}>"

    def _held(self) -> str:
        """How much it holds, in words."""
        from themegraph.counting import counted
        from themegraph.queries.bodies import list_bodies

        if self._store is None:
            return "closed"
        bodies = list_bodies(self._store)
        reports = sum(row["inspections"] for row in bodies)
        held = f"{counted(reports, 'report')} on {counted(len(bodies), 'body', 'bodies')}"
        return held if bodies.rows else "no report"
