"""Streets and landmarks from an OpenStreetMap extract: names to choose from, lines to draw."""

from django.db import models

from studytours.core.geometry import Located


class StreetMap(Located):
    """One loaded extract. `geometry` is the rectangle it covers."""

    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    def __str__(self):
        return self.name

    @property
    def attribution(self):
        """What a map made from it must say."""
        osm = "OpenStreetMap" in self.licence
        return "© OpenStreetMap contributors" if osm else "All invented"


class Street(Located):
    """A way with a highway tag; several ways may share a name. `geometry` is its line."""

    street_map = models.ForeignKey(StreetMap, on_delete=models.CASCADE, related_name="streets")
    name = models.CharField(max_length=120, blank=True, db_index=True)
    kind = models.CharField(max_length=30)
    lit = models.BooleanField(null=True)
    # May a walker use it? See streets/foot.py for the rule.
    on_foot = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["street_map", "west", "east", "south", "north"])]

    def __str__(self):
        return self.name or f"{self.kind} without a name"


class Landmark(Located):
    """A named place people know: a shop, school, church, park. `geometry` is a point."""

    street_map = models.ForeignKey(StreetMap, on_delete=models.CASCADE, related_name="landmarks")
    name = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=40)

    def __str__(self):
        return self.name
