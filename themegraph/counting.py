"""Numbers with what they count, as people read them."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(1234, "body", "bodies")
    ('1 report', '1,234 bodies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
