// What the other walkers said so far, to say "me too" to. Needs signal; a "me too" itself does not.

import { button, h, icon, notice } from "../ui.js";
import { said, t } from "../language.js";

async function soFar(app) {
  const { status, text } = await app.api.ask("/api/field/findings", { token: app.tour.token });
  return status === 200 ? JSON.parse(text).findings : null;
}

export async function others(app) {
  const found = await soFar(app).catch(() => null);
  const mine = new Set((await app.store.notes(app.tour.id)).map((note) => note.content.me_too).filter(Boolean));
  const list = (found ?? []).filter((one) => !one.mine);
  const here = (one) => one.stop === app.stop?.id;
  list.sort((a, b) => here(b) - here(a));
  return {
    title: t("others.title"), back: "#/tell",
    body: [
      !found && notice("", h("p", {}, t("others.offline"))),
      found && !list.length && h("p", {}, t("others.none")),
      h("ul", { class: "plain notes" }, list.map((one) => item(app, one, mine.has(one.uuid)))),
    ],
  };
}

function item(app, one, already) {
  const stop = app.pack.stops.find(({ id }) => id === one.stop);
  const category = app.pack.categories.find(({ code }) => code === one.category);
  const about = [category && said(category.label), stop && t("stop.short", stop), one.others > 0 && t("others.count", { n: one.others })];
  const done = h("p", { class: "state", role: "status" }, already && [icon("check"), " ", t("others.said")]);
  const agree = already ? null : button(t("others.me_too"), async () => {
    agree.disabled = true;
    try {
      await app.keep({ kind: "experience", me_too: one.uuid });
      agree.remove();
      done.replaceChildren(icon("check"), " ", t("others.said"));
    } catch (error) {
      console.warn(error);
      agree.disabled = false;
      done.replaceChildren(t("full.trouble"));
    }
  }, { kind: "quiet", sign: "thumb-up" });
  return h("li", { class: "note" },
    h("p", { class: "note__what", dir: "auto" }, h("strong", {}, one.title)), h("p", { class: "hint" }, about.filter(Boolean).join(" · ")), done, agree);
}
