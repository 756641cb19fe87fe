"""The whole platform with a page store that drops everything at each change.

gunicorn serves it for the benchmark alone, to show what precision is worth.
"""

import os

from frontend.pagestore.freshness import Freshness


def drop_everything() -> None:
    """Let every store of this process take any change for one of everything."""
    Freshness._changes = lambda *_: None  # type: ignore[method-assign] # noqa: SLF001 - no setting: nobody should want it


if "BENCH_DROPPING" in os.environ:
    drop_everything()
    from dispatcher import application as application  # noqa: PLC0414 - what gunicorn serves
