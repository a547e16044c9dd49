/* The map of hot streets and the list beside it. All rows of a county come in columns and become
   one source of the map; nothing on the page is made for each of them. The list holds what is in
   view, the fullest first, and leads to it by keyboard; the table holds all rows without script. */
import * as maplibre from "../vendor/maplibre/maplibre-gl.js";
import { drawn } from "../core/map.js";
import { firstName } from "../core/base_map.js";
import { SCALE, shade, STYLES } from "../core/map_styles.js";

const FINE = 1e5; // of a degree: see hot_streets/payload.py
const LISTED = 15, CLOSE = 15.5, SLACK = 9;
const width = (at9, at16) => ["interpolate", ["exponential", 1.4], ["zoom"], 9, at9, 16, at16];
const round = { "line-cap": "round", "line-join": "round", "line-sort-key": ["get", "n"] };
const LAYERS = [
  { id: "spot-casing", type: "line", filter: ["==", ["geometry-type"], "LineString"], layout: round, paint: { "line-color": SCALE[4], "line-width": width(3, 11) } },
  { id: "spot-lines", type: "line", filter: ["==", ["geometry-type"], "LineString"], layout: round, paint: { "line-color": shade, "line-width": width(2, 8.5) } },
  { ...STYLES.crime[0], id: "spot-dots", filter: ["==", ["geometry-type"], "Point"] },
];
const SPOTS = LAYERS.map((layer) => layer.id);
const PICKED = [
  { id: "picked-line", type: "line", paint: { "line-color": "#ffc845", "line-width": width(8, 18) }, layout: { "line-cap": "round" } },
  { id: "picked-ring", type: "circle", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 17, "circle-opacity": 0, "circle-stroke-color": "#ffc845", "circle-stroke-width": 6 } },
  { id: "picked-edge", type: "circle", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 22, "circle-opacity": 0, "circle-stroke-color": "#14343b", "circle-stroke-width": 2 } },
];

/** The columns as they came, with what is asked of one row. */
class Rows {
  constructor(columns) {
    Object.assign(this, columns);
    this.size = columns.n.length;
  }
  at(i) {
    return [(this.west + this.x[i]) / FINE, (this.south + this.y[i]) / FINE];
  }
  label(i) {
    return `Near ${this.names[this.name[i]]}`;
  }
  ward(i) {
    return this.places[this.place[i]];
  }
  facts(i, what, when) {
    const facts = [`${this.n[i].toLocaleString("en-GB")} recorded: ${what}`, when];
    if (this.last) facts.push(`Last 12 months ${this.last[i]}, 12 before ${this.before[i]}`);
    if (this.level[i]) facts.push("In a square that stands out");
    return facts;
  }
  geometry(i) {
    const lines = this.lines[i];
    return lines
      ? { type: "MultiLineString", coordinates: lines.map(unpacked) }
      : { type: "Point", coordinates: this.at(i) };
  }
  features() {
    return Array.from({ length: this.size }, (_, i) => ({
      type: "Feature", geometry: this.geometry(i), properties: { i, n: this.n[i], count: this.n[i], shade: this.shade[i] },
    }));
  }
  /** The fullest rows in these bounds; they are in that order already. */
  within(bounds, most) {
    const [[w, s], [e, n]] = bounds.toArray();
    const found = [];
    for (let i = 0; i < this.size && found.length < most; i++) {
      const [x, y] = this.at(i);
      if (x >= w && x <= e && y >= s && y <= n) found.push(i);
    }
    return found;
  }
}

/** [x, y, dx, dy, …] → [[lon, lat], …] */
function unpacked(steps) {
  const corners = [];
  for (let at = 0, x = 0, y = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    corners.push([x / FINE, y / FINE]);
  }
  return corners;
}

const text = (tag, words, name = "") => Object.assign(document.createElement(tag), { textContent: words, className: name });
const collection = (features) => ({ type: "FeatureCollection", features });

function facts(element, rows, i) {
  const box = document.createElement("div");
  box.append(text("strong", rows.label(i)), text("div", rows.ward(i), "st-muted"));
  box.append(...rows.facts(i, element.dataset.what, element.dataset.when).map((line) => text("div", line)));
  return box;
}

function addLayers(map, rows) {
  map.addSource("spots", { type: "geojson", data: collection(rows.features()) });
  map.addSource("picked", { type: "geojson", data: collection([]) });
  const name = firstName(map);
  PICKED.forEach((layer) => map.addLayer({ ...layer, source: "picked" }, layer.type === "line" ? name : undefined));
  LAYERS.forEach(({ clickable, ...layer }) => map.addLayer({ ...layer, source: "spots" }, layer.type === "line" ? name : "picked-ring"));
}

/** The fullest row under the pointer, with room for a finger. */
function under(map, { x, y }) {
  const box = [[x - SLACK, y - SLACK], [x + SLACK, y + SLACK]];
  const found = map.queryRenderedFeatures(box, { layers: SPOTS }).map((feature) => feature.properties.i);
  return found.length ? Math.min(...found) : null;
}

function begin(element, map, rows, list) {
  addLayers(map, rows);
  const popup = new maplibre.Popup({ maxWidth: "280px", focusAfterOpen: false });
  const hint = new maplibre.Popup({ maxWidth: "280px", closeButton: false, className: "areas-hint" });
  let picked = null, hinted = null;

  const mark = (i) => map.getSource("picked").setData(collection(i === null ? [] : [{ type: "Feature", properties: {}, geometry: rows.geometry(i) }]));
  const pick = (i, at = rows.at(i)) => {
    picked = i;
    mark(i);
    popup.setLngLat(at).setDOMContent(facts(element, rows, i)).addTo(map);
    fill();
  };
  const go = (i) => {
    pick(i);
    map.easeTo({ center: rows.at(i), zoom: Math.max(map.getZoom(), CLOSE) });
  };

  /** What is in view; the one that was chosen first, so that the keyboard stays with it. */
  const fill = () => {
    const held = list.contains(document.activeElement) ? Number(document.activeElement.dataset.spot) : null;
    const view = map.getBounds(), here = rows.within(view, LISTED);
    const first = picked !== null && view.contains(rows.at(picked)) && !here.includes(picked) ? [picked] : [];
    list.replaceChildren(...[...first, ...here].map(entry));
    if (!list.children.length) list.append(text("li", "Nothing is recorded here in these months. Zoom out or move the map.", "st-muted"));
    if (held !== null) (list.querySelector(`[data-spot="${held}"]`) ?? list.querySelector("button"))?.focus();
  };
  const entry = (i) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.dataset.spot = i;
    if (i === picked) button.setAttribute("aria-current", "true");
    button.append(text("span", rows.label(i), "areas-spots__name"), " ", text("span", rows.ward(i), "st-muted"), " ", text("span", rows.n[i].toLocaleString("en-GB"), "areas-spots__count"));
    button.append(text("span", `recorded. ${rows.facts(i, "", "").slice(2).join(". ")}`, "govuk-visually-hidden"));
    item.append(button);
    return item;
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(Number(button.dataset.spot));
  });
  for (const [event, value] of [["focusin", true], ["mouseover", true], ["focusout", false], ["mouseout", false]])
    list.addEventListener(event, ({ target }) => {
      const button = target.closest("button");
      mark(value && button ? Number(button.dataset.spot) : picked);
    });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...list.querySelectorAll("button")];
    const next = step && buttons[buttons.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  popup.on("close", () => {
    picked = null;
    mark(null);
  });
  map.on("click", (event) => {
    const i = under(map, event.point);
    if (i !== null) pick(i, event.lngLat);
  });
  map.on("mousemove", (event) => {
    if (map.isMoving()) return; // a map that is dragged has no time for hints
    const i = under(map, event.point);
    map.getCanvas().style.cursor = i === null ? "" : "pointer";
    if (i === hinted) return;
    hinted = i;
    if (i === null || i === picked) hint.remove();
    else hint.setLngLat(rows.lines[i] ? event.lngLat : rows.at(i)).setDOMContent(facts(element, rows, i)).addTo(map);
  });
  map.on("moveend", fill);
  fill();
  return go;
}

async function start(element) {
  const [map, answer] = await Promise.all([drawn.get(element), fetch(element.dataset.spots)]);
  if (!map || !answer.ok) return; // the list and the table are there
  const go = begin(element, map, new Rows(await answer.json()), document.getElementById("spots"));
  document.querySelectorAll(".areas-in-view, .areas-toggle, .areas-to-map").forEach((hidden) => (hidden.hidden = false));
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".areas-show");
    if (!button) return;
    go(Number(button.dataset.spot));
    element.scrollIntoView({ block: "center" });
    map.getCanvas().focus({ preventScroll: true });
  });
  element.dataset.spotsReady = "yes";
}

for (const element of document.querySelectorAll("[data-spots]")) start(element).catch(console.warn);
