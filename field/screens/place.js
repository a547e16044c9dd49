// Where is it? This stop, unless another way suits better. Nothing here can keep a note from being saved.

import { button, h, radios, textBox } from "../ui.js";
import { said, t } from "../language.js";
import { stopsOf } from "../tour.js";
import { findMe } from "../here.js";
import { mapOf } from "../map.js";
import { shopStep } from "./shop.js";

export function place(app) {
  const stops = stopsOf(app.tour);
  const { draft } = app;
  const options = [
    stops.length > 0 && { code: "stop", label: t("place.stop") },
    { code: "gps", label: t("place.gps") },
    stops.length > 1 && { code: "between", label: t("place.between") },
    { code: "street", label: t("place.street") },
    hasMap(app.pack) && { code: "map", label: t("place.map") },
  ].filter(Boolean);
  const back = draft.form === "shop" ? shopStep(draft) : "#/words";
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
    title: t("place.title"), back,
    body: [radios("how", t("place.question"), options, draft.place.how, pick), detail],
    leave: () => leave(),
    foot: [button(t("place.use"), () => app.go(back), { kind: "wide", sign: "check" })],
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
    body: [stopList("stop", t("place.which_stop"), stops, app.draft.stop ?? stops[0].id, (stop) => app.change({ stop }))],
  }),

  between: (app, stops) => {
    const at = Math.min(Math.max(stops.findIndex(({ id }) => id === app.draft.stop), 0), stops.length - 2);
    const pair = app.draft.place.between ?? [stops[at].id, stops[at + 1].id];
    change(app, { between: pair });
    const set = (index) => (id) => {
      pair[index] = id;
      change(app, { between: [...pair] });
    };
    return { body: [stopList("from", t("place.after_stop"), stops, pair[0], set(0)), stopList("to", t("place.before_stop"), stops, pair[1], set(1))] };
  },

  street: (app) => {
    const { street, near } = app.draft.place;
    const names = [...new Set(app.pack.places.map(({ name }) => name))];
    return {
      body: [
        h("datalist", { id: "names" }, names.map((name) => h("option", { value: name }))),
        textBox("street", t("place.street_name"), street, (value) => change(app, { street: value }), { list: "names" }),
        textBox("near", t("place.near"), near, (value) => change(app, { near: value }), { hint: t("place.near_hint") }),
      ],
    };
  },

  gps: (app) => {
    const words = h("p", { role: "status" }, t("place.finding"));
    const stop = findMe({
      found: (point) => {
        change(app, { point });
        words.textContent = [t("place.found", { metres: Math.round(point.accuracy_m) }), point.accuracy_m > 50 && t("place.better")].filter(Boolean).join(" ");
      },
      failed: (why) => (words.textContent = `${said(why)} ${t("place.instead")}`),
    });
    return { body: [words], leave: stop };
  },

  map: (app) => {
    const words = h("p", { role: "status" });
    const pick = (point) => {
      change(app, { point });
      words.textContent = t("place.marked");
    };
    return { body: [mapOf(app.pack, app.draft.place.point, pick), words] };
  },
};
