// How it feels here: one tap, then up to five more.

import { checkbox, choice, h, radios, saveButton, textBox } from "../ui.js";

const SIGNS = ["mood-sad", "mood-empty", "mood-smile", "mood-happy"];
const SCALE = ["Very bad", "Bad", "OK", "Good"].map((label, code) => ({ code, label }));

export function feeling(app) {
  const pick = (score) => () => {
    app.begin({ kind: "experience", feeling: { score } });
    app.go("#/feeling-more");
  };
  return {
    over: app.stop && `Stop ${app.stop.number}, ${app.stop.name}`, title: "How do you feel here?", back: "#/",
    body: [h("div", { class: "rows" },
      app.pack.feelings.scores.map(({ code, label }) => choice(label, pick(code), { sign: SIGNS[code] ?? "help" })))],
  };
}

export function feelingMore(app) {
  const { draft } = app;
  if (!draft.feeling) return { go: "#/words" };
  const set = (code) => (value) => app.change({ feeling: { ...draft.feeling, [code]: value } });
  return {
    title: "What makes it feel so?", back: "#/feeling",
    body: [
      h("p", { class: "hint" }, "Answer what you like and leave out the rest."),
      app.pack.feelings.taps.map(({ code, label }) => radios(code, label, SCALE, draft.feeling[code], set(code), { across: true })),
      checkbox("It is dark now", draft.dark, (dark) => app.change({ dark })),
      textBox("words", "Anything else?", draft.words, (words) => app.change({ words }), { rows: 3 }),
    ],
    foot: [saveButton(app)],
  };
}
