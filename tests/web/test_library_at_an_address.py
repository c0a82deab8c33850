"""A library at the address of a service answers as it does from the store that is served."""

from __future__ import annotations

import themegraph


def test_stories_and_networks_come_from_afar(address: str, examples_place: str) -> None:
    with (
        themegraph.open(f"{address}/sparql") as afar,
        themegraph.open(examples_place) as here,
    ):
        for ask in (
            lambda lib: lib.reports().rows,
            lambda lib: lib.trace("private-fostering", "westmarch").rows,
            lambda lib: lib.search("private fostering").rows,
            lambda lib: sorted(lib.network(theme="supervision", everything=True).edges),
        ):
            assert ask(afar) == ask(here)
        graph = afar.query("CONSTRUCT { ?r a tg:Report } WHERE { ?r a tg:Report }")
        assert len(graph) == 11  # type: ignore[arg-type]
