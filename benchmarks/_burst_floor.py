"""The peer of benchmarks.burst: writes what comes to a file, has the disk keep it, and answers."""

import json
import os
import tempfile


def application(environ, start_response):
    name = environ["PATH_INFO"].rpartition("/")[2]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    with tempfile.NamedTemporaryFile(dir=os.environ["FLOOR"], delete=False) as file:
        while length and (part := environ["wsgi.input"].read(min(length, 65536))):
            file.write(part)
            length -= len(part)
        file.flush()
        os.fsync(file.fileno())
    answer = json.dumps({"accepted": name}).encode()
    start_response("201 Created", [("Content-Length", str(len(answer)))])
    return [answer]
