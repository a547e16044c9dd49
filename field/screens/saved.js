// After "Save": it is on this phone. And when it could not be: what to do about it.

import { button, h, icon, notice, row } from "../ui.js";
import { base64 } from "../store.js";
import { observationOf } from "../note.js";
import { handOver } from "../rescue.js";
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
    title: "Saved on this phone", back: null, live,
    body: [
      h("p", { class: "lead" }, "Thank you. It cannot get lost: it stays here until it has arrived."), state,
      button("Tell us something else", () => app.go("#/tell"), { kind: "wide", sign: "plus" }),
      row("#/", app.stop ? `Back to stop ${app.stop.number}` : "Back to the walk", { sign: "walk" }),
    ],
  };
}

/** The phone could not keep the note: it has no room, or its store is in trouble. */
export function full(app, trouble) {
  const problem = h("p", { role: "status" });
  const attempt = (photos) => app.save({ photos });
  const room = async () => {
    const freed = await app.store.makeRoom();
    problem.textContent = freed ? "There is room again." : "There was nothing that could go.";
    if (freed) await attempt(app.draft.photos);
  };
  const photos = app.draft.photos.length > 0;
  return {
    title: trouble ? "This note could not be saved" : "This phone is full", back: "#/words",
    body: [
      notice("act", h("p", {}, "Your note is ", h("strong", {}, "not saved yet"), ". Please do not close this page.")), problem,
      trouble ? button("Try again", () => attempt(app.draft.photos), { kind: "wide", sign: "refresh" }) : [
        button("Make room and save", room, { kind: "wide", sign: "trash" }),
        h("p", { class: "hint" }, "Takes pictures off this phone that have already arrived. Nothing else."),
      ],
      photos && button("Save the words without the photo", () => attempt([]), { kind: "quiet", sign: "message" }),
      button("Put the note into a file", () => saveFile(app), { kind: "quiet", sign: "device-floppy" }),
    ],
  };
}

/** The draft as the file that the coordinator brings in: it needs no room in the app's store. */
async function saveFile(app) {
  const body = new TextEncoder().encode(JSON.stringify(observationOf(app.draft, { category: app.category })));
  const uuid = crypto.randomUUID();
  const photos = app.draft.photos.map(({ content_type, bytes }) => ({
    uuid: crypto.randomUUID(), observation: uuid, content_type, base64: base64(bytes),
  }));
  const file = { studytours: 1, tour: app.tour.id, observations: [{ uuid, body_base64: base64(body) }], photos };
  await handOver(file, "note-from-the-walk.json");
}

