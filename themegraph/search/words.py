"""What a reader types into a search box, as the full text index takes it.

Words are all to be found, in any order and form ("reviewing" finds "review"); "a phrase in
quotation marks" as it stands; ``-word`` is not to be found; ``OR`` between two lets either do;
``word*`` finds what begins so.
"""

from __future__ import annotations

import re

from themegraph.errors import QueryError

_PART = re.compile(r'-?[“"][^”"]*[”"]?|[^\s“”"]+')
#: So many words and phrases are sought at a time; a beginning has so many letters.
MOST_PARTS, LEAST_BEGINNING = 40, 2
_WORD = re.compile(r"\w")


def match_of(typed: str) -> str:
    """The expression of FTS5 (SQLite's full text search) for what was ``typed``.

    Raises QueryError when nothing in it can be found.

    >>> match_of('drift -"private fostering" delay*')
    '("drift" AND "delay"*) NOT text : "private fostering"'
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    readable = typed.replace("\0", " ").encode(errors="replace").decode()
    parts = _PART.findall(readable)
    if len(parts) > MOST_PARTS:
        raise QueryError(f"These are {len(parts):,} words; {MOST_PARTS} can be sought at a time.")
    for part in parts:
        if part == "OR":
            either = bool(wanted)
        elif _WORD.search(part):
            if part.startswith("-"):
                unwanted.append(_quoted(part[1:]))
            elif either:
                wanted[-1].append(_quoted(part))
                either = False
            else:
                wanted.append([_quoted(part)])
    if not wanted:
        raise QueryError("Type at least one word that is to be found, such as: supervision")
    found = " AND ".join(
        phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})" for phrases in wanted
    )
    if not unwanted:
        return found
    # Of the text alone: a theme may have a word in its name that its passages do not use.
    return " NOT ".join([f"({found})", *(f"text : {phrase}" for phrase in unwanted)])


def _quoted(part: str) -> str:
    """A word or phrase in which nothing is an operator of the index."""
    words = part.strip('“”"').rstrip("*")
    begins = part.endswith("*") and len(words) >= LEAST_BEGINNING
    return f'"{words}"' + ("*" if begins else "")
