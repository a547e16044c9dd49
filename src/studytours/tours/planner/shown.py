"""A proposal as stops that are not saved, for everything that shows a way."""

from ..models import Stop


def shown_stops(tour, proposal):
    """The stops as they would be. A new one has a number below nought in place of its own."""
    return [
        Stop(
            pk=one["stop"] or -number, tour=tour, number=number, name=one["name"], lat=one["lat"],
            lon=one["lon"], look_at=one["look_at"], minutes=one["minutes"],
        )
        for number, one in enumerate(proposal.stops, 1)
    ]  # fmt: skip
