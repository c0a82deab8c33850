"""What a person may have meant by a name that nothing has: a guess to be shown, never followed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: So many things are named at most, and so many that are only spelt alike.
MOST = 5
MOST_ALIKE = 3
#: How much alike (0 to 1) a whole name must be, and one word of it.
_ALIKE_NAME, _ALIKE_WORD = 0.6, 0.8
#: Shorter words are too much like too many others.
_LEAST_WORD = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its id and its name, with what else it is called."""

    id: str
    label: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.id if self.label.casefold() == self.id else f"{self.label} ({self.id})"


def nearest(typed: str, things: Iterable[Named]) -> list[Named]:
    """The things that ``typed`` may mean, best first.

    Those whose id, name or other name has all the words typed, by their beginnings; where there are
    none, those whose id or name, or a word of it, is spelt much the same.
    """
    things = list(things)
    words = _words(typed)
    by_name = [thing for thing in things if _has(words, (thing.id, thing.label))]
    by_other = [thing for thing in things if _has(words, thing.others)]
    found = list(dict.fromkeys([*by_name, *by_other]))
    return found[:MOST] or _alike(typed.casefold(), things)


def did_you_mean(near: Sequence[object]) -> str:
    """A question that names what is ``near``, with a space in front; "" where nothing is."""
    if not near:
        return ""
    *front, last = map(str, near)
    return f" Did you mean {', '.join(front)}{' or ' if front else ''}{last}?"


def _has(words: Sequence[str], names: Iterable[str]) -> bool:
    """Whether one of ``names`` has a word that begins with each of ``words``."""
    return bool(words) and any(
        all(any(own.startswith(word) for own in _words(name)) for word in words) for name in names
    )


def _alike(typed: str, things: Iterable[Named]) -> list[Named]:
    whole: dict[str, list[Named]] = {}
    part: dict[str, list[Named]] = {}
    for thing in things:
        for name in (thing.id, thing.label.casefold()):
            whole.setdefault(name, []).append(thing)
        for word in _words(thing.label):
            if len(word) >= _LEAST_WORD:
                part.setdefault(word, []).append(thing)
    names = difflib.get_close_matches(typed, whole, MOST_ALIKE, _ALIKE_NAME)
    words = difflib.get_close_matches(typed, part, MOST_ALIKE, _ALIKE_WORD)
    found = [*(t for name in names for t in whole[name]), *(t for w in words for t in part[w])]
    return list(dict.fromkeys(found))[:MOST_ALIKE]


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())
