"""`studytours serve`: the web server and the worker together, until either ends."""

import gc
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from django.utils import timezone

from studytours.config import web
from studytours.core.commands import OurCommand
from studytours.core.errors import Refused
from studytours.demo.town import PASSWORD, build_town
from studytours.partners.operations import create_local_accounts

# What many phones send at one moment is written by lists, and a thread that waits for its list
# costs little. PostgreSQL has a connection for each, and allows a hundred.
THREADS = {"sqlite": 96}
THREADS_ELSEWHERE = 16
DAILY_JOBS_AT = 7  # o'clock, local time


class Command(OurCommand):
    help = "Start the web server and the worker on http://127.0.0.1:PORT."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--processes", type=int, default=2)
        parser.add_argument(
            "--threads", type=int, help="of each process; else what suits the database"
        )
        parser.add_argument(
            "--prepare", action="store_true",
            help="first set up the database and load the demonstration town or --data",
        )  # fmt: skip
        parser.add_argument("--data", help="folder of real data to load instead of the town")

    def run(self, *, port, bind, processes, threads, prepare, data, **options):
        refuse_taken_port(bind, port)
        address = os.environ.setdefault("STUDYTOURS_URL", f"http://127.0.0.1:{port}")
        settings.BASE_URL = address.rstrip("/")
        first_time = prepare and not is_current()
        get_resolver().url_patterns  # noqa: B018  (loads the code once, for all the processes below)
        threads = threads or THREADS.get(connection.vendor, THREADS_ELSEWHERE)
        connections.close_all()
        gc.freeze()  # so that it stays shared memory
        children = []
        try:
            if first_time:
                self.finish(fork(self.prepare, data))
            children.append(fork(web.serve, bind, port, processes, threads))
            if prepare and not first_time:
                # The database is as the code wants it: the web need not wait.
                self.finish(fork(self.prepare, data))
            wait_until_answers(bind, port, children)
            children.append(fork(work))
            self.stdout.write(f"Ready: {settings.BASE_URL}   (stop with Ctrl-C)")
            self.stdout.flush()
            return {"ended": watch(children)}
        finally:
            stop(children)

    def finish(self, preparing):
        preparing.join()
        if preparing.exitcode:
            raise Refused("The preparation did not come to its end.", cure="See the lines above.")

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


def fork(what, *arguments):
    """A child process that begins with the code already loaded."""

    def child():
        os.setsid()  # Ctrl-C is for the parent, which then ends its children in order
        try:
            what(*arguments)
        except Refused as error:
            sys.exit(str(error))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    return process


def work():
    """The background's work. Whoever waits for an answer goes before it."""
    os.nice(10)
    call_command("db_worker")


def wait_until_answers(bind, port, children, seconds=60):
    host = "127.0.0.1" if bind == "0.0.0.0" else bind  # noqa: S104  (compared, not bound)
    for _ in range(seconds * 20):
        if not all(child.is_alive() for child in children):
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
    while not told and all(child.is_alive() for child in children):
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
        child.terminate()
    for child in children:
        child.join(20)
        with suppress(ProcessLookupError):  # what it started and did not end itself
            os.killpg(child.pid, signal.SIGKILL)
