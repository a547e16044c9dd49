"""A local server that behaves like data.police.uk's bulk archive: whole zips, ranges, ETags.

`trouble` is a list of what goes wrong, one for each request, then nothing more:
a number is answered as that status, ("cut", n) breaks the connection after n bytes,
(429, "3") is a status with Retry-After.
"""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    def __init__(self):
        self.files, self.trouble, self.asked = {}, [], []
        self.ranges = True
        site = self

        class Handler(_Handler):
            pass

        Handler.site = site
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def publish(self, month, content, folder="/data/archive"):
        self.files[f"{folder}/{month}.zip"] = content

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    site = None

    def log_message(self, *args):
        pass

    def do_GET(self):
        asked = self.headers.get("Range")
        self.site.asked.append((self.path, asked))
        trouble = self.site.trouble.pop(0) if self.site.trouble else None
        if isinstance(trouble, int):
            return self._say(trouble)
        if isinstance(trouble, tuple) and trouble[0] != "cut":
            return self._say(trouble[0], {"Retry-After": trouble[1]})
        if self.path not in self.site.files:
            return self._say(404)
        self._send(self.site.files[self.path], asked, trouble)

    def _send(self, content, asked, trouble):
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        start = 0
        if asked and self.site.ranges and self.headers.get("If-Range") == etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                return self._say(416)
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", etag)
        self.end_headers()
        body = content[start:]
        self.wfile.write(body[: trouble[1]] if trouble else body)
        self.close_connection = True

    def _say(self, status, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()
