"""Bodies that a user registers: an ``authorities.csv`` beside the reports, like the one here.

It adds bodies that the register does not have (fictional ones, former ones, those of another
country), so that their region and their statistical neighbours can be asked for too.
"""

from __future__ import annotations

from collections.abc import Iterator

from themegraph.errors import UnreadableSourceError
from themegraph.ids import slug
from themegraph.ontology.register import RegisteredAuthority, authorities
from themegraph.ontology.rows import Row, VocabularyError, parse_rows, split_list

FILE = "authorities.csv"
COLUMNS = ("urn", "la_code", "gss", "name", "also_known_as", "region", "type")
NEIGHBOURS = "statistical_neighbours"


def read_own_bodies(data: bytes, name: str) -> tuple[RegisteredAuthority, ...]:
    """The rows of a table of bodies; ids are made of the names, neighbours are named by gss code.

    Raises UnreadableSourceError, which gives the table's ``name`` and what to write there.
    """
    try:
        rows = parse_rows(data.decode("utf-8-sig"), name, (*COLUMNS, NEIGHBOURS))
        return tuple(_bodies(rows, name))
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{name}: cannot be read as UTF-8 text ({error}).") from error
    except VocabularyError as error:
        raise UnreadableSourceError(f"{error}.") from error


def _bodies(rows: list[Row], name: str) -> Iterator[RegisteredAuthority]:
    by_gss = {body.gss: body.id for body in authorities()}
    taken = set(by_gss.values())
    for row in rows:
        if not row["name"] or slug(row["name"]) in taken or row["gss"] in by_gss:
            raise VocabularyError(
                f"{name}: {row['name'] or 'a row without a name'}, or its gss code, is registered "
                "already; give each body a name and a code of its own"
            )
        taken.add(slug(row["name"]))
        by_gss[row["gss"]] = slug(row["name"])
    for row in rows:
        yield _body(row, by_gss, name)


def _body(row: Row, by_gss: dict[str, str], name: str) -> RegisteredAuthority:
    codes = row[NEIGHBOURS].split()
    unknown = [code for code in codes if code not in by_gss]
    if unknown or not row["urn"].isdecimal():
        wrong = f"no body has the code {unknown[0]}" if unknown else f"urn {row['urn']!r}"
        raise VocabularyError(f"{name}: {row['name']}: {wrong}; correct it")
    return RegisteredAuthority(
        slug(row["name"]),
        row["name"],
        int(row["urn"]),
        row["la_code"],
        row["gss"],
        row["region"],
        row["type"],
        split_list(row["also_known_as"]),
        tuple(by_gss[code] for code in codes),
    )
