// The end of the walk. It does not say "done" while anything is still on this phone.

import { h, icon, row } from "../ui.js";
import { hasContent } from "../note.js";
import { rich, t } from "../language.js";
import { hasAnswered } from "./home.js";
import { waitingPart } from "./notes.js";

export async function finish(app) {
  const part = h("div");
  const title = () => t(app.counts.waiting || app.counts.refused ? "finish.not_quite" : app.counts.sent ? "finish.done" : "finish.end");
  const draw = () => {
    part.replaceChildren(...body(app));
    const heading = document.querySelector("#main h1");
    if (heading && heading.textContent !== title()) {
      heading.textContent = title();
      app.say(title());
    }
  };
  part.replaceChildren(...body(app));
  const asks = app.pack?.questions && !(await hasAnswered(app, "after"));
  return {
    title: title(), back: "#/", live: draw,
    body: [asks && row(hasContent(app.draft) ? "#/unfinished" : "#/area/after", t("area.after"), { sign: "star", hint: t("area.two_minutes") }), part],
  };
}

function body(app) {
  const { sent, waiting, refused } = app.counts;
  const unfinished = hasContent(app.draft) && h("p", {}, ...rich("finish.unsaved"), " ", h("a", { href: "#/" }, t("finish.back_to_it")), ".");
  if (waiting || refused) {
    return [
      unfinished, waitingPart(app),
      waiting > 0 && h("p", {}, t("finish.keep_open")),
      h("p", {}, t("finish.arrived", { n: sent })),
    ].filter(Boolean);
  }
  return [
    unfinished,
    sent > 0 ? h("p", { class: "lead state" }, icon("circle-check"), " ", t("finish.all_arrived", { n: sent })) : h("p", { class: "lead" }, t("finish.nothing")),
    h("p", {}, t("finish.public")),
    h("div", { class: "rows" },
      row(`/tours/${encodeURIComponent(app.tour.id)}/`, t("finish.page"), { sign: "route", hint: t("finish.needs_signal") }),
      row("#/tours", t("finish.leave"), { sign: "door" })),
  ].filter(Boolean);
}
