// My notes: each with where it is. And how safe they are on this phone.

import { button, h, icon, notice } from "../ui.js";
import { correctionOf, hasContent } from "../note.js";
import { saveWaiting } from "../rescue.js";
import { language, rich, said, t } from "../language.js";

/** The sign of each state a note can be in; its words are state.… */
export const STATE = { saved: "clock", sending: "cloud-upload", received: "circle-check", refused: "alert-triangle" };

/** What stands between the waiting notes and the server, with what one can do. */
export function waitingPart(app) {
  const { waiting, refused } = app.counts;
  if (!waiting && !refused) return null;
  const why = said(app.outbox.problem || (navigator.onLine ? "" : "There is no signal here."));
  return notice(waiting ? "act" : "bad",
    waiting > 0 && h("p", {}, h("strong", {}, t("waiting.still", { n: waiting })), why && ` ${why}`),
    refused > 0 && h("p", {}, h("strong", {}, t("waiting.refused", { n: refused })), " ", t("waiting.refused_what")),
    button(t("waiting.try"), () => tryNow(app), { sign: "send" }),
    button(t("waiting.file"), () => saveWaiting(app.store, app.tour.id), { kind: "plain", sign: "device-floppy" }));
}

async function tryNow(app) {
  const { screen } = app;
  app.say(t("waiting.trying"));
  await app.outbox.hurry();
  await app.recount();
  const { waiting, refused } = app.counts;
  app.say(waiting ? `${t("waiting.not_yet")} ${said(app.outbox.problem)}` : t(refused ? "state.refused" : "waiting.all_sent"));
  if (app.screen === screen) await app.show(); // else the person has gone on, and may be writing
}

export async function notes(app) {
  const list = h("ul", { class: "plain notes" });
  const part = h("div");
  const draw = async () => {
    const all = await app.store.notes(app.tour.id);
    list.replaceChildren(...all.map((note) => item(app, note)));
    part.replaceChildren(...[waitingPart(app), !all.length && h("p", {}, t("notes.none"))].filter(Boolean));
  };
  await draw();
  const kept = await navigator.storage?.persisted?.().catch(() => false);
  return {
    title: t("notes.title"), back: "#/",
    live: draw,
    body: [part, list, h("p", { class: "small" }, t(kept ? "notes.kept" : "notes.may_go")), h("p", { class: "small" }, t("notes.fourteen"))],
  };
}

function item(app, note) {
  const { content } = note;
  const sending = [note.uuid, ...note.photos.map(({ uuid }) => uuid)].includes(app.outbox.sending);
  const is = sending ? "sending" : note.state;
  const why = [note, ...note.photos].map((record) => record.why).find(Boolean);
  const at = new Date(content.captured_at).toLocaleTimeString(language() === "en" ? "en-GB" : language(), { hour: "numeric", minute: "2-digit", hour12: language() === "en" }).replace(" ", "");
  return h("li", { class: `note note--${note.state}` },
    h("p", { class: "note__what", dir: "auto" }, h("strong", {}, titleOf(app, content)), content.words && `: ${content.words}`),
    h("p", { class: "hint" }, [at, stopName(app, content.stop), note.photos.length && t("notes.attached", { n: note.photos.length })].filter(Boolean).join(" · ")),
    h("p", { class: "state" }, icon(STATE[is]), " ", t(`state.${is}`)),
    why && note.state !== "received" && h("p", { class: "hint" }, said(why)),
    app.pack && isAboutAPlace(content) && button(t("notes.correct"), () => correct(app, note), { kind: "plain", sign: "edit" }));
}

/** Only what was seen is put right by another note; an answer is given once more instead. */
const isAboutAPlace = ({ feeling, me_too, whole_area, about_you, shop, note }) => !(feeling || me_too || whole_area || about_you || shop || note);

function titleOf({ pack }, content) {
  if (content.feeling) return said(pack?.feelings.scores.find(({ code }) => code === content.feeling.score)?.label ?? "") || t("notes.feeling");
  if (content.me_too) return t("others.me_too");
  if (content.whole_area) return t(content.whole_area.when === "before" ? "area.before" : "area.after");
  if (content.about_you) return t("about.title");
  if (content.shop) return t("shop.title");
  if (content.note) return t("private.title");
  if (content.measure) return pack?.measures.find(({ ref }) => ref === content.measure)?.name ?? content.measure;
  return said(pack?.categories.find(({ code }) => code === content.category)?.label ?? content.kind);
}

function stopName(app, id) {
  const stop = app.pack?.stops.find((one) => one.id === id);
  return stop && t("stop.short", stop);
}

function correct(app, note) {
  if (hasContent(app.draft)) return app.go("#/unfinished");
  app.begin(correctionOf(note));
  app.go("#/words");
}
