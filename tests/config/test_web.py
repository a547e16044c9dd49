"""The web server, over real lines: what reaches Django, and who waits for whom."""

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.faults.server import free_port

from studytours.config.web import PHOTO_THREADS, address_of

from . import handler

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def port():
    port = free_port()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "studytours.config.settings"}
    command = [sys.executable, "-m", "tests.config.handler", str(port)]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(30)
    with socket.socket() as probe:  # nobody listens there any more
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def call(port, method, path, body=None, headers=()):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request(method, path, body, dict(headers))
    answer = line.getresponse()
    data = answer.read()
    line.close()
    return answer, data


def said(port, method, path, body=None, headers=()):
    answer, data = call(port, method, path, body, headers)
    assert answer.status == 200
    return json.loads(data)


def raw(port, text):
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(text)
    return line


def test_a_name_with_an_underscore_does_not_pass_for_a_header_of_the_proxy(port):
    headers = {"X_Forwarded_For": "6.6.6.6", "X-Real": "yes", "Content_Length": "7"}
    heard = said(port, "GET", "/", headers=headers)
    assert "HTTP_X_FORWARDED_FOR" not in heard and heard["HTTP_X_REAL"] == "yes"
    assert heard.get("CONTENT_LENGTH") != "7"


def test_a_fault_is_an_answer_and_the_next_call_is_served(port):
    answer, _ = call(port, "GET", "/fault")
    assert answer.status == 500
    assert said(port, "GET", "/")["PATH_INFO"] == "/"


@pytest.mark.parametrize("announced", [9, 900_000])
def test_half_a_body_is_never_taken_for_a_whole_one(port, announced):
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {announced}\r\n\r\nabc"
    with raw(port, head.encode()) as line:
        line.shutdown(socket.SHUT_WR)
        assert b"200 OK" not in line.recv(10_000)
    assert said(port, "GET", "/")["length"] == 0


def test_the_address_the_question_and_the_caller_arrive_as_wsgi_wants_them(port):
    heard = said(port, "GET", "/caf%C3%A9%20x/?q=%20a&b", headers={"X-Two": "1"})
    assert heard["PATH_INFO"].encode("latin-1").decode() == "/café x/"
    assert heard["QUERY_STRING"] == "q=%20a&b" and heard["REMOTE_ADDR"] == "127.0.0.1"
    assert (heard["REQUEST_METHOD"], heard["wsgi.url_scheme"]) == ("GET", "http")
    assert heard["SERVER_PORT"] == str(port) and heard["HTTP_HOST"] == f"127.0.0.1:{port}"


def test_a_header_that_comes_twice_is_one_list(port):
    line = raw(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n")
    assert b'"HTTP_X_TWO": "1,2"' in line.recv(10_000)
    line.close()


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 3_000_000])
@pytest.mark.parametrize("path", ["/", "/lines"])
def test_a_body_of_any_size_arrives_whole(port, size, path):
    body = (b"a line\n" * (size // 7 + 1))[:size]
    heard = said(port, "POST", path, body, {"Content-Type": "text/x"})
    assert heard["length"] == size and heard["sha256"] == hashlib.sha256(body).hexdigest()
    assert heard["CONTENT_TYPE"] == "text/x" and heard["CONTENT_LENGTH"] == str(size)
    assert heard["first"] == (min(size, 7) if path == "/lines" else 0)


def test_every_cookie_is_set_and_head_has_no_body(port):
    answer, _ = call(port, "GET", "/")
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    answer, data = call(port, "HEAD", "/")
    assert answer.status == 200 and data == b"" and int(answer.headers["Content-Length"]) > 0


def test_a_part_of_a_file_comes_from_the_disk(port):
    answer, data = call(port, "GET", "/part")
    assert answer.status == 206 and data == Path(handler.__file__).read_bytes()[2:12]
    assert answer.headers["Content-Length"] == "10"
    answer, data = call(port, "HEAD", "/part")
    assert answer.status == 206 and data == b"" and said(port, "GET", "/")


def test_words_do_not_wait_for_photos_on_slow_lines(port):
    """Nor for slow forms: their first bytes hold no thread."""
    head = "{} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\nabc"
    slow = [head.format("PUT /api/field/photos/1", 400_000)] * (PHOTO_THREADS + 8)
    slow += [head.format("POST /form", 60_000)] * 20
    with ExitStack() as lines:
        for text in slow:
            lines.enter_context(raw(port, text.encode()))
        time.sleep(0.3)
        assert said(port, "PUT", "/api/field/observations/1", b"words")["length"] == 5


@pytest.mark.parametrize(
    ("text", "pair"),
    [("127.0.0.1:80", ("127.0.0.1", "80")), ("[::1]:8000", ("::1", "8000"))],
)
def test_addresses_of_both_kinds_are_read(text, pair):
    assert address_of(text) == pair
