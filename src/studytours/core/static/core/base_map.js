/* The base map under every map: our own tiles of each street map that is loaded, and how they look.
   Paper ground, white roads with a thin casing, muted names. Names are drawn with the reader's own
   fonts: without an address of glyphs MapLibre needs no server for them. */
import * as maplibre from "../vendor/maplibre/maplibre-gl.js";
import { Protocol } from "../vendor/pmtiles.js";

const COLOURS = {
  paper: "#f6f4ef", building: "#e3ddcf", edge: "#d3ccbb", casing: "#b9b19d", road: "#ffffff",
  path: "#bdb5a2", rail: "#b3aa98", water: "#c9dbe3", wood: "#dfe7d0", green: "#e8eddd",
  name: "#5c6b73", place: "#3d4d55",
};
const FONT = ["system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif"];
const kind = ["get", "kind"];
const is = (...kinds) => ["in", kind, ["literal", kinds]];
/* Metres on the ground double with each zoom; lines grow a little slower. */
const width = (at11, at18) => ["interpolate", ["exponential", 1.6], ["zoom"], 11, at11, 18, at18];
const roadWidth = (grow) => ["interpolate", ["exponential", 1.6], ["zoom"],
  8, ["match", kind, "motorway", 1.2 + grow, "main", 0.8 + grow, 0.3],
  11, ["match", kind, "motorway", 2.4 + grow, "main", 1.8 + grow, "street", 0.7 + grow / 2, 0.4],
  14, ["match", kind, "motorway", 8 + grow, "main", 7 + grow, "street", 4.6 + grow, 2 + grow],
  18, ["match", kind, "motorway", 30 + grow, "main", 26 + grow, "street", 20 + grow, 9 + grow]];
const round = { "line-cap": "round", "line-join": "round" };

const GROUND = [
  { id: "green", type: "fill", of: "green", paint: { "fill-color": ["match", kind, "wood", COLOURS.wood, COLOURS.green] } },
  { id: "water", type: "fill", of: "water", paint: { "fill-color": COLOURS.water } },
  { id: "waterways", type: "line", of: "waterways", layout: round, paint: { "line-color": COLOURS.water, "line-width": ["match", kind, "river", 2.2, 1] } },
  { id: "buildings", type: "fill", of: "buildings", minzoom: 13, paint: { "fill-color": COLOURS.building, "fill-outline-color": COLOURS.edge } },
  { id: "paths", type: "line", of: "roads", minzoom: 13, filter: is("path"), paint: { "line-color": COLOURS.path, "line-width": width(0.6, 2.4), "line-dasharray": [2.5, 1.5] } },
  { id: "casing", type: "line", of: "roads", filter: ["!", is("path")], layout: round, paint: { "line-color": COLOURS.casing, "line-width": roadWidth(1.4) } },
  { id: "roads", type: "line", of: "roads", filter: ["!", is("path")], layout: round, paint: { "line-color": COLOURS.road, "line-width": roadWidth(0) } },
  { id: "rails", type: "line", of: "railways", paint: { "line-color": COLOURS.rail, "line-width": width(1, 3), "line-dasharray": [4, 2] } },
];
const halo = { "text-halo-color": COLOURS.paper, "text-halo-width": 1.4 };
const NAMES = [
  { id: "road-names", type: "symbol", of: "roads", minzoom: 13, filter: ["all", ["has", "name"], ["any", is("motorway", "main"), [">=", ["zoom"], 14]]],
    layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 14, 12, 18, 16] },
    paint: { "text-color": COLOURS.name, ...halo } },
  { id: "place-names", type: "symbol", of: "places", maxzoom: 16, layout: { "text-field": ["get", "name"], "text-font": FONT, "text-max-width": 8,
      "symbol-sort-key": ["match", kind, "town", 0, "village", 1, 2],
      "text-size": ["match", kind, "town", 17, "village", 14, 13] },
    paint: { "text-color": COLOURS.place, ...halo } },
];
const PAPER = { id: "paper", type: "background", paint: { "background-color": COLOURS.paper } };

let listed;
/** The base maps that there are, asked for once a page: none where the list cannot be had. */
export function baseMaps() {
  listed ??= fetch(document.querySelector("meta[name=base-maps]").content)
    .then((answer) => (answer.ok ? answer.json() : { maps: [] }))
    .then(({ maps }) => {
      if (maps.length) maplibre.addProtocol("pmtiles", new Protocol().tile);
      return maps;
    })
    .catch((error) => (console.warn(error), []));
  return listed;
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
export const touches = (maps, box) => maps.some((map) => overlap(map.bounds, box));

/** A whole style: what the page draws goes below the first layer of names. */
export function groundStyle(maps) {
  const sources = {}, layers = { ground: [], names: [] };
  maps.forEach((map, i) => {
    const source = `base-${i}`;
    sources[source] = { type: "vector", url: `pmtiles://${new URL(map.url, location.origin)}`, bounds: map.bounds, attribution: map.attribution };
    const own = ({ of, id, ...layer }) => ({ ...layer, id: `${source}-${id}`, source, "source-layer": of });
    layers.ground.push(...GROUND.map(own));
    layers.names.push(...NAMES.map(own));
  });
  return { version: 8, sources, layers: [PAPER, ...layers.ground, ...layers.names] };
}

/** The layer of names that shapes of a page are put under, if there is one. */
export const firstName = (map) => map.getStyle().layers.find((layer) => layer.id === "base-0-road-names")?.id;
