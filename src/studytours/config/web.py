"""The web server: gunicorn, one process with threads, and words before photos."""

import socket
from concurrent.futures import Future, ThreadPoolExecutor

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from .warm import warm

A_PHOTO = b"PUT /api/field/photos/"
# So many photos are read at the same moment: most of that is waiting for slow lines.
PHOTO_THREADS = 24


class WordsFirst(ThreadWorker):
    """Photos have threads of their own: while five hundred phones send theirs, notes and pages do
    not stand in the same queue. A photo's bytes wait on the line, not in memory."""

    def init_process(self):
        self.photos = ThreadPoolExecutor(PHOTO_THREADS)
        super().init_process()

    def enqueue_req(self, conn):
        if not (conn.initialized or conn.data_ready):
            # What it will be shows with its first bytes; no thread waits for those.
            unknown = Future()
            unknown.set_result(_DEFER)
            return self.finish_request(conn, unknown)
        pool = self.photos if begins_a_photo(conn.sock) else self.tpool
        done = pool.submit(self.handle, conn)
        done.add_done_callback(lambda it: self.method_queue.defer(self.finish_request, conn, it))


def begins_a_photo(line):
    try:
        return line.recv(len(A_PHOTO), socket.MSG_PEEK) == A_PHOTO
    except OSError:  # nothing there, or gone: `handle` finds out
        return False


class Web(BaseApplication):
    """gunicorn with our settings. SQLite has one writer at a time: one process with threads."""

    def __init__(self, bind, port, threads):
        self.ours = {
            "bind": f"{bind}:{port}", "worker_class": WordsFirst, "threads": threads,
            "loglevel": "warning", "timeout": 120, "control_socket_disable": True,
            # A phone's next call comes on the same connection; a page's pictures too.
            "keepalive": 15,
        }  # fmt: skip
        super().__init__()

    def load_config(self):
        for name, value in self.ours.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self):
        application = get_wsgi_application()
        warm()
        return application
