// The stop one is at, and what one can do here.

import { button, h, icon, notice, row } from "../ui.js";
import { hasContent } from "../note.js";
import { measuresAt, stopsOf } from "../tour.js";

export function home(app) {
  const { stop, pack } = app;
  const stops = stopsOf(app.tour);
  const next = stops[stops.indexOf(stop) + 1];
  // A begun note is finished or thrown away before another begins: it cannot vanish unseen.
  const begin = (hash) => (hasContent(app.draft) ? "#/unfinished" : hash);
  const ready = h("p", { class: "small" });
  const live = () => ready.replaceChildren(...(app.release.ready
    ? [icon("check"), " This works without signal."]
    : ["Stay here a moment: getting ready to work without signal…"]));
  live();
  return {
    over: stop ? `Stop ${stop.number} of ${stops.length}` : "The walk",
    title: stop?.name ?? pack.tour.title, live,
    body: [
      hasContent(app.draft) && begun(app),
      stop?.look_from_here && notice("act", h("p", {}, h("strong", {}, "Look from here."), " Please do not go any further.")),
      stop?.look_at && h("p", { class: "lead" }, stop.look_at),
      !stop && h("p", {}, "This walk has no stops. Tell us what you see wherever you are."),
      button("Tell us what you see", () => app.go(begin("#/tell")), { kind: "wide", sign: "plus" }),
      h("nav", { class: "rows", "aria-label": "Here" },
        stop && row(begin("#/feeling"), "How does it feel here?", { sign: "mood-smile" }),
        measuresAt(app.tour, stop).map((measure) => row(begin(`#/works/${measure.ref}`), `Check: ${measure.name}`, { sign: "checklist", hint: measure.place })),
        row(begin("#/spot"), "We put something right", { sign: "tool", hint: "Done now, on the spot" })),
      onward(app, next),
      more(ready),
    ],
  };
}

function onward(app, next) {
  if (!next) return row("#/finish", "Finish the walk", { sign: "flag" });
  const go = async () => {
    await app.goToStop(next);
    app.show();
  };
  return button(`Go on to stop ${next.number}: ${next.name}`, go, { kind: "quiet", sign: "walk" });
}

export function unfinished(app) {
  return { title: "First, your last note", back: "#/", body: [begun(app)] };
}

function begun(app) {
  const where = app.draft.feeling ? "#/feeling-more" : app.draft.category || app.draft.measure ? "#/words" : "#/category";
  return notice("act", h("p", {}, h("strong", {}, "You began a note."), app.draft.words ? ` “${app.draft.words.slice(0, 80)}”` : " It is kept."),
    h("a", { class: "button", href: where }, "Go on with it"),
    button("Throw it away", async () => { await app.dropDraft(); app.go("#/"); }, { kind: "plain" }));
}

function more(ready) {
  return h("nav", { class: "more", "aria-label": "The walk" },
    row("#/stops", "All stops", { sign: "list-check" }),
    row("#/notes", "My notes", { sign: "message" }),
    row("#/finish", "Finish the walk", { sign: "flag" }),
    row("#/tours", "Your walks on this phone", { sign: "device-floppy" }),
    ready);
}

export async function stops(app) {
  const notes = await app.store.notes(app.tour.id);
  const mine = (stop) => notes.filter((note) => note.content.stop === stop.id).length;
  const go = (stop) => async () => {
    await app.goToStop(stop);
    app.go("#/");
  };
  return {
    title: "All stops", back: "#/",
    body: [h("ol", { class: "plain rows" }, stopsOf(app.tour).map((stop) => h("li", {},
      h("button", { type: "button", class: "row", onclick: go(stop), "aria-current": stop === app.stop && "step" },
        h("span", { class: "disc" }, String(stop.number)),
        h("span", { class: "row__words" }, stop.name,
          h("span", { class: "hint" }, [stop === app.stop && "You are here", mine(stop) && `${mine(stop)} of your notes`].filter(Boolean).join(" · ")))))))],
  };
}
