"""A network as a reader asks for it, by names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themegraph.networks.read import Network, read_network
from themegraph.queries.emptiness import no_report
from themegraph.rows import given

if TYPE_CHECKING:
    from themegraph.graph.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What a network is narrowed to, as :func:`read_network` says; days as in ISO 8601."""

    theme: str | None = None
    authority: str | None = None
    region: str | None = None
    kind: str | None = None
    stance: str = "any"
    everything: bool = False
    depth: int = 1
    since: str | None = None
    until: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anything out, but for ties that may be chance."""
        only = (self.theme, self.authority, self.region, self.kind, self.since, self.until)
        return any(only) or self.stance != "any"


def find(store: Store, what: str, asked: Asked) -> tuple[Network, str]:
    """The network of "themes" or "authorities" in ``store``, and a sentence where it has no ties
    because there is no report about the authority (otherwise "").

    Raises QueryError for a name that the store does not know, and for what cannot be asked for.
    """
    found = read_network(
        store,
        what,
        given({name: getattr(asked, name) for name in ("region", "kind", "since", "until")}),
        theme=asked.theme,
        authority=asked.authority,
        stance=asked.stance,
        everything=asked.everything,
        depth=asked.depth,
    )
    return found, "" if found.graph.edges else no_report(store, asked.authority)
