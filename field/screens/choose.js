// What is it about? One tap each: the kind, then the category.

import { choice, h, notice, row } from "../ui.js";
import { allowsPhotos } from "../note.js";
import { measuresAt } from "../tour.js";

const SIGNS = { problem: "alert-triangle", good: "thumb-up", idea: "bulb", measure_check: "checklist", experience: "message" };
const HINTS = {
  measure_check: "A gate, a camera, a light: does it work?",
  experience: "What someone told you. No names.",
};

function danger() {
  return notice("danger", h("p", {}, "In danger now: ", h("a", { href: "tel:999" }, "999"), h("br"), "To report a crime: ",
    h("a", { href: "tel:101" }, "101"), " or ", h("a", { href: "https://www.police.uk/", rel: "noreferrer" }, "online"), "."));
}

export function kinds(app) {
  const pick = (kind) => () => {
    if (kind === "measure_check") return app.go("#/measures");
    app.begin({ kind });
    app.go("#/category");
  };
  return {
    title: "What do you want to tell us?", back: "#/",
    body: [danger(), h("div", { class: "rows" },
      app.pack.kinds.map(({ code, label }) => choice(label, pick(code), { sign: SIGNS[code], hint: HINTS[code] })))],
  };
}

export function spot(app) {
  app.begin({ kind: "problem", spot: true });
  return { go: "#/category" };
}

export function categories(app) {
  const pick = (category) => () => {
    const photos = allowsPhotos(category) ? app.draft.photos : [];
    app.change({ category: category.code, photos });
    app.go("#/words");
  };
  return {
    over: app.draft.spot ? "We put something right" : app.pack.kinds.find(({ code }) => code === app.draft.kind)?.label,
    title: "What is it about?", back: app.draft.spot ? "#/" : "#/tell",
    body: [h("div", { class: "tiles" }, app.pack.categories.map((category) =>
      choice(category.label, pick(category), { sign: category.icon, hint: category.sensitive ? "Kept private" : "", tile: true })))],
  };
}

export function measures(app) {
  const here = measuresAt(app.tour, app.stop);
  const others = app.pack.measures.filter((measure) => !here.includes(measure));
  const list = (some) => h("div", { class: "rows" }, some.map((measure) =>
    row(`#/works/${measure.ref}`, measure.name, { sign: "checklist", hint: [measure.place, measure.installed].filter(Boolean).join(" · ") })));
  return {
    title: "What do you want to check?", back: "#/tell",
    body: [
      here.length > 0 && [h("h2", {}, "At this stop"), list(here)],
      others.length > 0 && [h("h2", {}, here.length ? "Elsewhere" : "On this walk"), list(others)],
      !app.pack.measures.length && h("p", {}, "No gates, cameras or lights are listed for this place yet. Go back and tell us about it as a problem or a good thing."),
    ],
  };
}
