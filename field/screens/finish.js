// The end of the walk. It does not say "done" while anything is still on this phone.

import { count, h, icon, row } from "../ui.js";
import { hasContent } from "../note.js";
import { waitingPart } from "./notes.js";

export function finish(app) {
  const part = h("div");
  const title = () => (app.counts.waiting || app.counts.refused ? "Not quite finished" : app.counts.sent ? "All done. Thank you" : "The end of the walk");
  const draw = () => {
    part.replaceChildren(...body(app));
    const heading = document.querySelector("#main h1");
    if (heading && heading.textContent !== title()) {
      heading.textContent = title();
      app.say(title());
    }
  };
  part.replaceChildren(...body(app));
  return { title: title(), back: "#/", live: draw, body: [part] };
}

function body(app) {
  const { sent, waiting, refused } = app.counts;
  const unfinished = hasContent(app.draft) && h("p", {}, h("strong", {}, "You began a note and have not saved it."), " ", h("a", { href: "#/" }, "Go back to it"), ".");
  if (waiting || refused) {
    return [
      unfinished, waitingPart(app),
      waiting > 0 && h("p", {}, "Keep this page open, or open it again when you have signal: at home, for example. They are sent by themselves."),
      h("p", {}, `${count(sent, "note")} arrived.`),
    ].filter(Boolean);
  }
  return [
    unfinished,
    sent > 0
      ? h("p", { class: "lead state" }, icon("circle-check"), ` ${sent === 1 ? "Your note has" : `All ${sent} of your notes have`} arrived. You can close this page.`)
      : h("p", { class: "lead" }, "You have not saved any notes. That is fine, and it is not too late."),
    h("p", {}, "What was agreed, who does it and by when will be on the public page of this walk."),
    h("div", { class: "rows" },
      row(`/tours/${encodeURIComponent(app.tour.id)}/`, "The page of this walk", { sign: "route", hint: "Needs signal" }),
      row("#/tours", "Leave this walk", { sign: "door" })),
  ].filter(Boolean);
}
