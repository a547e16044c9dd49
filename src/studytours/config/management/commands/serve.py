"""`studytours serve`: the web server and the worker together, until either ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from studytours.core.commands import OurCommand
from studytours.core.errors import Refused
from studytours.demo.town import PASSWORD, build_town
from studytours.partners.operations import create_local_accounts

DAILY_JOBS_AT = 7  # o'clock, local time


class Command(OurCommand):
    help = "Start the web server and the worker on http://127.0.0.1:PORT."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument(
            "--prepare", action="store_true",
            help="first set up the database and load the demonstration town or --data",
        )  # fmt: skip
        parser.add_argument("--data", help="folder of real data to load instead of the town")

    def run(self, *, port, bind, threads, prepare, data, **options):
        refuse_taken_port(bind, port)
        address = os.environ.setdefault("STUDYTOURS_URL", f"http://127.0.0.1:{port}")
        settings.BASE_URL = address.rstrip("/")
        first_time = prepare and not is_current()
        if first_time:
            self.prepare(data)
        children = [start_web(bind, port, threads)]
        try:
            if prepare and not first_time:
                # The database is as the code wants it: both take their seconds side by side.
                self.prepare(data)
            wait_until_answers(bind, port, children)
            children.append(start_worker())
            self.stdout.write(f"Ready: {settings.BASE_URL}   (stop with Ctrl-C)")
            self.stdout.flush()
            return {"ended": watch(children)}
        finally:
            stop(children)

    def prepare(self, data):
        call_command("migrate", verbosity=0)
        if data:
            call_command("load_data", data)
            create_local_accounts(PASSWORD)
            code = None
        else:
            code = build_town(progress=self.progress)["join_code"]
            self.progress.end()
        say = self.stdout.write
        say("")
        for role in ("coordinator", "analyst", "leader", "partner"):
            say(f"  Sign in as {role:<12} {role}@studytours.example   {PASSWORD}")
        if code:
            say(f"  Join the open walk on a phone: {settings.BASE_URL}/w/{code}")
        say("")


def is_current():
    """Is there a database with every migration applied?"""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def refuse_taken_port(bind, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise Refused(
                f"Port {port} cannot be used: {(error.strerror or str(error)).lower()}.",
                cure=f"Choose another one: make run PORT={port + 1}",
            ) from error


def start_web(bind, port, threads):
    """SQLite has one writer at a time, so it is one web process with threads."""
    command = [
        sys.executable, "-m", "gunicorn", "studytours.config.wsgi", "--bind", f"{bind}:{port}",
        "--worker-class", "gthread", "--threads", str(threads), "--log-level", "warning",
        "--timeout", "120", "--no-control-socket",
    ]  # fmt: skip
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  (our own)


def start_worker():
    command = [sys.executable, "-m", "studytours", "db_worker"]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  (our own)


def wait_until_answers(bind, port, children, seconds=60):
    host = "127.0.0.1" if bind == "0.0.0.0" else bind  # noqa: S104
    for _ in range(seconds * 20):
        if any(child.poll() is not None for child in children):
            raise Refused("The server did not start.", cure="The lines above say why.")
        try:
            urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=5).read()
            return
        except OSError:
            time.sleep(0.05)
    raise Refused(f"The server did not answer within {seconds} seconds.")


def watch(children):
    """Wait until a child ends or we are told to stop; do the daily jobs meanwhile."""
    told = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: told.append(number))
    next_jobs = next_time(timezone.localtime())
    while not told and all(child.poll() is None for child in children):
        time.sleep(0.5)
        if timezone.localtime() >= next_jobs:
            for job in ("send_reminders", "forget"):
                subprocess.Popen([sys.executable, "-m", "studytours", job])  # noqa: S603  (our own)
            next_jobs = next_time(timezone.localtime())
    return "on request" if told else "because a part of it ended"


def next_time(now):
    """The next seven o'clock."""
    today = now.replace(hour=DAILY_JOBS_AT, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)


def stop(children):
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
