"""Lean phones for benchmarks.burst: one process, bare sockets, the bytes made beforehand.

Each phone does what the app does: a connection that is kept, one call at a time, words before
photos, a call repeated (after a pause) when no receipt came.

    python -m benchmarks._burst_phones ADDRESS FILE.json   (tokens, notes, photo_bytes, seconds)
"""

import asyncio
import base64
import hashlib
import json
import random
import resource
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np


def percentiles(seconds):
    if not seconds:
        return {}
    p50, p95, p99 = np.percentile(seconds, [50, 95, 99])
    return {
        "p50": round(p50, 3), "p95": round(p95, 3), "p99": round(p99, 3),
        "longest": round(max(seconds), 3), "count": len(seconds),
    }  # fmt: skip


class Burst:
    def __init__(self, address, plan):
        where = urlsplit(address)
        self.host, self.port = where.hostname, where.port
        self.plan = plan
        # The head of a JPEG is all that the web server looks at; the rest is noise of that size.
        noise = np.random.default_rng(1).bytes(plan["photo_bytes"] - 20)
        self.photo = b"\xff\xd8\xff\xe0" + noise
        self.photo_hash = hashlib.sha256(self.photo)
        self.seconds = {"observations": [], "photos": []}
        self.repeats = 0

    async def phone(self, number, token):
        await asyncio.sleep(random.Random(number).random() * self.plan["seconds"])
        line = None
        notes = [uuid.uuid4() for _ in range(self.plan["notes"])]
        for at, name in enumerate(notes):
            words = f"Phone {number}, note {at}: the lamp by the garages is out again."
            body = json.dumps({
                "kind": "problem", "captured_at": "2026-06-03T18:05:00+01:00", "category": "LIT",
                "words": words, "photos": [str(uuid.uuid5(name, "photo"))],
                "place": {"lat": 52.305, "lon": -0.7175, "accuracy_m": 8},
            }).encode()  # fmt: skip
            waiting = str(len(notes) - at - 1)
            headers = {"Content-Type": "application/json", "X-Waiting": waiting}
            line = await self.put(line, "observations", name, token, headers, [body])
        for name in notes:
            tail = name.bytes
            hashed = self.photo_hash.copy()
            hashed.update(tail)
            digest = base64.b64encode(hashed.digest()).decode()
            headers = {
                "Content-Type": "image/jpeg", "X-Observation": str(name),
                "Digest": f"sha-256={digest}",
            }  # fmt: skip
            name = uuid.uuid5(name, "photo")
            line = await self.put(line, "photos", name, token, headers, [self.photo, tail])
        line[1].close()

    async def put(self, line, kind, name, token, headers, parts):
        """Until a receipt names it. What is measured is from the first try to the receipt."""
        head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        call = (
            f"PUT /api/field/{kind}/{name} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {sum(map(len, parts))}\r\n{head}\r\n"
        ).encode()
        began = time.perf_counter()
        for tries in range(20):
            try:
                line = line or await asyncio.open_connection(self.host, self.port)
                status, answer, stays = await self.call(*line, call, parts)
                if status in (200, 201) and json.loads(answer)["accepted"] == str(name):
                    self.seconds[kind].append(time.perf_counter() - began)
                    if stays:
                        return line
                    line[1].close()
                    return None
            except (OSError, asyncio.IncompleteReadError, ValueError):
                pass
            if tries or line is None:
                self.repeats += 1  # an idle connection that had been closed is no repeat
                await asyncio.sleep(min(2**tries, 60))
            line = None
        raise RuntimeError(f"{kind} {name} was never received")

    async def call(self, reader, writer, head, parts):
        writer.write(head)
        for part in parts:
            writer.write(part)
        await writer.drain()
        top = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(top.split("content-length:")[1].split("\r\n")[0])
        return int(top.split()[1]), await reader.readexactly(length), "connection: close" not in top

    async def run(self):
        began = time.perf_counter()
        phones = (self.phone(number, token) for number, token in enumerate(self.plan["tokens"]))
        await asyncio.gather(*phones)
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "seconds": round(time.perf_counter() - began, 1),
            "texts": percentiles(self.seconds["observations"]),
            "photos": percentiles(self.seconds["photos"]),
            "repeats": self.repeats,
            "generator_cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        }


if __name__ == "__main__":
    plan = json.loads(Path(sys.argv[2]).read_text())
    print(json.dumps(asyncio.run(Burst(sys.argv[1], plan).run())))
