"""The package's own exceptions: each message names the file, the fault and the remedy."""

from __future__ import annotations


class ThemegraphError(Exception):
    """Parent of all errors that a user can cause and can mend.

    ``exit_code`` is that of the command line: 1 for input that failed, 2 for wrong usage.
    """

    exit_code = 1


class UnreadableSourceError(ThemegraphError):
    """A file that cannot be read as a document (damaged, encrypted, no text layer, wrong kind)."""


class NotAReportError(ThemegraphError):
    """A readable document that is not an inspection report."""


class UnsafeArchiveError(ThemegraphError):
    """A zip that would escape its folder or unpack to an unreasonable size."""


class StoreError(ThemegraphError):
    """The store cannot be opened or written (locked, newer version, disk full)."""


class UnknownReportError(ThemegraphError):
    """A report that is named and that the store does not hold."""

    exit_code = 2


class QueryError(ThemegraphError):
    """A question that cannot be asked (unknown name, missing parameter, SPARQL syntax).

    ``told`` says what is wrong wherever it was asked, ``see`` what to try on a command line.
    """

    exit_code = 2

    def __init__(self, told: str, see: str = "") -> None:
        super().__init__(f"{told} {see}".rstrip())
        self.told = told


class ExportError(ThemegraphError):
    """An export that cannot be made (nothing on an authority, unwritable file)."""


class SelectionError(ExportError):
    """What cannot be asked for: choices that contradict each other, a format that there is not."""

    exit_code = 2


class ComparisonError(QueryError):
    """A comparison of a body with itself, or with nobody."""
