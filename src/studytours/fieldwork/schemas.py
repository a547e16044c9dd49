"""The shapes of the phone's contract, for checking and for its description."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field


class JoinIn(Schema):
    code: str
    name: str | None = None
    role: str | None = None


class TourOut(Schema):
    slug: str
    title: str
    area: str
    state: str
    starts_at: str
    ends_at: str | None


class JoinOut(Schema):
    token: str = Field(description="Bearer token of this phone for this tour. Told only once.")
    device: int
    tour: TourOut


class ReceiptOut(Schema):
    accepted: UUID
    sha256: str = Field(description="Hex, of the bytes as sent.")
    received_at: datetime
    set_aside: str = Field("", description="Why a person will look at it; empty for nearly all.")


class RefusalOut(Schema):
    refused: UUID | None = Field(description="What was refused, where that is known.")
    why: str = Field(description="A sentence that the walker reads.")
    retry: bool = Field(description="Whether sending the same again may help.")


class ReceiptsOut(Schema):
    observations: dict[str, str]
    photos: dict[str, str]


class ObservationIn(Schema):
    """Only described with this, never rewritten by it: the bytes are kept as they were sent."""

    model_config = ConfigDict(extra="allow")

    kind: Literal["problem", "good", "idea", "measure_check", "experience"]
    captured_at: datetime
    category: str | None = Field(None, description="A code of the pack.")
    words: str | None = None
    place: dict[str, Any] | None = Field(
        None,
        description="{lat, lon, accuracy_m?} or {stop} or {between: [a, b]} or {street, near?}",
    )
    stop: int | None = Field(None, description="The id of a stop of the pack.")
    feeling: dict[str, Any] | None = None
    condition: Literal["good", "satisfactory", "poor", "very_poor"] | None = None
    urgent: bool | None = None
    dark: bool | None = None
    measure: str | None = Field(None, description="The ref of a measure of the pack.")
    works: Literal["works", "sometimes", "broken", "worse", "unknown"] | None = None
    done_now: str | bool | None = None
    done_by: str | None = None
    photos: list[UUID] | None = None
    corrects: UUID | None = None
    me_too: UUID | None = Field(None, description="Of the record that this walker agrees with.")
    private: bool | None = None
    shop: dict[str, Any] | None = None
    whole_area: dict[str, Any] | None = Field(None, description="{when, scores: {code: 1-7}}")
    about_you: dict[str, Any] | None = None
    note: dict[str, Any] | None = Field(None, description="To the coordinator alone: {contact?}")


class FindingOut(Schema):
    uuid: UUID
    title: str
    category: str | None
    stop: int | None
    mine: bool
    others: int = Field(description="How many phones said “me too”.")


class FindingsOut(Schema):
    findings: list[FindingOut]
