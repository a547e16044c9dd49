// The stop one is at, and what one can do here.

import { button, h, icon, notice, row } from "../ui.js";
import { hasContent } from "../note.js";
import { measuresAt, stopsOf } from "../tour.js";
import { LANGUAGES, inEnglish, language, rich, t } from "../language.js";
import { draftNotice } from "./language.js";
import { shopStep } from "./shop.js";

export async function home(app) {
  const { stop, pack } = app;
  const stops = stopsOf(app.tour);
  const next = stops[stops.indexOf(stop) + 1];
  // A begun note is finished or thrown away before another begins: it cannot vanish unseen.
  const begin = (hash) => (hasContent(app.draft) ? "#/unfinished" : hash);
  const ready = h("p", { class: "small" });
  const live = () => ready.replaceChildren(...(app.release.ready ? [icon("check"), " ", t("home.ready")] : [t("home.getting_ready")]));
  live();
  return {
    over: stop ? t("home.stop_of", { number: stop.number, all: stops.length }) : t("home.walk"),
    title: stop?.name ?? pack.tour.title, live,
    body: [
      hasContent(app.draft) && begun(app),
      stop?.look_from_here && notice("act", h("p", {}, ...rich("home.look_from_here"))),
      stop?.look_at && h("p", { class: "lead", ...inEnglish() }, stop.look_at),
      !stop && h("p", {}, t("home.no_stops")),
      h("nav", { class: "rows", "aria-label": t("home.here") },
        await asksBefore(app) && row(begin("#/area/before"), t("area.before"), { sign: "star", hint: t("area.two_minutes") }),
        stop && row(begin("#/feeling"), t("feeling.title"), { sign: "mood-smile" }),
        measuresAt(app.tour, stop).map((measure) => row(begin(`#/works/${measure.ref}`), t("home.check", { name: measure.name }), { sign: "checklist", hint: measure.place })),
        row(begin("#/spot"), t("home.spot"), { sign: "tool", hint: t("home.spot_hint") })),
      onward(app, next),
      more(ready),
    ],
    foot: [button(t("home.tell"), () => app.go(begin("#/tell")), { kind: "wide", sign: "plus" })],
  };
}

/** At the first stop, until it was answered: how the whole area is before the walk. */
async function asksBefore(app) {
  const first = stopsOf(app.tour)[0];
  return Boolean(app.pack.questions && app.stop === first && !(await hasAnswered(app, "before")));
}

/** Was the whole area scored on this phone, before or after? */
export async function hasAnswered(app, when) {
  const notes = await app.store.notes(app.tour.id);
  return notes.some(({ content }) => (when ? content.whole_area?.when === when : content.about_you));
}

function onward(app, next) {
  if (!next) return row("#/finish", t("home.finish"), { sign: "flag" });
  const go = async () => {
    await app.goToStop(next);
    app.show();
  };
  return button(t("home.go_on", next), go, { kind: "quiet", sign: "walk" });
}

export function unfinished(app) {
  return { title: t("unfinished.title"), back: "#/", body: [begun(app)] };
}

const FORMS = { whole_area: "#/area", about_you: "#/about-you", note: "#/private" };

function whereToGoOn(draft) {
  const { form, kind, feeling, category, measure } = draft;
  if (form) return form === "shop" ? shopStep(draft) : FORMS[form];
  if (feeling) return "#/feeling-more";
  if (category || measure) return "#/words";
  return kind ? "#/category" : "#/tell";
}

function begun(app) {
  return notice("act", h("p", {}, ...rich("unfinished.begun"), app.draft.words ? ` “${app.draft.words.slice(0, 80)}”` : ` ${t("unfinished.kept")}`),
    h("a", { class: "button", href: whereToGoOn(app.draft) }, t("unfinished.go_on")),
    button(t("unfinished.throw"), async () => { await app.dropDraft(); app.go("#/"); }, { kind: "plain" }));
}

function more(ready) {
  return h("nav", { class: "more", "aria-label": t("home.walk") },
    row("#/stops", t("stops.title"), { sign: "list-check" }),
    row("#/notes", t("notes.title"), { sign: "message" }),
    row("#/finish", t("home.finish"), { sign: "flag" }),
    row("#/language", LANGUAGES[language()], { sign: "language", hint: `${t("language.title")}: ${Object.values(LANGUAGES).join(" · ")}` }),
    row("#/tours", t("tours.title"), { sign: "device-floppy" }),
    draftNotice(), ready);
}

export async function stops(app) {
  const notes = await app.store.notes(app.tour.id);
  const mine = (stop) => notes.filter((note) => note.content.stop === stop.id).length;
  const go = (stop) => async () => {
    await app.goToStop(stop);
    app.go("#/");
  };
  return {
    title: t("stops.title"), back: "#/",
    body: [h("ol", { class: "plain rows" }, stopsOf(app.tour).map((stop) => h("li", {},
      h("button", { type: "button", class: "row", onclick: go(stop), "aria-current": stop === app.stop && "step" },
        h("span", { class: "disc" }, String(stop.number)),
        h("span", { class: "row__words" }, stop.name,
          h("span", { class: "hint" }, [stop === app.stop && t("stops.here"), mine(stop) && t("stops.mine", { n: mine(stop) })].filter(Boolean).join(" · ")))))))],
  };
}
