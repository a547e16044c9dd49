// A small map drawn from the pack, for those who like maps. Tap, or move the mark with the arrow
// keys. Nobody needs it: every place can be said in words.

import { t } from "./language.js";
import { button, h } from "./ui.js";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 10; // metres for one press of an arrow key
const METRES = 111_320;

function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Metres east and south of the north-west corner, and back. */
export function flat([west, south, east, north]) {
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180) * METRES;
  return {
    width: (east - west) * narrow,
    height: (north - south) * METRES,
    to: ([lon, lat]) => [(lon - west) * narrow, (north - lat) * METRES],
    from: ([x, y]) => ({ lat: Number((north - y / METRES).toFixed(6)), lon: Number((west + x / narrow).toFixed(6)) }),
  };
}

const lines = ({ type, coordinates }) =>
  ({ LineString: [coordinates], MultiLineString: coordinates, Polygon: coordinates, MultiPolygon: coordinates.flat?.() })[type] ?? [];

function path(geometry, plane, name) {
  const d = lines(geometry).map((line) => `M${line.map((point) => plane.to(point).map((n) => n.toFixed(1)).join(" ")).join("L")}`).join("");
  return draw("path", { d, class: name });
}

/** The map with a mark. `pick` gets {lat, lon, accuracy_m}. */
export function mapOf(pack, point, pick) {
  const plane = flat(pack.tour.bounds);
  const view = { x: 0, y: 0, size: Math.max(plane.width, plane.height) };
  const svg = draw("svg", { class: "map", role: "application", tabindex: "0", "aria-label": t("map.name"), preserveAspectRatio: "xMidYMid meet" });
  if (pack.outline) svg.append(path(pack.outline, plane, "map__area"));
  for (const street of pack.streets.features) svg.append(path(street.geometry, plane, "map__street"));
  if (pack.route) svg.append(path(pack.route, plane, "map__route"));
  const mark = draw("circle", { class: "map__mark", r: 1 });
  let at = point ? plane.to([point.lon, point.lat]) : null;
  const signs = pack.stops.filter(({ lat }) => lat !== null).map((stop) => sign(stop, plane));
  svg.append(...signs, mark);

  const show = () => {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.size} ${view.size}`);
    const unit = view.size / 320; // one pixel on a small phone
    for (const one of signs) one.setAttribute("transform", `translate(${one.dataset.at}) scale(${unit})`);
    svg.style.setProperty("--unit", unit);
    mark.setAttribute("visibility", at ? "visible" : "hidden");
    if (at) mark.setAttribute("transform", `translate(${at}) scale(${unit * 9})`);
  };
  const put = (place) => {
    at = place;
    pick({ ...plane.from(at), accuracy_m: Math.round(view.size / 40) });
    show();
  };
  svg.addEventListener("click", (event) => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    put([spot.x, spot.y]);
  });
  svg.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!move) return;
    event.preventDefault();
    const from = at ?? [view.x + view.size / 2, view.y + view.size / 2];
    put([from[0] + move[0], from[1] + move[1]]);
  });
  const zoom = (factor) => () => {
    const centre = at ?? [view.x + view.size / 2, view.y + view.size / 2];
    view.size = Math.min(view.size * factor, Math.max(plane.width, plane.height));
    const inside = (middle, length) => Math.min(Math.max(middle - view.size / 2, Math.min(0, length - view.size)), Math.max(0, length - view.size));
    [view.x, view.y] = [inside(centre[0], plane.width), inside(centre[1], plane.height)];
    show();
  };
  show();
  return h("div", {}, svg, h("div", { class: "pair" },
    button(t("map.closer"), zoom(0.5), { kind: "quiet" }), button(t("map.further"), zoom(2), { kind: "quiet" })));
}

function sign(stop, plane) {
  const group = draw("g", { class: "map__stop" });
  group.dataset.at = plane.to([stop.lon, stop.lat]).join(" ");
  const number = draw("text", { "text-anchor": "middle", dy: "4" });
  number.textContent = stop.number;
  group.append(draw("circle", { r: 11 }), number);
  return group;
}
