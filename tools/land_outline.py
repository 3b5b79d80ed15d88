"""Makes the outline of the land that maps show: land-110m.json of world-atlas (TopoJSON) → GeoJSON.

    .venv/bin/python tools/land_outline.py land-110m.json > portal/static/portal/vendor/land/land.json

Longitudes run on over the antimeridian instead of jumping from 180 to -180, which would draw lines across the
map. Two digits after the point are a kilometre.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

Ring = list[list[float]]
DIGITS = 2


def arcs_of(topology: dict) -> list[Ring]:
    """TopoJSON counts each position from the one before, in steps of the scale."""
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append([x * east + west, y * north + south])
        arcs.append(points)
    return arcs


def ring_of(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Arcs joined at their ends; ~n is arc n backwards."""
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return unwrapped(ring)


def unwrapped(ring: Ring) -> Ring:
    turns, points = 0, []
    for place, (lon, lat) in enumerate(ring):
        if place:
            step = lon - ring[place - 1][0]
            turns -= 360 if step > 180 else -360 if step < -180 else 0
        points.append([round(lon + turns, DIGITS), round(lat, DIGITS)])
    return points


def polygons_of(geometry: dict) -> list[list[list[int]]]:
    if geometry["type"] == "GeometryCollection":
        return [one for part in geometry["geometries"] for one in polygons_of(part)]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def outline(topology: dict) -> dict:
    arcs = arcs_of(topology)
    polygons = [
        [ring_of(ring, arcs) for ring in polygon] for polygon in polygons_of(topology["objects"]["land"])
    ]
    # Antarctica closes along the pole, which no projection of ours shows.
    kept = [polygon for polygon in polygons if max(lat for _, lat in polygon[0]) > -60]
    return {"type": "MultiPolygon", "coordinates": kept}


if __name__ == "__main__":
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump(outline(topology), sys.stdout, separators=(",", ":"))
