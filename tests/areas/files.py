"""Small files as offices send them: boundaries in GeoJSON, figures in CSV."""

import json

SQUARE = [[-0.72, 52.30], [-0.71, 52.30], [-0.71, 52.31], [-0.72, 52.31], [-0.72, 52.30]]
BOW_TIE = [[-0.72, 52.30], [-0.71, 52.31], [-0.71, 52.30], [-0.72, 52.31], [-0.72, 52.30]]


def feature(properties, ring=SQUARE, kind="Polygon"):
    coordinates = [ring] if kind == "Polygon" else ring
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def lsoa(number=1, ring=SQUARE, **more):
    code = f"E0109900{number}"
    return feature({"LSOA21CD": code, "LSOA21NM": f"Millby 00{number}A"} | more, ring)


def geojson(folder, *features, name="lsoa.geojson", **members):
    path = folder / name
    collection = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(collection | members))
    return path


def table(folder, text, name="table.csv"):
    path = folder / name
    path.write_text(text)
    return path
