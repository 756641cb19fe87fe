"""However many threads allocate at once, they share a few arenas."""

import subprocess
import sys

from shared.arenas import ARENAS

COUNT = """
import ctypes, sys, tempfile, threading
from shared.arenas import limit_arenas

limited = limit_arenas() if sys.argv[1] == "limited" else None
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(12)

def allocate():
    together.wait()
    for _ in range(200):
        libc.malloc(ctypes.c_size_t(5_000))
    together.wait()

threads = [threading.Thread(target=allocate) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with tempfile.NamedTemporaryFile() as told:
    file = ctypes.c_void_p(libc.fopen(told.name.encode(), b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(limited, told.read().count(b"<heap "))
"""


def count(*words):
    done = subprocess.run(
        [sys.executable, "-c", COUNT, *words], capture_output=True, text=True, check=True
    )
    limited, arenas = done.stdout.split()
    return limited, int(arenas)


def test_threads_share_the_arenas_there_may_be():
    limited, arenas = count("limited")
    assert (limited, arenas <= ARENAS) == ("True", True)


def test_threads_left_alone_have_more():
    assert count("alone")[1] > ARENAS
