// My notes: each with where it is. And how safe they are on this phone.

import { button, count, h, icon, notice } from "../ui.js";
import { correctionOf, hasContent } from "../note.js";
import { saveWaiting } from "../rescue.js";

export const STATE = {
  saved: { sign: "clock", words: "Saved here, waiting to be sent" },
  sending: { sign: "cloud-upload", words: "Sending…" },
  received: { sign: "circle-check", words: "Sent and received" },
  refused: { sign: "alert-triangle", words: "Not accepted" },
};

/** What stands between the waiting notes and the server, with what one can do. */
export function waitingPart(app) {
  const { waiting, refused } = app.counts;
  if (!waiting && !refused) return null;
  const why = app.outbox.problem || (navigator.onLine ? "" : "There is no signal here.");
  return notice(waiting ? "act" : "bad",
    waiting > 0 && h("p", {}, h("strong", {}, `${count(waiting, "note")} still on this phone.`), why && ` ${why}`),
    refused > 0 && h("p", {}, h("strong", {}, `${count(refused, "note was", "notes were")} not accepted.`), " What was not accepted stays here. Save it to a file and give that to the walk leader."),
    button("Try to send now", () => tryNow(app), { sign: "send" }),
    button("Save them to a file", () => saveWaiting(app.store, app.tour.id), { kind: "plain", sign: "device-floppy" }));
}

async function tryNow(app) {
  const { screen } = app;
  app.say("Trying to send");
  await app.outbox.hurry();
  await app.recount();
  const { waiting, refused } = app.counts;
  app.say(waiting ? `Not yet. ${app.outbox.problem}` : refused ? "Not accepted" : "All sent");
  if (app.screen === screen) await app.show(); // else the person has gone on, and may be writing
}

export async function notes(app) {
  const list = h("ul", { class: "plain notes" });
  const part = h("div");
  const draw = async () => {
    const all = await app.store.notes(app.tour.id);
    list.replaceChildren(...all.map((note) => item(app, note)));
    part.replaceChildren(...[waitingPart(app), !all.length && h("p", {}, "Nothing yet. What you save appears here, and stays until it has arrived.")].filter(Boolean));
  };
  await draw();
  const kept = await navigator.storage?.persisted?.().catch(() => false);
  return {
    title: "My notes", back: "#/",
    live: draw,
    body: [part, list, h("p", { class: "small" }, kept
      ? "This phone has promised not to clear your notes by itself."
      : "This phone may clear old notes when it runs out of room. Please let them send before you put it away for days."),
      h("p", { class: "small" }, "Notes stay on this phone for 14 days after they have arrived.")],
  };
}

function item(app, note) {
  const sending = [note.uuid, ...note.photos.map(({ uuid }) => uuid)].includes(app.outbox.sending);
  const { sign, words } = STATE[sending ? "sending" : note.state];
  const why = [note, ...note.photos].map((record) => record.why).find(Boolean);
  const at = new Date(note.content.captured_at).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).replace(" ", "");
  return h("li", { class: `note note--${note.state}` },
    h("p", { class: "note__what" }, h("strong", {}, titleOf(app, note.content)), note.content.words && `: ${note.content.words}`),
    h("p", { class: "hint" }, [at, stopName(app, note.content.stop), note.photos.length && count(note.photos.length, "photo")].filter(Boolean).join(" · ")),
    h("p", { class: "state" }, icon(sign), " ", words),
    why && note.state !== "received" && h("p", { class: "hint" }, why),
    app.pack && !note.content.feeling && button("Put this right", () => correct(app, note), { kind: "plain", sign: "edit" }));
}

function titleOf(app, content) {
  const { pack } = app;
  if (content.feeling) return pack?.feelings.scores.find(({ code }) => code === content.feeling.score)?.label ?? "How it feels: don't know";
  if (content.measure) return pack?.measures.find(({ ref }) => ref === content.measure)?.name ?? content.measure;
  return pack?.categories.find(({ code }) => code === content.category)?.label ?? content.kind;
}

function stopName(app, id) {
  const stop = app.pack?.stops.find((one) => one.id === id);
  return stop && `stop ${stop.number}`;
}

function correct(app, note) {
  if (hasContent(app.draft)) return app.go("#/unfinished");
  app.begin(correctionOf(note));
  app.go("#/words");
}
