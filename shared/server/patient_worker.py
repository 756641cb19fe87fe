"""Gunicorn's thread worker, but its threads and its loop wait for no slow client.

Stock `gthread` lets a thread read the head, so eight clients that send half of one hold all of
eight threads; it waits 5 s in a thread for the rest of a body that nobody reads, and 2 s in its
one loop for a client to close. Here the loop, which waits for every connection at once, gathers the
heads and sees the closing ones off.

This leans on parts of gunicorn that are not public: VERIFIED is the version they were read in, and
a test compares their source. `gunicorn.conf.py` takes stock `gthread` for another major version.
"""

import resource
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from errno import EAGAIN, ECONNABORTED, EMFILE, ENFILE
from functools import partial
from selectors import EVENT_READ
from socket import SHUT_WR, socket
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

VERIFIED = "27.0.1"
MOST_WAITING = 512  # heads in the making, and as many closing; for one more, the oldest is dropped
CLOSING_SECONDS = 2.0  # for a client to take the end of an answer and close (RFC 9112, 9.6)
DRAIN_SECONDS = 0.02  # for the rest of a body that nobody read, if it is there already
LONGEST_HEAD = 65_536  # bytes
SLOWEST_BODY = 8_192  # bytes a second, after the first `head_seconds`
FILES = 4_096  # open files that a worker asks the system for

TOO_SLOW = b"408 Request Timeout"
TOO_LARGE = b"431 Request Header Fields Too Large"
ANSWER = b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
OUT_OF_FILES = frozenset({EMFILE, ENFILE})


class PatientUnreader(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """Reads a body; raises TimeoutError when it comes too slowly for too long."""

    def __init__(self, sock: socket, patience: float) -> None:
        super().__init__(sock)
        self._patience = patience

    def begin(self, head: bytes) -> None:
        """Take the head of the next request, and what came with it."""
        self.unread(head)
        self._deadline = time.monotonic() + self._patience

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next bytes; each earns the client a little more time."""
        usual = self.sock.gettimeout()
        left = max(self._deadline - time.monotonic(), 0.001)
        self.sock.settimeout(left if usual is None else min(left, usual))
        try:
            data: bytes = super().chunk(size_hint)
        finally:
            self.sock.settimeout(usual)
        self._deadline += len(data) / SLOWEST_BODY
        return data


class PatientConn(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A connection with the head that it has sent so far."""

    head_seconds = 10.0
    send_seconds = 30.0

    def __init__(
        self, cfg: Any, sock: socket, client: Any, server: Any, see_off: Callable[[Any], None]
    ) -> None:
        super().__init__(cfg, sock, client, server)
        self.parser: Any
        self.head = bytearray()
        self._see_off = see_off

    def init(self) -> None:
        """Give the parser the head; called in a thread before each request."""
        is_first = not self.initialized
        super().init()
        if is_first:
            self.parser.unreader = PatientUnreader(self.sock, self.head_seconds)
        self.parser.unreader.begin(bytes(self.head))
        self.head.clear()
        self.sock.settimeout(self.send_seconds)  # a client that takes nothing frees its thread

    def gather(self) -> bool:
        """Take what has come; returns whether that is all of a head, or nothing more will come."""
        if self.parser is not None:
            self.head += self.parser.unreader.take_buffered()
        if self._is_whole(0):
            return True
        before = len(self.head)
        try:
            data = self.sock.recv(LONGEST_HEAD)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        self.head += data
        return not data or self._is_whole(before)

    def _is_whole(self, before: int) -> bool:
        # An empty line may stand in front of a request (RFC 9112, 2.2); it ends nothing.
        first = 2 if self.head.startswith(b"\r\n") else 0
        return self.head.find(b"\r\n\r\n", max(before - 3, first)) >= 0

    def close(self, graceful: bool = False) -> None:
        """Close; gracefully: let the loop wait for the client to do so first."""
        if not graceful:
            super().close()
            return
        try:
            self.sock.setblocking(False)
            self.sock.shutdown(SHUT_WR)
        except OSError:
            super().close()
        else:
            self._see_off(self)

    def refuse(self, status: bytes) -> None:
        """Answer without a thread, as far as the client takes it; a silent one is only closed."""
        if self.head:
            with suppress(OSError):
                self.sock.send(ANSWER % status)
        self.close(graceful=bool(self.head))


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """The thread worker with the heads that are not whole yet in `pending_conns`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.closing: deque[PatientConn] = deque()

    def init_process(self) -> None:
        """Ask for enough open files for the connections that may wait."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < FILES:
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
        super().init_process()

    def accept(self, listener: socket) -> None:
        """Accept a connection; it gets a thread when its first head is whole."""
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno in OUT_OF_FILES:
                self._make_room()
            elif error.errno not in {EAGAIN, ECONNABORTED}:
                raise
            return
        self.nr_conns += 1
        name = listener.getsockname()
        self.enqueue_req(PatientConn(self.cfg, sock, address, name, self._see_off))

    def enqueue_req(self, conn: PatientConn) -> None:
        """Hand a connection to a thread, or wait for the rest of its head first."""
        conn.sock.setblocking(False)
        if conn.gather():
            self._hand_over(conn)
            return
        if len(self.pending_conns) >= MOST_WAITING:
            self._drop(self.pending_conns[0], TOO_SLOW)
        conn.timeout = time.monotonic() + (conn.head_seconds if self.alive else 1.0)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: PatientConn, client: socket) -> None:
        """Take more of a head; called by the loop."""
        if conn.gather():
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self._hand_over(conn)
        elif len(conn.head) > LONGEST_HEAD:
            self._drop(conn, TOO_LARGE)

    def murder_pending(self) -> None:
        """Drop the clients that did not send a whole head in time; called by the loop."""
        now = time.monotonic()
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            self._drop(self.pending_conns[0], TOO_SLOW)
        while self.closing and self.closing[0].timeout <= now:
            self._finish(self.closing[0])

    def _cap_keepalive(self, deadline: float) -> None:
        """Do not wait long for heads either when the worker ends."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def handle_request(self, req: Any, conn: PatientConn) -> bool:
        """Answer a request, in a thread; returns whether the connection may be kept."""
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            self.log.info("A client did not take its answer in time")
            return False

    def _keepalive_after(self, conn: PatientConn, keepalive: bool) -> bool:
        """Tell, in a thread, whether a connection is free for the next request."""
        if not keepalive:
            return False
        # Without a body there is nothing to wait for: on a busy machine this thread may get its
        # next turn later than that, and the client was told that the connection is kept.
        is_read = getattr(conn.parser.mesg.body.reader, "length", None) == 0
        until = time.monotonic() + (conn.send_seconds if is_read else DRAIN_SECONDS)
        return bool(conn.parser.finish_body(deadline=until))

    def _see_off(self, conn: PatientConn) -> None:
        """Let a client take the end of its answer; unread bytes would make it a reset."""
        if len(self.closing) >= MOST_WAITING:
            self._finish(self.closing[0])
        conn.timeout = time.monotonic() + CLOSING_SECONDS
        self.closing.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._discard, conn))

    def _discard(self, conn: PatientConn, client: socket) -> None:
        try:
            is_over = not client.recv(LONGEST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            is_over = True
        if is_over:
            self._finish(conn)

    def _finish(self, conn: PatientConn) -> None:
        self.closing.remove(conn)
        self.poller.unregister(conn.sock)
        conn.close()

    def _hand_over(self, conn: PatientConn) -> None:
        conn.data_ready = True
        super().enqueue_req(conn)

    def _make_room(self) -> None:
        """Give up the file of somebody who is only waited for."""
        if not self.closing and self.pending_conns:
            self._drop(self.pending_conns[0], TOO_SLOW)
        if self.closing:
            self._finish(self.closing[0])
        else:
            time.sleep(0.01)  # nothing to give up: do not spin

    def _drop(self, conn: PatientConn, status: bytes) -> None:
        self.pending_conns.remove(conn)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.refuse(status)
