// The words, the photos, and a button that saves. Everything else has a sensible answer already.

import { checkbox, choice, h, icon, notice, radios, row, saveButton, textBox } from "../ui.js";
import { allowsPhotos, placeInWords } from "../note.js";
import { stopsOf } from "../tour.js";
import { language, said, t } from "../language.js";
import { photoPart, voicePart } from "./attachments.js";
import { doerPart } from "./doer.js";

// The desk reads it, so it is English whatever the phone speaks.
const GONE = "It is not there any more.";

/** Does the measure work? One tap. */
export function works(app, ref) {
  const measure = app.pack.measures.find((one) => one.ref === ref);
  if (!measure) return { go: "#/measures" };
  const pick = (code) => () => {
    app.begin({ kind: "measure_check", measure: ref, works: code });
    app.go("#/words");
  };
  const gone = () => {
    app.begin({ kind: "measure_check", measure: ref, works: "broken", words: GONE });
    app.go("#/words");
  };
  const signs = { works: "circle-check", sometimes: "clock", broken: "circle-x", worse: "trending-down", unknown: "help" };
  const facts = [measure.place, measure.installed && t("works.since", { when: measure.installed }), measure.owner].filter(Boolean);
  return {
    over: measure.name, title: t("works.title"), back: "#/",
    body: [facts.length > 0 && h("p", { class: "hint" }, facts.join(" · ")), lastCheck(app, measure),
      h("div", { class: "rows" },
        app.pack.works.map(({ code, label }) => choice(said(label), pick(code), { sign: signs[code] })),
        choice(t("works.gone"), gone, { sign: "trash" }))],
  };
}

function lastCheck({ pack }, { last_check }) {
  const found = last_check && pack.works.find(({ code }) => code === last_check.works);
  if (!found) return null;
  const when = new Date(last_check.at).toLocaleDateString(language(), { month: "long", year: "numeric" });
  return h("p", { class: "hint" }, t("works.last", { when, what: said(found.label) }));
}

export function words(app) {
  const { draft, category } = app;
  if (draft.form || !draft.kind) return { go: "#/unfinished" };
  return {
    over: heading(app), title: t(draft.spot ? "words.spot" : `words.${draft.kind}`), back: draft.measure ? `#/works/${draft.measure}` : "#/category",
    body: [
      draft.corrects && notice("", h("p", {}, t("words.corrects"))),
      category?.sensitive && notice("act", h("p", {}, icon("lock"), " ", t("words.sensitive"))),
      textBox("words", t("words.own"), draft.words, (value) => app.change({ words: value }), { rows: 3, hint: hintFor(draft.kind) }),
      draft.spot && textBox("done_now", t("words.done_now"), draft.done_now, (value) => app.change({ done_now: value }), { rows: 3 }),
      draft.spot && doerPart(app),
      voicePart(app),
      allowsPhotos(category) ? photoPart(app) : h("p", { class: "hint" }, icon("camera"), " ", t("words.no_photo")),
      draft.measure && conditionPart(app),
      placeRow(app),
      extras(app),
    ],
    foot: [saveButton(app)],
    leave: () => app.recording?.stop(),
  };
}

function hintFor(kind) {
  if (kind === "good") return t("words.good_hint");
  return kind === "experience" ? t("words.experience_hint") : "";
}

export function placeRow(app) {
  return row("#/place", placeInWords(app.draft, stopsOf(app.tour)), { sign: "map-pin", hint: t("words.place") });
}

const measureOf = ({ pack, draft }) => pack.measures.find(({ ref }) => ref === draft.measure);

function heading(app) {
  if (app.draft.measure) return measureOf(app)?.name;
  return app.category && said(app.category.label);
}

/** What each condition looks like: four drawings for the kind of thing that it is. */
function conditionPart(app) {
  const of = measureOf(app) ?? app.category;
  const guide = of?.guide ?? "other";
  const picture = (code) => ({ src: new URL(`../guide/${guide}-${code}.svg`, import.meta.url), alt: t(`guide.${guide}.${code}`), width: 96, height: 64 });
  const options = app.pack.conditions.map(({ code, label }) => ({ code, label: said(label), hint: t(`condition.${code}`), picture: picture(code) }));
  return radios("condition", t("words.condition"), options, app.draft.condition, (code) => app.change({ condition: code }), { hint: t("words.condition_hint"), look: "pictures" });
}

function extras(app) {
  const { draft } = app;
  return h("details", { open: Boolean(draft.urgent || draft.private || draft.condition) && !draft.measure },
    h("summary", {}, t("words.more")),
    checkbox(t("words.urgent"), draft.urgent, (urgent) => app.change({ urgent })),
    darkBox(app),
    !app.category?.sensitive && checkbox(t("words.private"), draft.private, (only) => app.change({ private: only }), t("words.private_hint")),
    !draft.measure && ["problem", "good"].includes(draft.kind) && conditionPart(app));
}

/** Day or dark: filled in from the sun, for the person to change. */
export function darkBox(app) {
  return checkbox(t("words.dark"), app.draft.dark, (dark) => app.change({ dark }));
}
