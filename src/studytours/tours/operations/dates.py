"""What follows whenever the time or the place of a tour is not what it was."""


def new_date(tour, *, now):
    """Calendars must see that this is newer, and each reminder is due again for the new day."""
    tour.calendar_sequence += 1
    tour.calendar_at = now
    tour.save(update_fields=["calendar_sequence", "calendar_at"])
    tour.invitations.update(asked_again_at=None, reminded_at=None)
