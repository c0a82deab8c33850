"""Tables for spreadsheets: a text that one would take for a formula stays a text.

What a page gives as CSV is opened in a spreadsheet, and holds words from files that anybody may
have written. The endpoint's own CSV is for programs, and exact (SPARQL 1.1 Query Results CSV).
"""

from __future__ import annotations

import csv
import io
import math

MEDIA_TYPE = "text/csv"
#: What makes a cell a formula at its beginning, in some spreadsheet (after OWASP, CSV injection).
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")


def guarded(table: str) -> str:
    """``table`` (CSV) with an apostrophe before each cell that would be a formula.

    >>> guarded("a,b,c\\n=1+1,-3,- said\\n")
    "a,b,c\\r\\n'=1+1,-3,'- said\\r\\n"
    """
    out = io.StringIO()
    rows = csv.reader(io.StringIO(table, newline=""))
    csv.writer(out, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINNINGS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
