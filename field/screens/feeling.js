// How it feels here: one tap, then up to five more.

import { choice, h, radios, saveButton, textBox } from "../ui.js";
import { said, t } from "../language.js";
import { darkBox } from "./words.js";

const SIGNS = ["mood-sad", "mood-empty", "mood-smile", "mood-happy"];

export function feeling(app) {
  const pick = (score) => () => {
    app.begin({ kind: "experience", feeling: { score } });
    app.go("#/feeling-more");
  };
  return {
    over: app.stop && t("stop.full", app.stop), title: t("feeling.title"), back: "#/",
    body: [h("div", { class: "rows" },
      app.pack.feelings.scores.map(({ code, label }) => choice(said(label), pick(code), { sign: SIGNS[code] ?? "help" })))],
  };
}

export function feelingMore(app) {
  const { draft } = app;
  if (!draft.feeling) return { go: "#/words" };
  const scale = ["very_bad", "bad", "ok", "good"].map((name, code) => ({ code, label: t(`feeling.${name}`) }));
  const company = [{ code: true, label: t("feeling.alone") }, { code: false, label: t("feeling.others") }];
  const set = (code) => (value) => app.change({ feeling: { ...draft.feeling, [code]: value } });
  return {
    title: t("feeling.more"), back: "#/feeling",
    body: [
      h("p", { class: "hint" }, t("feeling.leave_out")),
      app.pack.feelings.taps.map(({ code, label }) => radios(code, said(label), scale, draft.feeling[code], set(code), { look: "across" })),
      radios("alone", t("feeling.company"), company, draft.feeling.alone, set("alone"), { look: "across" }),
      darkBox(app),
      textBox("words", t("feeling.else"), draft.words, (words) => app.change({ words }), { rows: 3 }),
    ],
    foot: [saveButton(app)],
  };
}
