"""``themegraph serve``: pages about the store, and its SPARQL endpoint."""

from __future__ import annotations

import socket

import click

from themegraph.commands.console import counted, say
from themegraph.commands.options import quiet_option, store_option


@click.command(short_help="Serve the graph on the web: pages, and a SPARQL 1.1 endpoint.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--query-timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="A query that takes longer is stopped.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="So many queries run at a time; others wait their turn, or are told to come again.",
)
@click.option(
    "--base-url", metavar="URL", help="Where others find it, if that is not http://HOST:PORT."
)
@store_option
@quiet_option
def serve(
    host: str,
    port: int,
    query_timeout: float,
    workers: int,
    base_url: str | None,
    store: str | None,
    quiet: bool,
) -> None:
    """Serve pages about the store, and answer SPARQL queries, until Ctrl-C.

    The endpoint is at /sparql (SPARQL 1.1 Protocol, queries only), and what it holds is described
    at /.well-known/void. While it runs the store can be read by others and not be loaded into.
    """
    import uvicorn

    from themegraph.errors import StoreError
    from themegraph.graph.store import Store
    from themegraph.web.app import build_app

    with Store(store) as source:
        if source.folder is None:
            raise StoreError(f"{source.place}: is a service already; serve takes a folder.")
        folder, reports = source.folder, len(source.reports())
    listening = _listen(host, port)
    found = listening.getsockname()[1]  # the port that was free, where 0 was asked for
    name = f"[{host}]" if ":" in host else host
    address = (base_url or f"http://{name}:{found}").rstrip("/")
    app = build_app(
        folder, base_url=address, query_timeout=query_timeout, workers=workers, warm=True
    )
    held = counted(reports, "report")
    say(f"{held} at {address}, for SPARQL at {address}/sparql. Stop with Ctrl-C.", quiet=quiet)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise click.ClickException(
            f"{host}, port {port}: cannot listen there ({error.strerror}). Name another --port; "
            "0 takes one that is free."
        ) from error
