// Where is it? This stop, unless another way suits better. Nothing here can keep a note from being saved.

import { button, h, radios, textBox } from "../ui.js";
import { stopsOf } from "../tour.js";
import { findMe } from "../here.js";
import { mapOf } from "../map.js";

export function place(app) {
  const stops = stopsOf(app.tour);
  const { draft } = app;
  const options = [
    stops.length > 0 && { code: "stop", label: "At a stop" },
    { code: "gps", label: "Where I stand now" },
    stops.length > 1 && { code: "between", label: "Between two stops" },
    { code: "street", label: "In a street, or near something" },
    hasMap(app.pack) && { code: "map", label: "On a map" },
  ].filter(Boolean);
  const detail = h("div", { class: "detail" });
  let leave = () => {};
  const show = (how) => {
    leave();
    const part = PARTS[how]?.(app, stops) ?? {};
    leave = part.leave ?? (() => {});
    detail.replaceChildren(...(part.body ?? []));
  };
  const pick = (how) => {
    change(app, { how });
    show(how);
  };
  show(draft.place.how);
  return {
    title: "Where is it?", back: "#/words",
    body: [radios("how", "The place", options, draft.place.how, pick), detail],
    leave: () => leave(),
    foot: [button("Use this place", () => app.go("#/words"), { kind: "wide", sign: "check" })],
  };
}

const change = (app, fields) => app.change({ place: { ...app.draft.place, ...fields } });
const hasMap = (pack) => Boolean(pack.tour.bounds && (pack.streets?.features.length || pack.outline));

function stopList(id, label, stops, chosen, act) {
  const select = h("select", { id, onchange: (event) => act(Number(event.target.value)) },
    stops.map((stop) => h("option", { value: String(stop.id) }, `${stop.number}. ${stop.name}`)));
  select.value = String(chosen);
  return h("div", { class: "field" }, h("label", { for: id }, label), select);
}

const PARTS = {
  stop: (app, stops) => ({
    body: [stopList("stop", "Which stop?", stops, app.draft.stop ?? stops[0].id, (stop) => app.change({ stop }))],
  }),

  between: (app, stops) => {
    const at = Math.min(Math.max(stops.findIndex(({ id }) => id === app.draft.stop), 0), stops.length - 2);
    const pair = app.draft.place.between ?? [stops[at].id, stops[at + 1].id];
    change(app, { between: pair });
    const set = (index) => (id) => {
      pair[index] = id;
      change(app, { between: [...pair] });
    };
    return { body: [stopList("from", "After stop", stops, pair[0], set(0)), stopList("to", "Before stop", stops, pair[1], set(1))] };
  },

  street: (app) => {
    const { street, near } = app.draft.place;
    const names = [...new Set(app.pack.places.map(({ name }) => name))];
    return {
      body: [
        h("datalist", { id: "names" }, names.map((name) => h("option", { value: name }))),
        textBox("street", "Street, or a place with a name", street, (value) => change(app, { street: value }), { list: "names" }),
        textBox("near", "Near what? (you need not)", near, (value) => change(app, { near: value }), { hint: "A shop, a bus stop, a bend. No house numbers." }),
      ],
    };
  },

  gps: (app) => {
    const words = h("p", { role: "status" }, "Finding where you are… You can go on; nothing waits for it.");
    const stop = findMe({
      found: (point) => {
        change(app, { point });
        words.textContent = `Found, to about ${Math.round(point.accuracy_m)} metres.${point.accuracy_m > 50 ? " It may get better in a moment." : ""}`;
      },
      failed: (why) => (words.textContent = `${why} We will use the stop you are at, or choose another way above.`),
    });
    return { body: [words], leave: stop };
  },

  map: (app) => {
    const words = h("p", { role: "status" });
    const pick = (point) => {
      change(app, { point });
      words.textContent = "The place is marked.";
    };
    return { body: [mapOf(app.pack, app.draft.place.point, pick), words] };
  },
};
