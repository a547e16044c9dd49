// A visit to a shop: a few questions at a time. Each may be left out, and each answer is kept at once.

import { button, h, icon, notice, row, saveButton, textBox } from "../ui.js";
import { hasContent, placeInWords } from "../note.js";
import { stopsOf } from "../tour.js";
import { said, t } from "../language.js";
import { UNFINISHED, answering, asked, isBusy } from "./answers.js";
import { photoPart, voicePart } from "./attachments.js";
import { placeRow } from "./words.js";

// What each step asks. A question that none names comes with the first that takes words.
const STEPS = [
  { name: "shop", codes: ["kind"] },
  { name: "happens", codes: ["thefts", "abuse"] },
  { name: "police", codes: ["reported", "why_not", "police"] },
  { name: "help", codes: ["help"], rest: true, more: ownWords },
  { name: "shown", codes: [], more: (app) => [photoPart(app), placeRow(app)] },
  { name: "check" },
];
const LAST = STEPS.length;
const NAMED = STEPS.flatMap(({ codes = [] }) => codes);

function ownWords(app) {
  return [
    textBox("words", t("feeling.else"), app.draft.words, (words) => app.change({ words }), { rows: 3, hint: t("words.experience_hint") }),
    voicePart(app),
  ];
}

const questionsOf = ({ codes, rest }, { shop }) =>
  shop.filter(({ code }) => codes.includes(code) || (rest && !NAMED.includes(code)));

/** The step to go on with, for a visit that was begun. */
export const shopStep = (draft) => `#/shop/${draft?.step ?? 1}`;

export function shop(app, number) {
  if (!app.pack.questions) return { go: "#/" };
  if (isBusy(app, "shop")) return UNFINISHED;
  const set = answering(app, "shop");
  const step = Math.min(Math.max(Number(number) || 1, 1), LAST);
  // Once everything was looked over, a change leads back there.
  const { looked_over } = app.draft;
  app.change({ step, looked_over: looked_over || step === LAST });
  app.keepDraft();
  const before = looked_over && step !== LAST ? LAST : step - 1;
  const screen = step === LAST ? check(app) : ask(app, STEPS[step - 1], set, looked_over ? LAST : step + 1);
  return {
    over: t("shop.step", { n: step, all: LAST }), title: t(`shop.${STEPS[step - 1].name}`),
    back: before ? `#/shop/${before}` : "#/tell",
    leave: () => app.recording?.stop(),
    ...screen,
  };
}

function ask(app, step, set, next) {
  const go = async () => {
    await app.keepDraft();
    app.go(`#/shop/${next}`);
  };
  return {
    body: [
      step === STEPS[0] && notice("act", h("p", {}, icon("lock"), " ", t("shop.private"))),
      h("p", { class: "hint" }, t("feeling.leave_out")),
      asked(app, questionsOf(step, app.pack.questions), set), step.more?.(app),
    ],
    foot: [button(t("code.continue"), go, { kind: "wide", sign: "arrow-right" })],
  };
}

/** Everything that was said, each a way back to where it was asked. */
function check(app) {
  const { draft } = app;
  const answers = STEPS.flatMap((step, at) => (step.codes ? questionsOf(step, app.pack.questions) : []).map((question) => {
    const { options, code } = question;
    const chosen = options.find((option) => option.code === draft.answers[code]);
    return [at + 1, said(question.label), chosen ? said(chosen.label) : draft.answers[code]];
  }));
  const at = (name) => STEPS.findIndex((step) => step.name === name) + 1;
  const rest = [
    [at("help"), t("feeling.else"), draft.words],
    [at("shown"), t("shop.shown"), [draft.photos.length && t("notes.attached", { n: draft.photos.length }), placeInWords(draft, stopsOf(app.tour))].filter(Boolean).join(" · ")],
  ];
  const list = h("div", { class: "rows answers" }, [...answers, ...rest].map(([step, question, answer]) =>
    row(`#/shop/${step}`, answer?.trim() || h("span", { class: "hint" }, t("shop.no_answer")), { over: question })));
  if (!hasContent(draft)) return { body: [notice("act", h("p", {}, t("shop.nothing_yet"))), list] };
  return { body: [h("p", { class: "hint" }, t("shop.change")), list], foot: [saveButton(app)] };
}
