"""What is said of a network: its title, out of how much it is, and why it has no ties."""

from __future__ import annotations

from themegraph.counting import counted
from themegraph.networks.asked import Asked
from themegraph.networks.read import Network

_LEAST_BODIES = 3


def title_of(what: str, asked: Asked) -> str:
    """What a picture of the network shows."""
    kind = {"any": "", "weakness": " weak", "strength": " strong"}[asked.stance]
    words = f"Which{kind} themes belong together" if what == "themes" else "Who shares weaknesses"
    of = [f"around {asked.theme}"] if asked.theme else []
    of += [f"in {place}" for place in (asked.authority, asked.region) if place]
    return " ".join((words, *of))


def denominators(read: Network, what: str) -> str:
    """Out of how much a network is."""
    kinds = "findings" if what == "themes" else "findings and recommendations"
    return (
        f"{counted(read.graph.number_of_edges(), 'tie')} of {read.ties:,}, from "
        f"{read.passages:,} of {read.read:,} {kinds} of "
        f"{counted(read.inspections, 'inspection')} of {counted(read.bodies, 'body', 'bodies')}."
    )


def why_none(found: Network, what: str, asked: Asked, to_have_all: str) -> str:
    """Why a network has no ties, and what to try; ``to_have_all`` is how to ask for those too that
    may be chance.
    """
    filtered = asked.is_narrowed
    tries = ["fewer filters"] if filtered else []
    ties = f"of {counted(found.ties, 'tie')}"
    if not found.inspections:
        left = "left by these filters" if filtered else "in the store"
        why = f"no inspection that speaks of a theme is {left}"
    elif what == "authorities" and found.bodies < _LEAST_BODIES:
        why = (
            "a network of authorities needs at least three bodies, since a weakness that everybody "
            f"has ties nobody; here {'is' if found.bodies == 1 else 'are'} {found.bodies}"
        )
    elif found.ties and not asked.everything:
        why = f"{ties} none stands out from chance"
        tries = [to_have_all, *tries]
    elif found.ties:
        why = f"{ties} none is of what was asked for"
    elif what == "themes":
        why = "no finding speaks of two themes"
    else:
        why = "no two authorities have a weakness that not everybody has"
    remedy = f" Try {', or '.join(tries)}." if tries else ""
    return f"No ties: {why}.{remedy}"
