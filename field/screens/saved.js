// After "Save": it is on this phone. And when it could not be: what to do about it.

import { button, h, icon, notice, row } from "../ui.js";
import { handOver, unsavedAsFile } from "../rescue.js";
import { STATE } from "./notes.js";

export async function saved(app, uuid) {
  const state = h("p", { class: "state", role: "status" });
  const live = async () => {
    const note = (await app.store.notes(app.tour.id)).find((one) => one.uuid === uuid);
    if (!note) return;
    const { sign, words } = STATE[app.outbox.sending === uuid ? "sending" : note.state];
    if (state.dataset.is === words) return;
    state.dataset.is = words;
    state.replaceChildren(icon(sign), " ", words);
  };
  await live();
  return {
    title: "Saved on this phone", live,
    body: [
      h("p", { class: "lead" }, "Thank you. It stays here until it has arrived."), state,
      button("Tell us something else", () => app.go("#/tell"), { kind: "wide", sign: "plus" }),
      row("#/", app.stop ? `Back to stop ${app.stop.number}` : "Back to the walk", { sign: "walk" }),
    ],
  };
}

/** The phone could not keep the note: it has no room, or its store is in trouble. */
export function full(app, trouble) {
  const problem = h("p", { role: "status" });
  const room = async () => {
    const freed = await app.store.makeRoom();
    problem.textContent = freed ? "There is room again." : "There was nothing that could go.";
    if (freed) await app.save();
  };
  const photos = app.draft.photos.length > 0;
  return {
    title: trouble ? "This note could not be saved" : "This phone is full", back: "#/words",
    body: [
      notice("act", h("p", {}, "Your note is ", h("strong", {}, "not saved yet"), ". Please do not close this page.")), problem,
      trouble ? button("Try again", () => app.save(), { kind: "wide", sign: "refresh" }) : [
        button("Make room and save", room, { kind: "wide", sign: "trash" }),
        h("p", { class: "hint" }, "Takes pictures off this phone that have already arrived. Nothing else."),
      ],
      photos && button("Save the words without the photo", () => app.save([]), { kind: "quiet", sign: "message" }),
      button("Put the note into a file", () => saveFile(app), { kind: "quiet", sign: "device-floppy" }),
    ],
  };
}

async function saveFile(app) {
  await handOver(unsavedAsFile(app.tour.id, ...app.written()), "note-from-the-walk.json");
}

