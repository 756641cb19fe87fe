"""Arenas of the C library: one for each thread that allocates, unless it is told otherwise."""

import ctypes
from typing import Final

ARENAS: Final = 2  # one more costs a megabyte and more; Python's own lock leaves little to gain
M_ARENA_MAX: Final = -8  # <malloc.h> of glibc


def limit_arenas() -> bool:
    """Keep the threads of this process to ARENAS; False where the C library has no such thing.

    `MALLOC_ARENA_MAX` does the same, but only when it is set before the process starts.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(M_ARENA_MAX, ARENAS) == 1
