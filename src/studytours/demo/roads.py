"""Saltmere's streets as a street map holds them: they meet at corners, and every one is reached."""

from itertools import combinations

import shapely
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points

from .geography import DISTRICTS, streets

# A street that ends so near to another (metres) ends on it.
NEAR = 25


def joined():
    """[(name, kind, district, [(x, y), …])]: where two cross or touch, both have that corner."""
    made = streets()
    made += _approaches(made)
    lines = [LineString(line) for *_, line in made]
    corners = [[(line.project(Point(at)), at) for at in line.coords] for line in lines]
    _join_ends(lines, corners)
    _join_crossings(lines, corners)
    return [
        (name, kind, district, [at for _, at in sorted(set(some))])
        for (name, kind, district, _), some in zip(made, corners, strict=True)
    ]


def _approaches(made):
    """A road from each district to the nearest main road."""
    main = shapely.MultiLineString([line for _, kind, _, line in made if kind == "secondary"])
    for district in DISTRICTS:
        own = shapely.MultiLineString([line for _, _, where, line in made if where == district])
        ends = [point.coords[0] for point in nearest_points(own, main)]
        if ends[0] != ends[1]:
            yield f"{district.split()[0]} Approach", "tertiary", district, ends


def _join_ends(lines, corners):
    for at, line in enumerate(lines):
        for end, along in ((line.coords[0], -1.0), (line.coords[-1], line.length + 1)):
            others = [number for number in range(len(lines)) if number != at]
            nearest = min(others, key=lambda number: lines[number].distance(Point(end)))
            if 0 < lines[nearest].distance(Point(end)) <= NEAR:
                mark = lines[nearest].project(Point(end))
                corner = lines[nearest].interpolate(mark).coords[0]
                corners[at].append((along, corner))
                corners[nearest].append((mark, corner))


def _join_crossings(lines, corners):
    for one, other in combinations(range(len(lines)), 2):
        if not lines[one].intersects(lines[other]):
            continue
        for point in shapely.get_parts(lines[one].intersection(lines[other])):
            for at in (one, other):
                corners[at].append((lines[at].project(point), point.coords[0]))
