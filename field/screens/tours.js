// Several walks on one phone: choose, join another, leave and forget.

import { button, count, h, notice } from "../ui.js";
import { hasContent } from "../note.js";
import { saveWaiting } from "../rescue.js";

const codeForm = () => h("form", { action: "/w/", method: "get" },
  h("label", { for: "code" }, "The code of your walk"),
  h("p", { class: "hint", id: "code-hint" }, "Six letters and numbers. The walk leader has it, and it is on the poster."),
  h("input", { id: "code", name: "code", class: "code", maxlength: "12", required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "code-hint" }),
  h("button", { class: "button button--wide" }, "Continue"));

export function noTour() {
  return { title: "Join a walk", body: [h("p", {}, "This phone has not joined a walk yet."), codeForm()] };
}

export function noPack(app) {
  return {
    title: "Getting the walk",
    body: [h("p", {}, "You have joined. The stops have not come through yet: there may be no signal here."),
      button("Try again", async () => { await app.refreshPack(); app.show(); }, { kind: "wide", sign: "refresh" })],
  };
}

export async function tours(app) {
  const all = await app.store.tours();
  const show = (tour) => async () => {
    await app.keepDraft();
    await app.store.setSetting("tour", tour.id);
    location.assign("/walk/");
  };
  return {
    title: "Your walks on this phone", back: "#/",
    body: [
      h("ul", { class: "plain" }, all.map((tour) => h("li", { class: "note" },
        h("p", { class: "note__what" }, h("strong", {}, tour.title), tour.id === app.tour.id && " (this one)"),
        tour.id !== app.tour.id && button("Open", show(tour), { kind: "quiet" }),
        h("a", { class: "button button--plain", href: `#/forget/${encodeURIComponent(tour.id)}` }, "Leave and forget")))),
      h("h2", {}, "Join another walk"), codeForm(), homeScreen(),
    ],
  };
}

function homeScreen() {
  return h("details", {}, h("summary", {}, "Put the walk on your home screen"),
    h("p", {}, "On an iPhone or iPad: press the Share sign, then “Add to Home Screen”. Do this before you write notes: the walk on the home screen is a new start and asks for the code again."),
    h("p", {}, "On other phones: open the browser's menu and choose “Add to home screen” or “Install”. Your notes come along."));
}

export async function forget(app, id) {
  const tour = await app.store.tour(id);
  if (!tour) return { go: "#/tours" };
  const { waiting, refused } = await app.store.counts(id);
  const lost = waiting + refused;
  const begun = hasContent(await app.store.draft(id));
  const leave = async () => {
    if (id === app.tour.id) await app.dropDraft(); // or leaving the page would keep it once more
    await app.store.forgetTour(id);
    location.assign("/walk/");
  };
  return {
    over: tour.title, title: "Leave this walk?", back: "#/tours",
    body: [
      lost
        ? notice("bad", h("p", {}, h("strong", {}, `${count(lost, "note has", "notes have")} not arrived.`), " If you leave now, they are gone for good."),
          button("Save them to a file first", () => saveWaiting(app.store, id), { sign: "device-floppy" }))
        : h("p", {}, "All your notes have arrived. Leaving takes the walk and your copies of the notes off this phone. What you sent stays with the people who run the walk."),
      begun && h("p", {}, h("strong", {}, "You began a note and have not saved it."), " It goes too."),
      h("div", { class: "stack" },
        h("a", { class: "button button--wide", href: "#/" }, "Stay"),
        button(lost ? `Leave, and lose ${count(lost, "note")}` : "Leave and forget", leave, { kind: lost ? "bad" : "quiet" })),
    ],
  };
}
