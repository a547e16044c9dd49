"""Is a tour's risk assessment signed, and still for the plan as it is?"""

from dataclasses import dataclass

from ..models import RiskAssessment
from .plan import changes, plan_of


@dataclass(frozen=True)
class Signing:
    """The latest version, the latest that was signed, and what changed since that."""

    latest: RiskAssessment | None
    signed: RiskAssessment | None
    changes: tuple[str, ...]

    @property
    def is_good(self):
        return self.signed is not None and not self.changes


def signing_of(tour, stops=None):
    """How it stands with the risk assessment of a tour."""
    versions = list(tour.assessments.all())
    latest = versions[-1] if versions else None
    signed = next((one for one in reversed(versions) if one.signed_at), None)
    if signed is None:
        return Signing(latest, None, ())
    now = plan_of(tour, tour.stops.all() if stops is None else stops)
    since = changes(signed.plan, now)
    if latest.rows != signed.rows:
        since = (*since, "The assessment itself was changed after it was signed.")
    return Signing(latest, signed, since)
