"""Tables for spreadsheets: a text that one would take for a formula stays a text.

What a page gives as CSV is opened in a spreadsheet, and holds words from files that anybody may
have written. The endpoint's own CSV is for programs, and exact (SPARQL 1.1 Query Results CSV).
"""

from __future__ import annotations

import re

MEDIA_TYPE = "text/csv"
#: What makes a cell a formula at its beginning, in some spreadsheet (after OWASP, CSV injection).
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_CELL = re.compile(r'"(?:[^"]|"")*"|[^",\r\n]+')


def guarded(table: str) -> str:
    """``table`` (CSV) with an apostrophe before each cell that would be a formula.

    >>> guarded("a,=b,-3,+44 and,- c")
    "a,'=b,-3,'+44 and,'- c"
    """
    return _CELL.sub(_guarded, table)


def _guarded(cell: re.Match[str]) -> str:
    text = cell[0]
    is_quoted = text.startswith('"')
    words = text[1:-1] if is_quoted else text
    if not words.startswith(_BEGINNINGS) or _NUMBER.fullmatch(words):
        return text
    return f'"\'{words}"' if is_quoted else f"'{words}"
