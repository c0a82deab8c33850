"""``themegraph remove``: reports out of the store."""

from __future__ import annotations

import click

from themegraph import ids
from themegraph.commands.console import counted, say
from themegraph.commands.options import quiet_option, store_option


@click.command(short_help="Take reports out of the store.")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@store_option
@quiet_option
def remove(keys: tuple[str, ...], store: str | None, quiet: bool) -> None:
    """Take reports out of the store by their keys or IRIs (see themegraph query reports-list).

    Either all of them are taken out or, where one is not in the store, none.
    """
    from themegraph.commands.load import bring_up_to_date
    from themegraph.graph.store import Store

    Store(store).close()  # where there is none, none is made
    with Store(store, write=True) as opened:
        opened.remove(*(key.removeprefix(f"{ids.ID}report/") for key in keys))
        bring_up_to_date(opened, quiet=quiet)
    say(f"{counted(len(keys), 'report')} removed.", quiet=quiet)
