"""A HEIC photo is opened in a process of its own.

Its decoder is a large library in C++. Bytes that are damaged in the right place end the process it
runs in (a segmentation fault, no exception), and a photo must never end the server or the worker.
"""

import json
import resource
import subprocess
import sys

from .errors import Refused

SECONDS = 60
BYTES = 3 * 1024**3
REFUSED = 2


def damaged():
    return Refused("This photo is damaged and cannot be opened.", cure="Take or send it again.")


def shown_apart(data):
    """(JPEG, width, height) of a HEIC photo; Refused also when the other process died of it."""
    command = [sys.executable, "-m", "studytours.core.heic"]  # ours: nothing of the photo is in it
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise damaged() from error
    head, _, jpeg = done.stdout.partition(b"\n")
    if done.returncode == REFUSED:
        raise Refused(**json.loads(head))
    if done.returncode:
        raise damaged()
    return jpeg, *json.loads(head)


def main():
    """The other process: a photo comes in, one line of JSON and the JPEG go out."""
    import pi_heif

    from .photos import shown_from

    for limit, most in (
        (resource.RLIMIT_AS, BYTES), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))
    pi_heif.register_heif_opener()
    out = sys.stdout.buffer
    try:
        shown = shown_from(sys.stdin.buffer.read(), formats=("HEIF",))
    except Refused as refusal:
        out.write(json.dumps({"why": refusal.why, "cure": refusal.cure}).encode() + b"\n")
        return REFUSED
    out.write(json.dumps([shown.width, shown.height]).encode() + b"\n" + shown.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
