"""Tables as files: CSV, Excel workbooks and Parquet. Rows are written as they come.

Text that a spreadsheet would take for a formula is never one: in a workbook it is typed as text,
and in CSV an apostrophe stands before it, as OWASP advises ("CSV Injection"). Parquet and a
workbook have every text letter by letter.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from themegraph import __version__
from themegraph.errors import ExportError
from themegraph.exports.rows import TABLES, Cell, Table, read_columns
from themegraph.exports.things import Reading

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

#: Letters with which a spreadsheet begins a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The limits of Excel 2007 and later: rows and links of a sheet, letters of a cell and of a link.
MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
MOST_LETTERS = 32_767
_LONGEST_LINK = 2_079
_WIDTHS = {"text": 80, "words": 40, "quotation": 60, "title": 50, "authority": 22, "theme": 28}
#: No clock: a workbook is as old as its format.
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
#: Rows that are written to Parquet at a time.
_ROWS_AT_A_TIME = 10_000


def write_csv(piece: Piece, stream: IO[bytes], table: str = "passages") -> int:
    """Write one of TABLES as CSV: UTF-8, commas, a head; a date as in ISO 8601. Returns how many
    rows it has.
    """
    kind = TABLES[table]
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(name for name, _ in kind.columns)
    rows = 0
    for row in kind.rows(Reading(piece)):
        writer.writerow(map(_harmless, row))
        rows += 1
    out.detach()
    return rows


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_parquet(piece: Piece, stream: IO[bytes], table: str = "passages") -> int:
    """Write one of TABLES as Parquet, with what the piece is in the file's metadata. Returns how
    many rows it has.

    Raises ExportError where PyArrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError(
            "Parquet needs PyArrow, which is not installed: pip install 'themegraph[parquet]'"
        ) from error
    kind = TABLES[table]
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    types[dt.date] = pa.date32()
    reading = Reading(piece)
    about = {name: value.encode() for name, value in about_piece(reading)}
    schema = pa.schema([(name, types[of]) for name, of in kind.columns], metadata=about)
    rows = 0
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in _batches(kind.rows(reading)):
            columns = [
                [_typed(cell, of) for cell in column]
                for column, (_, of) in zip(zip(*batch, strict=True), kind.columns, strict=True)
            ]
            writer.write_table(pa.table(columns, schema=schema))
            rows += len(batch)
    return rows


def _typed(cell: Cell, of: type) -> Cell:
    """A whole number is a decimal where its column has such."""
    return float(cell) if of is float and isinstance(cell, int) else cell


def _batches(rows: Iterator[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    return iter(lambda: list(islice(rows, _ROWS_AT_A_TIME)), [])


def write_xlsx(piece: Piece, stream: IO[bytes]) -> None:
    """Write all TABLES as sheets of a workbook, and before them what the piece is.

    Raises ExportError for more rows than a sheet can hold.
    """
    import xlsxwriter

    reading = Reading(piece)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # A workbook is a zip, which is not written in order: it is made apart, and copied when whole.
    with tempfile.TemporaryFile() as made:
        with xlsxwriter.Workbook(made, options) as book:
            _fill(book, reading)
        made.seek(0)
        shutil.copyfileobj(made, stream)


def _fill(book: Any, reading: Reading) -> None:
    """Write the sheets of a workbook."""
    book.set_properties({"title": "themegraph", "created": _CREATED})
    forms = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "link": book.add_format({"font_color": "#1a4f8b", "underline": 1, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "plain": book.add_format({"valign": "top"}),
    }
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    for at, (name, value) in enumerate(about_piece(reading)):
        sheet.write_string(at, 0, name, forms["head"])
        sheet.write_string(at, 1, value[:MOST_LETTERS], forms["text"])
    columns = book.add_worksheet("columns")
    columns.set_column(0, 0, 20)
    columns.set_column(1, 1, 110)
    for at, (name, meaning) in enumerate(read_columns().items()):
        columns.write_string(at, 0, name, forms["head"])
        columns.write_string(at, 1, meaning, forms["text"])
    sheets = [_Sheet(book.add_worksheet(name), TABLES[name], forms) for name in TABLES]
    # Each report is read once: its rows go to all sheets that have some of it.
    for of_conclusions, parts in ((False, reading.reports()), (True, reading.conclusions())):
        for things in parts:
            for one in sheets:
                if one.table.of_conclusions == of_conclusions:
                    one.write(one.table.rows_of(reading, things))
    for one in sheets:
        one.finish()


class _Sheet:
    """A sheet of a workbook, written row by row."""

    def __init__(self, sheet: Any, table: Table, forms: dict[str, Any]) -> None:
        self._sheet = sheet
        self.table = table
        self._forms = forms
        self._down = self._links = 0
        for at, (name, _) in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS.get(name, 14))
            sheet.write_string(0, at, name, forms["head"])
        sheet.freeze_panes(1, 0)

    def write(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        """Write ``rows`` under those that are there. Raises ExportError for more than fit."""
        for row in rows:
            self._down += 1
            if self._down == MOST_ROWS:
                raise ExportError(
                    f"A sheet holds {MOST_ROWS:,} rows, and {self.table.name} has more: choose "
                    "less, or use --format csv or parquet."
                )
            for across, ((name, _), cell) in enumerate(zip(self.table.columns, row, strict=True)):
                if name == "address" and cell and self._links < MOST_LINKS:
                    link = self._forms["link"]
                    self._links += _write_link(self._sheet, self._down, across, str(cell), link)
                else:
                    of = "date" if isinstance(cell, dt.date) else _form(name)
                    _write_cell(self._sheet, self._down, across, cell, self._forms[of])

    def finish(self) -> None:
        """Let the rows be filtered by what is in their columns."""
        self._sheet.autofilter(0, 0, max(self._down, 1), len(self.table.columns) - 1)


def _write_link(sheet: Any, down: int, across: int, address: str, form: Any) -> bool:
    """Whether ``address`` was written as a link, which one that is too long cannot be."""
    if len(address) > _LONGEST_LINK or not address.startswith(("http://", "https://")):
        sheet.write_string(down, across, address)
        return False
    sheet.write_url(down, across, address, form)
    return True


def _form(column: str) -> str:
    """How the cells of a column look: texts are wrapped."""
    return "text" if _WIDTHS.get(column, 0) >= 40 else "plain"


def _write_cell(sheet: Any, down: int, across: int, cell: Cell, form: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(down, across, cell, form)
    elif isinstance(cell, int | float):
        sheet.write_number(down, across, cell, form)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(down, across, dt.datetime.combine(cell, dt.time()), form)
    elif cell is not None:
        # What is too long for a cell ends in an ellipsis; Parquet and CSV have all of it.
        text = cell if len(cell) <= MOST_LETTERS else f"{cell[: MOST_LETTERS - 2]} …"
        sheet.write_string(down, across, text, form)


def about_piece(reading: Reading) -> list[tuple[str, str]]:
    """What a piece is, as names and values: what was asked, licences, sources, program, hash."""
    header = reading.header()
    dataset = header.of_kind("Dataset")[0]
    told = [
        ("title", str(header.one(dataset, "title"))),
        ("selection", reading.piece.selection.words()),
        ("description", str(header.one(dataset, "description"))),
        ("rights", str(header.one(dataset, "rights"))),
        ("program", f"themegraph {__version__}"),
        ("content hash", str(header.one(dataset, "sha256"))),
        ("data set", dataset),
    ]
    if query := header.one(dataset, "query"):
        told.append(("query", str(query)))
    told += _numbered("licence", header.links(dataset, "license"))
    return told + _numbered("source", header.links(dataset, "wasDerivedFrom"))


def _numbered(name: str, values: Sequence[str] | Iterable[str]) -> list[tuple[str, str]]:
    return [(f"{name} {at}", value) for at, value in enumerate(values, 1)]
