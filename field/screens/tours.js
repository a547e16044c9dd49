// Several walks on one phone: choose, join another, leave and forget.

import { button, h, notice } from "../ui.js";
import { hasContent } from "../note.js";
import { saveWaiting } from "../rescue.js";
import { language, rich, t } from "../language.js";

const codeForm = () => h("form", { action: "/w/", method: "get" },
  h("label", { for: "code" }, t("code.label")),
  h("p", { class: "hint", id: "code-hint" }, t("code.hint")),
  h("input", { id: "code", name: "code", class: "code", maxlength: "12", required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "code-hint" }),
  h("input", { type: "hidden", name: "lang", value: language() }),
  h("button", { class: "button button--wide" }, t("code.continue")));

export function noTour() {
  return { title: t("tours.join"), body: [h("p", {}, t("tours.not_joined")), codeForm()] };
}

export function noPack(app) {
  return {
    title: t("pack.title"),
    body: [h("p", {}, t("pack.waiting")),
      button(t("full.again"), async () => { await app.refreshPack(); app.show(); }, { kind: "wide", sign: "refresh" })],
  };
}

export async function tours(app) {
  const all = await app.store.tours();
  const show = (tour) => async () => {
    await app.keepDraft();
    await app.store.setSetting("tour", tour.id);
    location.assign("/walk/");
  };
  return {
    title: t("tours.title"), back: "#/",
    body: [
      h("ul", { class: "plain" }, all.map((tour) => h("li", { class: "note" },
        h("p", { class: "note__what" }, h("strong", {}, tour.title), tour.id === app.tour.id && ` (${t("tours.this")})`),
        tour.id !== app.tour.id && button(t("tours.open"), show(tour), { kind: "quiet" }),
        h("a", { class: "button button--plain", href: `#/forget/${encodeURIComponent(tour.id)}` }, t("tours.forget"))))),
      h("h2", {}, t("tours.another")), codeForm(), homeScreen(),
    ],
  };
}

function homeScreen() {
  return h("details", {}, h("summary", {}, t("home_screen.title")), h("p", {}, t("home_screen.iphone")), h("p", {}, t("home_screen.android")));
}

export async function forget(app, id) {
  const tour = await app.store.tour(id);
  if (!tour) return { go: "#/tours" };
  const { waiting, refused } = await app.store.counts(id);
  const lost = waiting + refused;
  const begun = hasContent(await app.store.draft(id));
  const leave = async () => {
    if (id === app.tour.id) await app.dropDraft(); // or leaving the page would keep it once more
    await app.store.forgetTour(id);
    app.channel?.postMessage("changed"); // to the other pages of this phone
    location.assign("/walk/");
  };
  return {
    over: tour.title, title: t("forget.title"), back: "#/tours",
    body: [
      lost
        ? notice("bad", h("p", {}, h("strong", {}, t("forget.lost", { n: lost })), " ", t("forget.gone")),
          button(t("forget.file"), () => saveWaiting(app.store, id), { sign: "device-floppy" }))
        : h("p", {}, t("forget.all_arrived")),
      begun && h("p", {}, ...rich("finish.unsaved"), " ", t("forget.it_too")),
      h("div", { class: "stack" },
        h("a", { class: "button button--wide", href: "#/" }, t("forget.stay")),
        button(lost ? t("forget.lose", { n: lost }) : t("tours.forget"), leave, { kind: lost ? "bad" : "quiet" })),
    ],
  };
}
