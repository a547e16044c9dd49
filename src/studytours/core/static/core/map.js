/* Every map of the site: <div data-map data-layers='[{"url", "style"}]' data-bounds="w,s,e,n">.
   A layer may name a checkbox that shows and hides it: {"toggle": "#id"}. A page that changes one
   later gives its source a name: {"name": "route"}, or draws the discs itself: {"own": true}.
   With data-edit="point" or "polygon" and data-target="#input" it also draws into a form field.
   A page with a map holds the same facts as text, so a browser without WebGL loses nothing. */
import * as maplibre from "../vendor/maplibre/maplibre-gl.js";
import { baseMaps, touches, firstName, groundStyle } from "./base_map.js";
import { editPoint, editPolygon } from "./map_edit.js";
import { STYLES } from "./map_styles.js";

maplibre.setWorkerUrl(document.querySelector("meta[name=map-worker]").content);

/** The smallest box round every coordinate in a GeoJSON object, or null. */
function boundsOf(geojson) {
  let box = null;
  const visit = (c) => {
    if (typeof c[0] !== "number") return c.forEach(visit);
    box = box
      ? [Math.min(box[0], c[0]), Math.min(box[1], c[1]), Math.max(box[2], c[0]), Math.max(box[3], c[1])]
      : [c[0], c[1], c[0], c[1]];
  };
  geojson.features.forEach((f) => f.geometry && visit(f.geometry.coordinates));
  return box;
}

function disc(feature, style) {
  const element = document.createElement(feature.properties.href ? "a" : "span");
  element.className = `st-map__disc st-map__disc--${style}`;
  element.textContent = feature.properties.number;
  element.title = feature.properties.label ?? "";
  if (feature.properties.href) element.href = feature.properties.href;
  return element;
}

function centre(geometry) {
  if (geometry.type === "Point") return geometry.coordinates;
  const [w, s, e, n] = boundsOf({ features: [{ geometry }] });
  return [(w + e) / 2, (s + n) / 2];
}

function popup(map, event) {
  const { label, text, href } = event.features[0].properties;
  if (!label && !text) return;
  const box = document.createElement("div");
  const title = document.createElement(href ? "a" : "strong");
  title.textContent = label ?? "";
  if (href) title.href = href;
  box.append(title);
  for (const line of (text ?? "").split("\n").filter(Boolean)) {
    const p = document.createElement("div");
    p.textContent = line;
    box.append(p);
  }
  new maplibre.Popup({ maxWidth: "280px" }).setLngLat(event.lngLat).setDOMContent(box).addTo(map);
}

function addLayer(map, index, { style, geojson, toggle, name, own }) {
  const source = name ?? `source-${index}`;
  map.addSource(source, { type: "geojson", data: geojson, attribution: geojson.attribution ?? "" });
  for (const layer of STYLES[style] ?? []) {
    // Shapes lie under the names of the base map, discs and dots over them.
    map.addLayer({ ...layer, id: `${source}-${layer.id}`, source }, layer.type === "circle" ? undefined : firstName(map));
    if (layer.clickable) {
      map.on("click", `${source}-${layer.id}`, (event) => popup(map, event));
      map.on("mouseenter", `${source}-${layer.id}`, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", `${source}-${layer.id}`, () => (map.getCanvas().style.cursor = ""));
    }
  }
  const box = toggle && document.querySelector(toggle);
  box?.addEventListener("change", () =>
    STYLES[style].forEach(({ id }) => map.setLayoutProperty(`${source}-${id}`, "visibility", box.checked ? "visible" : "none")));
  for (const feature of own ? [] : geojson.features)
    if (feature.properties.number)
      new maplibre.Marker({ element: disc(feature, style) }).setLngLat(centre(feature.geometry)).addTo(map);
}

// In degrees: the widest box and the edges that the server has streets for, and the box in which
// it leaves nothing out.
const WIDEST = 3, EDGES = [-9, 49.5, 2.5, 61.5], ALL_DRAWN = 0.05;

/** The view and half as much around it, so that a small move asks for nothing. */
function viewBox(map) {
  const [[w, s], [e, n]] = map.getBounds().toArray();
  const [x, y] = [(e - w) / 2, (n - s) / 2];
  const box = [w - x, s - y, e + x, n + y];
  return box.map((side, i) => (i < 2 ? Math.max(side, EDGES[i]) : Math.min(side, EDGES[i])));
}

const holds = (outer, view) =>
  outer[0] <= view.getWest() && outer[1] <= view.getSouth() && outer[2] >= view.getEast() && outer[3] >= view.getNorth();

const boxIn = (url) => url.match(/[-\d.,]+(?=\.geojson)/)[0].split(",").map(Number);

/** The server sends more streets the narrower the view: ask again when the view has changed. */
function followStreets(map, source, url) {
  let held = boxIn(url);
  let waiting, asked;
  const ask = async () => {
    const view = map.getBounds(), box = viewBox(map);
    const [wide, high] = [box[2] - box[0], box[3] - box[1]];
    const detailed = held[2] - held[0] <= Math.max(ALL_DRAWN, 2.5 * wide);
    if ((holds(held, view) && detailed) || wide <= 0 || high <= 0 || wide > WIDEST || high > WIDEST) return;
    asked?.abort();
    asked = new AbortController();
    const where = box.map((side) => side.toFixed(4)).join(",");
    try {
      map.getSource(source).setData(await load(url.replace(/[-\d.,]+(?=\.geojson)/, where), asked.signal));
      held = box;
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error); // the streets that are there stay
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  };
  map.on("moveend", soon);
  soon();
}

/** Names are HTML labels placed sparsely: no glyph server, no overlap at any zoom. */
function labels(map, features) {
  let shown = [];
  const place = () => {
    shown.forEach((marker) => marker.remove());
    shown = [];
    const taken = [];
    for (const feature of features) {
      const at = centre(feature.geometry);
      if (!map.getBounds().contains(at)) continue;
      const { x, y } = map.project(at);
      const width = feature.properties.label.length * 8;
      if (taken.some((t) => Math.abs(t.x - x) < (t.width + width) / 2 && Math.abs(t.y - y) < 20)) continue;
      taken.push({ x, y, width });
      const element = document.createElement("span");
      element.className = "st-map__label";
      element.textContent = feature.properties.label;
      shown.push(new maplibre.Marker({ element, offset: [0, -24] }).setLngLat(at).addTo(map));
      if (taken.length > 30) break;
    }
  };
  map.on("moveend", place);
  place();
}

async function load(url, signal) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** A layer with what it shows; none of streets that are on a base map. */
async function fetched(layer) {
  if (layer.style === "streets" && touches(await baseMaps(), boxIn(layer.url))) return null;
  const geojson = layer.id ? JSON.parse(document.getElementById(layer.id).textContent) : await load(layer.url);
  return { ...layer, geojson };
}

async function show(element) {
  const layers = JSON.parse(element.dataset.layers || "[]");
  const loaded = (await Promise.all(layers.map(fetched))).filter(Boolean);
  const boxes = loaded.filter((l) => l.fit !== false).map((l) => boundsOf(l.geojson)).filter(Boolean);
  const bounds = element.dataset.bounds
    ? element.dataset.bounds.split(",").map(Number)
    : boxes.length
      ? boxes.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])])
      : [-6, 50, 2, 56];
  element.replaceChildren();
  const map = new maplibre.Map({
    container: element,
    style: groundStyle(await baseMaps()),
    bounds,
    fitBoundsOptions: { padding: 40, maxZoom: 17 },
    attributionControl: { compact: true, customAttribution: element.dataset.attribution || "" },
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl());
  await map.once("style.load"); // not "load": what the page shows does not wait for the base map
  loaded.forEach((layer, i) => addLayer(map, i, layer));
  loaded.forEach((layer, i) => layer.style === "streets" && layer.url && followStreets(map, `source-${i}`, layer.url));
  labels(map, loaded.filter((l) => l.labels).flatMap((l) => l.geojson.features.filter((f) => f.properties.label)));
  const target = element.dataset.target && document.querySelector(element.dataset.target);
  if (target && element.dataset.edit === "point") editPoint(maplibre, map, element, target);
  if (target && element.dataset.edit === "polygon") editPolygon(maplibre, map, element, target);
  element.dataset.ready = "yes";
  return map;
}

/* Each map element with a promise of its map, for what only one page does with it. */
export const drawn = new Map();

for (const element of document.querySelectorAll("[data-map]"))
  drawn.set(element, show(element).catch((error) => {
    console.warn(error);
    element.textContent = "The map could not be drawn here. Everything it shows is in the text and tables of this page.";
    element.classList.add("st-map__no");
    return null;
  }));
