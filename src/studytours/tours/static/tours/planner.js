/* Stops by hand: drag one on the map or in the list, or press its buttons; times follow at once.
   Each change is one of the page's own forms, sent without loading the page anew. */
import * as maplibre from "../vendor/maplibre/maplibre-gl.js";
import { drawn } from "../core/map.js";

const list = document.getElementById("stops-list");
const said = document.getElementById("stops-said");
const element = document.querySelector("[data-map]");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
let map = null, discs = [];

/** Send a change; show the list and the way as they are after it. */
async function change(url, fields, focus) {
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams(fields),
    });
    if (answer.status === 409) return say((await answer.json()).why, true);
    if (!answer.ok) return location.reload();
    const now = await answer.json();
    list.innerHTML = now.list;
    map?.getSource("route")?.setData(now.route);
    if (map) drawStops(now.stops);
    say(now.said);
    refocus(focus);
  } catch {
    say("No connection. Nothing was changed: try again.", true);
  } finally {
    list.removeAttribute("aria-busy");
    addGrips();
  }
}

function say(words, bad = false) {
  said.textContent = words;
  said.className = bad ? "govuk-error-message" : "govuk-visually-hidden";
  if (bad && map) drawStops(stopsNow);
}

/** The same button again, or one beside it when it is gone: "Up" of the first stop. */
function refocus(name) {
  if (!name) return;
  const pk = name.split("-")[1];
  const form = list.querySelector(`[data-change="${name}"]`) ?? list.querySelector(`[data-change$="-${pk}"]`) ?? list.querySelector("[data-change]");
  form?.querySelector("button").focus();
}

list.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-change]");
  if (!form) return;
  event.preventDefault();
  const { name, value } = event.submitter ?? form.querySelector("button");
  change(form.action, name ? { [name]: value } : {}, form.dataset.change);
});

/* Dragging in the list. The buttons do the same by keyboard, so the grip is for pointers alone. */
function addGrips() {
  const items = [...list.querySelectorAll("[data-move]")];
  if (items.length < 2 || !list.querySelector("[data-change^='remove-']")) return;
  for (const item of items) {
    const grip = item.querySelector(".st-stops__number");
    grip.classList.add("st-stops__grip");
    grip.title = "Drag to another place";
    grip.addEventListener("pointerdown", (event) => drag(event, item));
  }
}

function drag(event, item) {
  event.preventDefault();
  const list = item.parentElement;
  const from = [...list.children].indexOf(item);
  // On the page, not the grip: an element that is put elsewhere lets go of the pointer.
  const held = new AbortController();
  const on = (name, act) => addEventListener(name, act, { signal: held.signal });
  item.classList.add("st-stops__item--dragged");
  on("pointermove", ({ clientY }) => {
    const after = [...list.children].filter((one) => one !== item).find((one) => {
      const box = one.getBoundingClientRect();
      return clientY < box.top + box.height / 2;
    });
    list.insertBefore(item, after ?? null);
  });
  const end = () => {
    held.abort();
    item.classList.remove("st-stops__item--dragged");
    const to = [...list.children].indexOf(item);
    if (to !== from) change(item.dataset.move, { to: to + 1 });
  };
  on("pointerup", end);
  on("pointercancel", end);
}

let stopsNow = JSON.parse(document.getElementById("stops-data").textContent);

function drawStops(geojson) {
  stopsNow = geojson;
  discs.forEach((disc) => disc.remove());
  discs = geojson.features.map(({ geometry, properties }) => {
    const disc = document.createElement("span");
    disc.className = "st-map__disc st-map__disc--stops st-map__disc--drag";
    disc.textContent = properties.number;
    disc.title = `${properties.label}: drag to move it`;
    const marker = new maplibre.Marker({ element: disc, draggable: true }).setLngLat(geometry.coordinates).addTo(map);
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLngLat();
      const url = document.getElementById(`stop-${properties.number}`).dataset.place;
      change(url, { lat: lat.toFixed(6), lon: lng.toFixed(6) });
    });
    return marker;
  });
}

addGrips();
map = await drawn.get(element);
if (map) drawStops(stopsNow);
