"""Geometry as WKB in longitude/latitude (EPSG:4326) with four floats of bounding box.

The floats let any database narrow a search by index; Shapely decides. Distances and areas are
measured on the British National Grid (EPSG:27700), good to about two metres with the
transformation used here.
"""

from functools import lru_cache

import shapely
from django.core.exceptions import ValidationError
from django.db import models
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

# Great Britain and Northern Ireland with a margin; anything else in a crime file is an error.
UK = (-9.0, 49.5, 2.5, 61.5)


def in_uk(lat, lon):
    """Is this point in Great Britain or Northern Ireland, as far as the box around them says?"""
    west, south, east, north = UK
    return south <= lat <= north and west <= lon <= east


@lru_cache
def _transformer(source, target):
    from pyproj import Transformer  # slow to import, and most commands never measure

    return Transformer.from_crs(source, target, always_xy=True)


def to_grid(lon, lat):
    """Longitude and latitude (numbers or arrays) → easting and northing in metres."""
    return _transformer(4326, 27700).transform(lon, lat)


def from_grid(x, y):
    """Easting and northing in metres (numbers or arrays) → longitude and latitude."""
    return _transformer(27700, 4326).transform(x, y)


def on_grid(geometry):
    """The geometry in metres, for distances and areas."""
    return shapely.transform(geometry, to_grid, interleaved=False)


def off_grid(geometry):
    """A geometry in metres, back in longitude and latitude."""
    return shapely.transform(geometry, from_grid, interleaved=False)


def buffered(geometry, metres):
    """The geometry with a margin of so many metres around it."""
    return off_grid(on_grid(geometry).buffer(metres))


def from_geojson(value):
    """A Shapely geometry from a GeoJSON geometry, or a ValidationError that says why not."""
    try:
        geometry = shape(value)
    except Exception as error:
        raise ValidationError(f"This is not a GeoJSON geometry: {error}.") from error
    if geometry.is_empty:
        raise ValidationError("This shape is empty. Draw at least three corners.")
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def to_geojson(geometry, digits=6):
    """GeoJSON geometry; six decimals are about ten centimetres."""
    return mapping(shapely.set_precision(geometry, 10**-digits, mode="pointwise"))


class GeometryField(models.BinaryField):
    """A Shapely geometry, stored as WKB. Fills the model's bounding box when saved."""

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else shapely.from_wkb(bytes(value))

    def to_python(self, value):
        return (
            value if value is None or isinstance(value, BaseGeometry) else shapely.from_wkb(value)
        )

    def pre_save(self, model_instance, add):
        geometry = getattr(model_instance, self.attname)
        if isinstance(geometry, BaseGeometry):
            (
                model_instance.west,
                model_instance.south,
                model_instance.east,
                model_instance.north,
            ) = geometry.bounds
        return geometry

    def get_prep_value(self, value):
        return shapely.to_wkb(value) if isinstance(value, BaseGeometry) else value


class Located(models.Model):
    """Has a geometry. The box columns must follow it: pre_save runs in this order."""

    geometry = GeometryField()
    west = models.FloatField(editable=False)
    south = models.FloatField(editable=False)
    east = models.FloatField(editable=False)
    north = models.FloatField(editable=False)

    class Meta:
        abstract = True

    @property
    def bounds(self):
        return self.west, self.south, self.east, self.north

    @property
    def box(self):
        """The bounds as an address holds them: "w,s,e,n"."""
        return ",".join(f"{side:.5f}" for side in self.bounds)


def boxes_touch(queryset, west, south, east, north):
    """Rows whose bounding box touches this one; refine with Shapely."""
    return queryset.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
