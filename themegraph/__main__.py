"""``python -m themegraph``: the command line."""

from __future__ import annotations

from themegraph.cli import main

if __name__ == "__main__":
    main()
