from dataclasses import asdict

from studytours.areas.queue.criteria import PRESETS
from studytours.areas.queue.order import current_rules, queue_of
from studytours.core.commands import OurCommand


class Command(OurCommand):
    help = (
        "The queue of next areas: the order by the published weights, and what each criterion did."
    )

    def add_arguments(self, parser):
        parser.add_argument("--count", type=int, default=20, help="Places to give; 0 for all.")
        parser.add_argument("--preset", choices=PRESETS, help="Ready-made weights instead.")
        parser.add_argument("--compete", choices=("walkable", "ward", "lsoa"))
        parser.add_argument("--town", help="Only places in this town.")

    def run(self, *, count, preset, compete, town, **_):
        rules = current_rules()
        if preset:
            rules.weights = PRESETS[preset][1]
        rules.compete, rules.town = compete or rules.compete, town or rules.town
        queue = queue_of(rules)
        return {
            "force": queue.force,
            "months": queue.months,
            "crimes": rules.crimes,
            "compete": rules.compete,
            "town": rules.town,
            "weights": rules.weights,
            "places": [_plain(row) for row in queue.rows[: count or None]],
            "waiting": [_plain(row) for row in queue.waiting],
        }

    def show(self, result):
        for one in result["places"]:
            self.stdout.write(
                f"{one['rank']:4} {one['name']}, {one['town']}: {one['points']:.1f} points "
                f"(by counts {one['by_counts'] or 'not counted'})"
            )
            for sentence in one["why_not_yet"]:
                self.stdout.write(f"     {sentence}")
        for one in result["waiting"]:
            self.stdout.write(f"waits {one['name']}: {one['waits']}")


def _plain(row):
    return {
        "rank": row.rank,
        "key": row.place.key,
        "kind": row.place.kind,
        "name": row.place.name,
        "town": row.figures.town,
        "by_counts": row.by_counts,
        "points": row.points,
        "criteria": {
            part.criterion.key: {"said": part.said, "score": part.score, "points": part.points}
            for part in row.parts
        },
        "figures": asdict(row.figures),
        "waits": row.waits,
        "why_not_yet": list(row.not_yet),
    }
