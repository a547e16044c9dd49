// Questions that are no findings: the whole area, about you, a private note. shop.js asks in a shop.

import { h, icon, notice, radios, saveButton, textBox } from "../ui.js";
import { hasContent } from "../note.js";
import { said, t } from "../language.js";
import { voicePart } from "./attachments.js";

const SCALE = [1, 2, 3, 4, 5, 6, 7].map((code) => ({ code, label: String(code) }));

export const UNFINISHED = { go: "#/unfinished" };

/** Another note was begun: it is finished or thrown away first. */
export const isBusy = ({ draft }, form) => draft?.form !== form && hasContent(draft);

/** The draft of these questions, begun now or before. */
export function answering(app, form, answers = {}) {
  if (app.draft?.form !== form) app.begin({ kind: "experience", form, answers });
  return (fields) => app.change({ answers: { ...app.draft.answers, ...fields } });
}

export function asked(app, questions, set) {
  const { answers } = app.draft;
  const pick = (code) => (value) => {
    set({ [code]: value });
    app.keepDraft(); // a choice is whole at once; words wait for a pause
  };
  return questions.map(({ code, label, options }) => (options.length
    ? radios(code, said(label), options.map((one) => ({ ...one, label: said(one.label) })), answers[code], pick(code), { look: "two" })
    : textBox(code, said(label), answers[code], (value) => set({ [code]: value }), { rows: 2 })));
}

/** Six questions from 1 to 7, at the start of the walk and at its end. */
export function area(app, when) {
  if (!app.pack.questions) return { go: "#/" };
  if (isBusy(app, "whole_area")) return UNFINISHED;
  if (when && app.draft?.answers?.when !== when && !hasContent(app.draft)) app.draft = null;
  const set = answering(app, "whole_area", { when: when === "before" ? "before" : "after", scores: {} });
  const score = (code) => (value) => set({ scores: { ...app.draft.answers.scores, [code]: value } });
  const { scores } = app.draft.answers;
  return {
    over: app.pack.tour.area, title: t(app.draft.answers.when === "before" ? "area.before" : "area.after"), back: "#/",
    body: [
      h("p", {}, t("area.scale")), h("p", { class: "hint" }, t("feeling.leave_out")),
      app.pack.questions.area.map(({ code, label }) => radios(code, said(label), SCALE, scores[code], score(code), { look: "scale" })),
      asked(app, app.pack.questions.area_words, set),
    ],
    foot: [saveButton(app)],
  };
}

/** A record of its own, so that nobody reads who said what. */
export function aboutYou(app) {
  if (!app.pack.questions) return { go: "#/" };
  if (isBusy(app, "about_you")) return UNFINISHED;
  const set = answering(app, "about_you");
  return {
    title: t("about.title"), back: "#/",
    body: [notice("", h("p", {}, t("about.why"))), asked(app, app.pack.questions.about_you, set)],
    foot: [saveButton(app)],
  };
}

/** For the coordinator alone: not even the leader of the walk reads it. */
export function privateNote(app) {
  if (isBusy(app, "note")) return UNFINISHED;
  answering(app, "note");
  return {
    title: t("private.title"), back: "#/tell",
    body: [
      notice("act", h("p", {}, icon("lock"), " ", t("private.who"))),
      textBox("words", t("words.own"), app.draft.words, (words) => app.change({ words }), { rows: 5 }),
      textBox("contact", t("private.contact"), app.draft.answers.contact, (contact) => app.change({ answers: { contact } }), { hint: t("private.contact_hint") }),
      voicePart(app),
    ],
    foot: [saveButton(app)],
    leave: () => app.recording?.stop(),
  };
}
