// For whom the walker put something right. Asked once a walk; nothing depends on the answer being good.

import { button, choice, h, notice, row, textBox } from "../ui.js";
import { nameOf, organisationOf, toChoose, usuallyDoneBy } from "../doer.js";
import { language, said, t } from "../language.js";

// More than three names are no help on a small screen.
const MOST_NAMES = 3;

export function doer(app) {
  const { category, draft, pack } = app;
  if (!draft.spot) return { go: "#/unfinished" };
  const pick = (who) => async () => {
    await app.hereFor(who);
    app.go("#/words");
  };
  let another = organisationOf(pack, draft.done_by) ? "" : draft.done_by;
  return {
    over: category && said(category.label), title: t("doer.title"), back: "#/category",
    body: [
      h("p", { class: "hint" }, t("doer.hint")),
      h("div", { class: "rows" },
        choice(t("doer.nobody"), pick(""), { sign: "walk" }),
        toChoose(pack, category).map(({ ref, name }) => choice(name, pick(ref), { sign: "building" }))),
      h("h2", {}, t("doer.another")),
      textBox("another", t("doer.name"), another, (value) => (another = value), { hint: t("doer.name_hint") }),
      button(t("doer.use"), () => another?.trim() && pick(another.trim())(), { kind: "quiet" }),
    ],
  };
}

/** On the note: who it was, to change, and who usually does it when that is somebody else. */
export function doerPart({ category, draft, pack }) {
  const usual = usuallyDoneBy(pack, category, draft.done_by).slice(0, MOST_NAMES);
  const names = new Intl.ListFormat(language(), { type: "disjunction" }).format(usual);
  return [
    row("#/doer", draft.done_by ? nameOf(pack, draft.done_by) : t("doer.nobody"), { sign: "building", hint: t("doer.change") }),
    usual.length > 0 && notice("", h("p", {}, t("doer.outside", { names }))),
  ];
}
