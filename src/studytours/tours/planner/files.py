"""The route for other programs: GPX for a watch or a map app, GeoJSON for a map."""

from xml.etree import ElementTree as ET

from studytours.areas.layers import collection, feature

from .way import end_of_way

GPX = "http://www.topografix.com/GPX/1/1"
# XML has no place for these, not even written as numbers.
UNWRITABLE = {code: " " for code in range(32) if code not in (9, 10, 13)}


def gpx(tour, stops, way):
    """Waypoints for the meeting point and the stops, and the way as one track. Bytes."""
    root = ET.Element("gpx", {"version": "1.1", "creator": "studytours", "xmlns": GPX})
    _named(ET.SubElement(root, "metadata"), name=tour.title)
    for name, words, lat, lon in _points(tour, stops):
        _named(ET.SubElement(root, "wpt", _at(lat, lon)), name=name, desc=words)
    if way.line:
        track = ET.SubElement(root, "trk")
        _named(track, name=tour.title)
        segment = ET.SubElement(track, "trkseg")
        for lon, lat in way.line:
            ET.SubElement(segment, "trkpt", _at(lat, lon))
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def geojson(tour, stops, way):
    """A FeatureCollection of the same."""
    features = [
        feature({"type": "Point", "coordinates": [lon, lat]}, name=name, text=words)
        for name, words, lat, lon in _points(tour, stops)
    ]
    if way.line:
        line = {"type": "LineString", "coordinates": way.line}
        features.append(
            feature(
                line, name=tour.title, metres=round(way.metres), along_streets=way.along_streets
            )
        )
    return collection(features)


def _points(tour, stops):
    if tour.meeting_lat is not None:
        yield "Meeting point", tour.meeting_point, tour.meeting_lat, tour.meeting_lon
    for stop in stops:
        if stop.lat is not None:
            yield str(stop), stop.look_at, stop.lat, stop.lon
    lon, lat = end_of_way(tour)
    if lat is not None and (lat, lon) != (tour.meeting_lat, tour.meeting_lon):
        yield "End of the walk", tour.route_plan.end_point, lat, lon


def _at(lat, lon):
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}


def _named(element, **words):
    for tag, text in words.items():
        if text:
            ET.SubElement(element, tag).text = text.translate(UNWRITABLE)
