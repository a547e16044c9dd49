// What is it about? One tap each: the kind, then the category.

import { choice, h, notice, row } from "../ui.js";
import { allowsPhotos, hasContent } from "../note.js";
import { measuresAt } from "../tour.js";
import { said, t } from "../language.js";
import { isVoice } from "../voice.js";
import { photoPart } from "./attachments.js";

const SIGNS = { problem: "alert-triangle", good: "thumb-up", idea: "bulb", measure_check: "checklist", experience: "message" };

const call = (number) => h("a", { href: `tel:${number}` }, number);

function danger() {
  return notice("danger", h("p", {}, t("danger.now"), " ", call("999"), h("br"), t("danger.crime"), " ",
    call("101"), " ", t("danger.or"), " ", h("a", { href: "https://www.police.uk/", rel: "noreferrer" }, t("danger.online"))));
}

export function kinds(app) {
  if (app.draft?.form && hasContent(app.draft)) return { go: "#/unfinished" };
  const pick = (kind) => () => {
    if (kind === "measure_check") return app.go("#/measures");
    app.begin({ kind });
    app.go("#/category");
  };
  const hints = { measure_check: t("tell.measure_hint"), experience: t("tell.experience_hint") };
  const taken = h("p", { class: "state", role: "status" });
  const say = () => (taken.textContent = hasContent(app.draft) ? t("tell.photo_kept") : "");
  say();
  return {
    title: t("tell.title"), back: "#/",
    body: [danger(), taken, photoPart(app, { first: say }), h("div", { class: "rows" },
      app.pack.kinds.map(({ code, label }) => choice(said(label), pick(code), { sign: SIGNS[code], hint: hints[code] }))),
      !hasContent(app.draft) && h("nav", { class: "more", "aria-label": t("tell.else") },
        row("#/others", t("others.title"), { sign: "thumb-up", hint: t("tell.others_hint") }),
        app.pack.questions && row("#/shop", t("shop.title"), { sign: "shopping-bag", hint: t("words.private_hint") }),
        app.pack.questions && row("#/private", t("private.title"), { sign: "lock" }))],
  };
}

export function spot(app) {
  app.begin({ kind: "problem", spot: true });
  return { go: "#/category" };
}

export function categories(app) {
  const pick = (category) => () => {
    const photos = app.draft.photos.filter((one) => isVoice(one) || allowsPhotos(category));
    const { spot, done_by = app.tour.here_for } = app.draft;
    app.change({ category: category.code, photos, ...(spot && { done_by }) });
    app.go(spot && done_by === undefined ? "#/doer" : "#/words");
  };
  const kind = app.pack.kinds.find(({ code }) => code === app.draft.kind);
  if (!kind) return { go: "#/tell" };
  return {
    over: app.draft.spot ? t("home.spot") : said(kind.label),
    title: t("category.title"), back: app.draft.spot ? "#/" : "#/tell",
    body: [h("div", { class: "tiles" }, app.pack.categories.map((category) =>
      choice(said(category.label), pick(category), { sign: category.icon, hint: category.sensitive ? t("category.private") : "", tile: true })))],
  };
}

export function measures(app) {
  const here = measuresAt(app.tour, app.stop);
  const others = app.pack.measures.filter((measure) => !here.includes(measure));
  const list = (some) => h("div", { class: "rows" }, some.map((measure) =>
    row(`#/works/${measure.ref}`, measure.name, { sign: "checklist", hint: [measure.place, measure.installed].filter(Boolean).join(" · ") })));
  return {
    title: t("measures.title"), back: "#/tell",
    body: [
      here.length > 0 && [h("h2", {}, t("measures.here")), list(here)],
      others.length > 0 && [h("h2", {}, t(here.length ? "measures.elsewhere" : "measures.walk")), list(others)],
      !app.pack.measures.length && h("p", {}, t("measures.none")),
    ],
  };
}
