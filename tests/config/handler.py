"""A WSGI application that says what reached it, for test_web.py.

python -m tests.config.handler PORT
"""

import hashlib
import json
import sys
import time
from pathlib import Path

from studytours.core.ranges import FilePart


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/fault":
        raise ValueError("a fault of ours")
    if path == "/part":
        response = FilePart(Path(__file__), 2, 11)
        start_response("206 Partial Content", list(response.headers.items()))
        return response
    if path == "/slow":
        time.sleep(1.5)
    body = environ["wsgi.input"]
    first = body.readline() if path == "/lines" else b""
    whole = first + body.read()
    said = {name: value for name, value in environ.items() if isinstance(value, str)}
    said |= {"length": len(whole), "sha256": hashlib.sha256(whole).hexdigest(), "first": len(first)}
    answer = json.dumps(said).encode()
    headers = [("Content-Length", str(len(answer))), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    start_response("200 OK", headers)
    return Closing([answer])


class Closing(list):
    def close(self):
        pass


if __name__ == "__main__":
    import django

    django.setup()
    from studytours.config.web import serve_handler

    serve_handler("tests.config.handler:application", "127.0.0.1", int(sys.argv[1]), 1, 4)
