"""The web server: granian in front of Django, and words before photos.

Granian takes calls apart outside Python and hands each over as an event (its interface is RSGI).
Here Django's WSGI handler answers it in a thread, while the bytes of slow lines wait outside.
"""

import asyncio
import gc
import io
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.rsgi import ProtocolClosed, ProtocolError

from studytours.core.ranges import FilePart

logger = logging.getLogger("studytours.config.web")

A_PHOTO = "/api/field/photos/"
# So many photos are read at the same moment by a process: most of that is waiting for slow lines.
PHOTO_THREADS = 12
FEW_CALLS = 8
# A note or a form is here as a whole before a thread takes it; what is larger, the thread reads.
AHEAD_BYTES = 64 * 1024
# Of what a line has sent, so much is held until somebody reads it; no head of a call is larger.
LINE_BYTES = 16 * 1024
SILENCE_SECONDS = 60


def serve(bind, port, processes, threads):
    """Answer until told to stop. The code is loaded once and shared by the processes: a page that
    reckons for a second holds up one, and the other takes the phones' notes meanwhile."""
    from . import wsgi  # noqa: F401  (loads the code, before there are processes)

    connections.close_all()  # no process may use another's
    gc.freeze()  # what is loaded stays shared memory
    serve_handler("studytours.config.wsgi:application", bind, port, processes, threads)


def serve_handler(handler, bind, port, processes, threads):
    """Serve any WSGI handler, named as "module:name"."""
    server = Granian(
        handler, address=bind, port=port, workers=processes, interface=Interfaces.RSGI,
        http=HTTPModes.http1, websockets=False, backlog=2048, backpressure=1024,
        http1_settings=HTTP1Settings(max_buffer_size=LINE_BYTES), respawn_failed_workers=True,
        workers_kill_timeout=15, log_level=LogLevels.warning,
    )  # fmt: skip
    server.serve(target_loader=partial(_load, threads))


def _load(threads, handler):
    module, _, name = handler.partition(":")
    return Web(getattr(import_module(module), name), threads)


class Web:
    """Django's WSGI handler as an RSGI application.

    Photos have threads of their own and begin when few notes or pages are being answered: five
    hundred phones that send theirs keep nobody's words waiting.
    """

    def __init__(self, handler, threads):
        self.handler = handler
        self.threads = ThreadPoolExecutor(threads)
        self.photo_threads = ThreadPoolExecutor(PHOTO_THREADS)
        self.calls = 0

    def __rsgi_init__(self, loop):
        self.loop = loop
        self.photo_places = asyncio.Semaphore(PHOTO_THREADS)

    async def __rsgi__(self, scope, proto):
        try:
            await self._answer(scope, proto)
        except (TimeoutError, ProtocolError, ProtocolClosed):
            proto.response_empty(408, [])
        except Exception:
            logger.exception("A call could not be answered: %s %s", scope.method, scope.path)
            proto.response_empty(500, [])

    async def _answer(self, scope, proto):
        if scope.method == "PUT" and scope.path.startswith(A_PHOTO):
            async with self.photo_places:
                await self._after_words()
                environ = environ_of(scope, await self._body(scope, proto))
                answer = await self.loop.run_in_executor(self.photo_threads, self._handle, environ)
        else:
            environ = environ_of(scope, await self._body(scope, proto))
            self.calls += 1
            try:
                answer = await self.loop.run_in_executor(self.threads, self._handle, environ)
            finally:
                self.calls -= 1
        status, headers, result = answer
        if isinstance(result, bytes):
            proto.response_bytes(status, headers, result)
        else:
            proto.response_file_range(status, headers, *result)

    async def _after_words(self):
        """Until few calls are being answered; not for ever, or busy pages could keep photos out."""
        for _ in range(100):
            if self.calls <= FEW_CALLS:
                return
            await asyncio.sleep(0.1)

    async def _body(self, scope, proto):
        length = int(scope.headers.get("content-length", "0"))
        if length > AHEAD_BYTES:
            return io.BufferedReader(Body(proto, length, self.loop), AHEAD_BYTES)
        async with asyncio.timeout(SILENCE_SECONDS):
            return io.BytesIO(await proto() if length else b"")

    def _handle(self, environ):
        """Status, headers, and the bytes or which bytes of which file: granian reads those from
        the disk as fast as the line takes them."""
        head = []

        def start_response(status, headers, exc_info=None):
            head[:] = int(status.split(" ", 1)[0]), headers

        response = self.handler(environ, start_response)
        try:
            if isinstance(response, FilePart):
                return *head, (str(response.path), response.first, response.last + 1)
            return *head, b"".join(response)
        finally:
            response.close()


class Body(io.RawIOBase):
    """A body that a thread reads while it comes in. One that breaks off is an error: half a form
    must not look like a whole one."""

    def __init__(self, proto, length, loop):
        self.parts = proto.__aiter__()
        self.missing = length
        self.loop = loop
        self.left = memoryview(b"")

    def readable(self):
        return True

    def readinto(self, room):
        if not self.left:
            more = asyncio.run_coroutine_threadsafe(self._more(), self.loop)
            self.left = memoryview(more.result())
        size = min(len(room), len(self.left))
        room[:size], self.left = self.left[:size], self.left[size:]
        return size

    async def _more(self):
        """The next bytes, a good many at once; none at the end."""
        gathered = b""
        try:
            while len(gathered) < AHEAD_BYTES:
                async with asyncio.timeout(SILENCE_SECONDS):
                    gathered += await self.parts.__anext__()
        except StopAsyncIteration:
            if len(gathered) < self.missing:
                raise OSError("The line broke off.") from None
        self.missing -= len(gathered)
        return gathered


def environ_of(scope, body):
    """The WSGI environ (PEP 3333) of an RSGI scope."""
    server, port = address_of(scope.server)
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "REMOTE_ADDR": address_of(scope.client)[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # X_Forwarded_For would pass for the X-Forwarded-For of a proxy
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


def address_of(text):
    """("::1", "8000") of "[::1]:8000"."""
    host, _, port = text.rpartition(":")
    return host.strip("[]"), port
