"""`serve` starts web and worker together and ends them together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.one_database


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_that_is_taken_is_refused_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"make run PORT={port + 1}") as error:
            call_command("serve", port=port)
    assert error.value.returncode == 2


def test_a_newcomer_gets_a_town_and_nothing_stays_behind(tmp_path):
    port = free_port()
    environment = {**os.environ, "STUDYTOURS_HOME": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    serve = [sys.executable, "-m", "studytours", "serve", "--prepare", "--port", str(port)]
    server = subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        page = first_page(port, server)
        assert "Saltmere Study Tours" in page and "This is a demonstration." in page
    finally:
        server.send_signal(signal.SIGTERM)
        printed, _ = server.communicate(timeout=60)
    assert "Sign in as coordinator" in printed and f"http://127.0.0.1:{port}/w/" in printed
    assert "ended: on request" in printed
    with socket.socket() as probe:  # nobody listens there any more
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def first_page(port, server, seconds=120):
    for _ in range(seconds * 5):
        assert server.poll() is None, "the server ended before its first page"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    pytest.fail("no first page")
