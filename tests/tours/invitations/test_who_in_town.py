"""Who should come where much is known: remits, earlier findings and promises are heard."""

from studytours.tours import operations
from studytours.tours.invitations.who import who_should_come


def test_the_town_s_remits_findings_and_promises_are_heard(town):
    """The bike track and the lamp are promised by whom the town says; what is sensitive is not."""
    tour = operations.plan_tour(
        area=town.osier, title="Again", starts_at=town.coming_tour.starts_at,
        meeting_point="Church", now=town.now,
    )  # fmt: skip
    found = {row.work.key: row for row in who_should_come(tour)}
    council, homes = town.bodies["council"], town.bodies["homes"]
    assert council in found["lighting"].to_ask and homes in found["gates"].to_ask
    assert "Found here before: gate, fence, door or lock." in found["gates"].reasons
    promised = [reason for row in found.values() for reason in row.reasons if "promised" in reason]
    assert any("bike track" in reason for reason in promised)
    everything = " ".join(reason for row in found.values() for reason in row.reasons)
    assert "sleeping" not in everything and "drug" not in everything.lower()
