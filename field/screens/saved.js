// After "Save": it is on this phone. And when it could not be: what to do about it.

import { button, h, icon, notice, row } from "../ui.js";
import { handOver, unsavedAsFile } from "../rescue.js";
import { rich, t } from "../language.js";
import { hasAnswered } from "./home.js";
import { STATE } from "./notes.js";

export async function saved(app, uuid) {
  const state = h("p", { class: "state", role: "status" });
  const of = async () => (await app.store.notes(app.tour.id)).find((one) => one.uuid === uuid);
  const live = async () => {
    const note = await of();
    if (!note) return;
    const is = app.outbox.sending === uuid ? "sending" : note.state;
    if (state.dataset.is === is) return;
    state.dataset.is = is;
    state.replaceChildren(icon(STATE[is]), " ", t(`state.${is}`));
  };
  await live();
  const asks = (await of())?.content.whole_area && !(await hasAnswered(app));
  return {
    title: t("saved.title"), live,
    body: [
      h("p", { class: "lead" }, t("saved.thanks")), state,
      asks && row("#/about-you", t("about.title"), { sign: "message", hint: t("words.more") }),
      row("#/", app.stop ? t("saved.back", app.stop) : t("saved.back_walk"), { sign: "walk" }),
    ],
    foot: [button(t("saved.another"), () => app.go("#/tell"), { kind: "wide", sign: "plus" })],
  };
}

/** The phone could not keep the note: it has no room, or its store is in trouble. */
export function full(app, trouble) {
  const problem = h("p", { role: "status" });
  const room = async () => {
    const freed = await app.store.makeRoom();
    problem.textContent = t(freed ? "full.freed" : "full.nothing_freed");
    if (freed) await app.save();
  };
  const photos = app.draft.photos.length > 0;
  return {
    title: t(trouble ? "full.trouble" : "full.title"), back: "#/words",
    body: [
      notice("act", h("p", {}, ...rich("full.not_saved"))), problem,
      trouble ? button(t("full.again"), () => app.save(), { kind: "wide", sign: "refresh" }) : [
        button(t("full.make_room"), room, { kind: "wide", sign: "trash" }),
        h("p", { class: "hint" }, t("full.make_room_hint")),
      ],
      photos && button(t("full.words_only"), () => app.save([]), { kind: "quiet", sign: "message" }),
      button(t("full.file"), () => saveFile(app), { kind: "quiet", sign: "device-floppy" }),
    ],
  };
}

async function saveFile(app) {
  await handOver(unsavedAsFile(app.tour.id, ...app.written()), "note-from-the-walk.json");
}
