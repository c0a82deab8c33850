"""From a name as printed to the body inspected.

The register of bodies and of the trusts and companies that run services for them is that of the
ontology. The longest name of the register that stands in the printed words wins, so that "North
Yorkshire" is not "York".
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from themegraph.ids import slug
from themegraph.loaders.rules import fold
from themegraph.model import Authority
from themegraph.ontology.register import Delivery, RegisteredAuthority, authorities, deliveries

_STYLE = re.compile(
    r"\b(?:the|(?:royal |london |metropolitan )?borough of|county of|city of"
    r"|council|county|city|metropolitan|district|borough|unitary|authority|local"
    r"|children's services"
    r"|children's social care services|services|corporation|of)\b",
    re.IGNORECASE,
)
#: Words that make another name of the one behind them.
_LONGER_NAME = re.compile(r"\b(?:north|south|east|west|mid|central|greater|new|old|upper|lower) $")
#: Where Ofsted sits, which letterheads print.
_ADDRESS = re.compile(
    r"Piccadilly Gate.{0,40}?Manchester|Aviation House.{0,40}?London|Clive House.{0,40}?London"
    r"|Rivergate.{0,60}?Bristol|Agora.{0,60}?Nottingham"
)
_CITY_OF_LONDON = re.compile(r"\bcity of london\b")


#: A body whose name another bears today, and the first day on which the name is the other's.
_NAMESAKES = {"dorset": ("dorset-county", dt.date(2019, 4, 1))}


def _plain(text: str) -> str:
    """Text in which the spellings of a name agree: "St. Helens", "Stockton-on-Tees", "Bath & "."""
    return " ".join(fold(text).replace("&", " and ").replace(".", "").replace("-", " ").split())


def _printed_names(body: RegisteredAuthority) -> set[str]:
    """The names a body goes by in print, spelt plainly."""
    name = re.sub(r", (?:City|County) of$", "", body.name)
    return {_plain(other) for other in (name, *body.also_known_as)}


@cache
def _names() -> tuple[tuple[re.Pattern[str], RegisteredAuthority], ...]:
    bodies = {body.id: body for body in authorities()}
    namesakes = {former for former, _ in _NAMESAKES.values()}
    pairs = [
        (name, body)
        for body in bodies.values()
        if body.id not in namesakes
        for name in _printed_names(body)
    ]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((re.compile(rf"\b{re.escape(name)}\b"), body) for name, body in pairs)


@cache
def _deliverers() -> tuple[tuple[str, Delivery], ...]:
    return tuple(
        (fold(name), d)
        for d in deliveries()
        for name in (d.name, *d.also_known_as)
        if len(name) > 4
    )


def find_body(text: str) -> RegisteredAuthority | None:
    """The body whose name, the longest of the register, stands in ``text``."""
    plain = _plain(text)
    if _CITY_OF_LONDON.search(plain):
        return next(body for body in authorities() if body.id == "city-of-london")
    return next((body for pattern, body in _names() if _stands(pattern, plain)), None)


def _stands(pattern: re.Pattern[str], plain: str) -> bool:
    """Whether a name stands in the words, and not as part of a longer one ("East Surrey")."""
    return any(not _LONGER_NAME.search(plain[: m.start()]) for m in pattern.finditer(plain))


def _places(context: str) -> str:
    """The words of running text that may name a place: those with a capital, without addresses."""
    said = _ADDRESS.sub(" ", context)
    return re.sub(r"\b(?!(?:and|of|on|upon|the|in)\b)[a-z][\w’'-]*", "/", said)


def resolve(printed: str, context: str = "", day: dt.date | None = None) -> Authority | None:
    """The authority that ``printed`` names (a title, a heading). Where it names none, ``context``
    (the first sentences) is searched. ``day`` is when it was inspected: a name may have passed from
    one body to another. An unknown name is kept as printed, with an id made of it.

    Returns None when there is neither a known name nor a printed one.
    """
    body = find_body(printed)
    delivery = _delivery(printed, body) or _delivery(context, body)
    if body is None and delivery is not None:
        body = next(b for b in authorities() if b.id == delivery.authority)
    body = body or find_body(_places(context))
    if body is None:
        name = bare_name(printed)
        return Authority(slug(name), name, printed=printed) if name else None
    body = _at(body, day)
    runs = delivery is not None and delivery.authority == body.id
    return Authority(
        body.id,
        body.name,
        body.urn,
        body.gss,
        printed=printed or None,
        delivered_by=delivery.name if runs and delivery else None,
    )


def _at(body: RegisteredAuthority, day: dt.date | None) -> RegisteredAuthority:
    """The body that bore the name on ``day``."""
    former, since = _NAMESAKES.get(body.id, ("", dt.date.min))
    if day is None or day >= since:
        return body
    return next(b for b in authorities() if b.id == former)


def _delivery(text: str, body: RegisteredAuthority | None) -> Delivery | None:
    """The trust or company named in ``text``; one that serves several councils, for ``body``."""
    folded = fold(text)
    named = [d for name, d in _deliverers() if name in folded]
    if body is not None:
        return next((d for d in named if d.authority == body.id), None)
    return named[0] if named else None


def name_key(name: str) -> str:
    """What is the same for every way to write the name of a body: "The County of Westmarch",
    "Westmarch County Council", "westmarch".
    """
    return _plain(bare_name(name))


def bare_name(printed: str) -> str:
    """A printed name without the words that only say what kind of council it is."""
    plain = _STYLE.sub(" ", printed.replace("’", "'"))
    return " ".join(plain.split()).strip(" ,.'")
