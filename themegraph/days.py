"""A day as people type it: whole, or the first or last day of a month or a year."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def read_day(text: str, *, last: bool = False) -> dt.date:
    """The day that ``text`` names: 2018-05-17; of 2018-05 and of 2018 the first, or the ``last``.

    Raises ValueError, with words that say how to write it, for anything else: what can be read in
    two ways, such as 1/5/2018 or 201805, is not guessed at.

    >>> read_day("2018-02"), read_day("2018-02", last=True)
    (datetime.date(2018, 2, 1), datetime.date(2018, 2, 28))
    """
    written = _WRITTEN.fullmatch(text.strip())
    try:
        if not written:
            raise ValueError
        year, month, day = written.groups()
        begin = dt.date(int(year), int(month or (12 if last else 1)), int(day or 1))
        if day or not last:
            return begin
        return begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
    except ValueError:
        raise ValueError(
            f"{text!r} is no day, month or year; write one such as 2018-05-17, 2018-05 or 2018."
        ) from None
