"""The environment, read loudly: a wrong value stops the start and says how to cure it."""

import os
import re
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LONG_ENOUGH = 32  # signs of a secret key: every session and link hangs on it


def env_choice(name, default, choices):
    value = os.getenv(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: use one of {', '.join(choices)}")
    return value


def env_flag(name, default):
    return env_choice(name, default, ("yes", "no")) == "yes"


def env_int(name, default):
    value = os.getenv(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number")
    return int(value)


def env_hosts(name, default):
    """Host names as a browser sends them; production must name its own."""
    hosts = [part.strip() for part in os.getenv(name, default).split(",") if part.strip()]
    if not hosts:
        raise ImproperlyConfigured(f"{name} is not set: give the public host name")
    for host in hosts:
        if not re.fullmatch(r"\.?[\w.-]+|\[[0-9a-f:]+\]", host, re.IGNORECASE):
            raise ImproperlyConfigured(
                f"{name}={host!r}: give the name alone, such as tours.example.org, "
                "without https:// or a path"
            )
    return hosts


def env_address(name, default=""):
    """The address of a site; what is joined to it begins with a slash."""
    value = os.getenv(name, default)
    if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise ImproperlyConfigured(f"{name}={value!r}: begin with https://")
    return value.rstrip("/")


def env_folder(name, default):
    """A folder of ours, made when it is not there."""
    folder = Path(os.getenv(name, default)).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}={str(folder)!r} cannot be made ({(error.strerror or '').lower()}): "
            "choose a folder that this account may write"
        ) from error
    return folder


def env_needed(name, *, because):
    value = os.getenv(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set, and {because} is: set both or neither")
    return value


def env_database(default):
    try:
        return dj_database_url.config(default=default, conn_max_age=60)
    except ValueError as error:
        # Its value holds a password, so it is not repeated.
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood: write postgres://user:password@host/name"
        ) from error


def spark_master():
    """Where Apache Spark takes the counting over; empty, and DuckDB counts."""
    value = os.getenv("STUDYTOURS_SPARK_MASTER", "")
    if value and not value.startswith(("local", "spark://", "k8s://", "yarn")):
        raise ImproperlyConfigured(
            f"STUDYTOURS_SPARK_MASTER={value!r}: use local[2], spark://host:7077, k8s://… or yarn"
        )
    return value


def secret_key(home, *, production):
    """The one that is set; on a laptop else one that is made once and kept."""
    key = os.getenv("STUDYTOURS_SECRET_KEY", "")
    if production and len(key) < LONG_ENOUGH:
        fault = "is too short" if key else "is not set"
        raise ImproperlyConfigured(
            f"STUDYTOURS_SECRET_KEY {fault}: give random text of {LONG_ENOUGH} signs or more"
        )
    if key:
        return key
    file = home / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()
