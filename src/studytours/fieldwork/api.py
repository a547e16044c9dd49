"""The phone's contract: join, the pack, records and photos with receipts, what is held.

Every answer below /api/ is JSON. A receipt names the uuid and the hash of the bytes; a refusal says
why, and whether the same again may help. Anything else, a phone takes for "try later".
"""

import hashlib
import json
import logging
from threading import BoundedSemaphore
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from ninja import NinjaAPI, Router, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from studytours.core.addresses import client_address
from studytours.core.errors import Refused, TryLater
from studytours.core.together import Together

from . import operations, queries
from .api_docs import ApiDocs
from .operations.joining import token_hash
from .pack import make_pack, tour_card
from .questions.queries import findings_so_far
from .reading import MOST_BYTES, refuse_too_large
from .refusals import Damaged, Unreadable, Withdrawn, status_and_retry
from .schemas import (
    FindingsOut,
    JoinIn,
    JoinOut,
    ObservationIn,
    ReceiptOut,
    ReceiptsOut,
    RefusalOut,
)

logger = logging.getLogger("studytours.fieldwork.api")

# Photos arrive side by side, on slow lines for long; once whole they are kept few at a time, so
# that notes, which are small and matter more, hardly wait for them.
FEW_PHOTOS = BoundedSemaphore(2)


class Contract(NinjaAPI):
    """An answer to a phone that has joined also carries what its screen is to say."""

    def create_response(self, request, *args, **kwargs):
        return nudged(request, super().create_response(request, *args, **kwargs))


api = Contract(
    title="Study tours: the phone's contract",
    version="1",
    description=__doc__,
    docs=ApiDocs(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api",
)
field = Router(tags=["field"])

REFUSALS = {
    status: RefusalOut for status in (400, 401, 404, 409, 410, 413, 422, 429, 500, 503)
}  # fmt: skip


device_with_token = Together(queries.devices_with_tokens)


class PhoneToken(HttpBearer):
    """The token that a phone was given when it joined.

    It ends when the phone is withdrawn, and two weeks after the tour has reported back: as long as
    the phone keeps what it sent. What comes later comes by the saved file.
    """

    def authenticate(self, request, token):
        device = device_with_token.ask(token_hash(token))
        if device is None or device.revoked_at or queries.has_ended(device):
            raise Withdrawn(
                "This phone no longer belongs to the tour.",
                cure="Your notes are safe on it. Join again with the code, or save them to a file.",
            )
        operations.note_contact(device, waiting=waiting_on(request))
        return device


phone = PhoneToken()


@field.post("/join", response={200: JoinOut, **REFUSALS})
def join(request, joining: JoinIn):
    """Join a tour by its code. No account; name and role are optional."""
    device, token = operations.join(
        code=joining.code, name=joining.name or "", role=joining.role or "",
        address=client_address(request),
    )  # fmt: skip
    return {"token": token, "device": device.pk, "tour": tour_card(device.tour)}


@field.get("/pack", auth=phone, response={200: dict, **REFUSALS})
def pack(request):
    """Everything of the tour for use without signal. Send If-None-Match with the ETag you have."""
    body = json.dumps(make_pack(request.auth), ensure_ascii=False).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return nudged(request, response)


@field.put(
    "/observations/{uuid}",
    auth=phone,
    response={200: ReceiptOut, 201: ReceiptOut, **REFUSALS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": ObservationIn.model_json_schema()}},
        },
        "parameters": [
            {
                "in": "header", "name": "X-Sent-At", "required": False,
                "schema": {"type": "string", "format": "date-time"},
                "description": "The phone's clock now: how far it is off is noted.",
            }
        ],
    },
)  # fmt: skip
def put_observation(request, uuid: UUID):
    """A record, exactly as the phone keeps it. 201 the first time, 200 for the same bytes again."""
    receipt = operations.accept_observation(
        request.auth, uuid, read_body(request), sent_at=sent_at(request)
    )
    return receipt_of(receipt)


@field.put(
    "/photos/{uuid}",
    auth=phone,
    response={200: ReceiptOut, 201: ReceiptOut, **REFUSALS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}}
                for kind in ("image/*", "audio/*")
            },
        },
        "parameters": [
            {
                "in": "header", "name": "X-Observation", "required": True,
                "schema": {"type": "string", "format": "uuid"},
                "description": "The record it belongs to; that may come later.",
            },
            {
                "in": "header", "name": "Digest", "required": True,
                "schema": {"type": "string"},
                "description": "sha-256=<base64 of the hash of the bytes>",
            },
        ],
    },
)  # fmt: skip
def put_photo(request, uuid: UUID):
    """A photo (at most 25 MB) or a spoken note (10 MB). It may come before its record."""
    arrived = operations.Arrived.from_stream(request, length_of(request))
    try:
        observation = UUID(request.headers.get("X-Observation", ""))
    except ValueError as error:
        arrived.close()
        raise Unreadable(
            "A photo needs the uuid of its record, in the header X-Observation."
        ) from error
    with FEW_PHOTOS:
        receipt = operations.accept_photo(
            request.auth, uuid, observation=observation, digest=request.headers.get("Digest"),
            content_type=request.headers.get("Content-Type", ""), body=arrived,
        )  # fmt: skip
    return receipt_of(receipt)


@field.get("/receipts", auth=phone, response={200: ReceiptsOut, **REFUSALS})
def receipts(request):
    """What the server holds from this phone."""
    return queries.receipts(request.auth)


@field.get("/findings", auth=phone, response={200: FindingsOut, **REFUSALS})
def findings(request):
    """What the walkers of this tour said so far and all of them may read, to say “me too” to."""
    return {"findings": findings_so_far(request.auth)}


api.add_router("/field", field)


def receipt_of(receipt):
    return Status(
        201 if receipt.is_new else 200,
        {
            "accepted": receipt.accepted,
            "sha256": receipt.sha256,
            "received_at": receipt.received_at,
            "set_aside": receipt.set_aside,
        },
    )


def length_of(request):
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def read_body(request):
    """The body's bytes, whole: a note cut short on its way must not look like a wrong note."""
    length = length_of(request)
    refuse_too_large(length)
    parts = []
    while part := request.read(MOST_BYTES):
        parts.append(part)
    body = b"".join(parts)
    if len(body) != length:
        raise Damaged("The note broke off on its way.")
    return body


def sent_at(request):
    """The phone's clock when it sent this, if it says so in a way that can be read."""
    try:
        at = parse_datetime(request.headers.get("X-Sent-At", ""))
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) else None


def waiting_on(request):
    """How many notes the phone says it still has, besides the one it sends with this call."""
    said = request.headers.get("X-Waiting", "")
    return int(said) if said.isdecimal() and len(said) < 7 else None


def nudged(request, response):
    words = getattr(getattr(request, "auth", None), "nudge", "")
    if words:
        response.headers["X-Nudge"] = quote(words)
    return response


def refusal(request, status, why, retry):
    try:
        uuid = str(UUID(request.resolver_match.kwargs["uuid"]))
    except (KeyError, ValueError):
        uuid = None
    return api.create_response(
        request, {"refused": uuid, "why": why, "retry": retry}, status=status
    )


@api.exception_handler(Refused)
@api.exception_handler(TryLater)
def refused(request, error):
    status, retry = status_and_retry(error)
    return refusal(request, status, str(error), retry)


@api.exception_handler(UnreadablePostError)
def broken_off(request, error):
    return refusal(request, 422, "The line broke while sending.", True)


@api.exception_handler(AuthenticationError)
def no_token(request, error):
    return refusal(
        request, 401, "This phone has not joined a tour. Your notes are safe on it.", False
    )


@api.exception_handler(RequestDataTooBig)
def too_big(request, error):
    return refusal(request, 413, "This is too large.", False)


@api.exception_handler(ValidationError)
def not_valid(request, error):
    words = "; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in error.errors)
    return refusal(request, 400, f"This cannot be read. {words}"[:300], False)


@api.exception_handler(HttpError)
def not_json(request, error):
    return refusal(request, error.status_code, "This cannot be read: it is not JSON.", False)


@api.exception_handler(Http404)
def not_found(request, error):
    return refusal(request, 404, "There is nothing here.", False)


@api.exception_handler(Exception)
def went_wrong(request, error):
    """Never a page: the phone keeps what it has and sends it again."""
    logger.exception("The phone's contract failed")
    return refusal(request, 500, "Something went wrong here. It will be sent again.", True)
