// Photos and spoken notes beside the words of a note. Neither is needed; none can hold up "Save".

import { button, h, icon } from "../ui.js";
import { prepare, roomLeft } from "../camera.js";
import { rich, said, t } from "../language.js";
import { roomNotice } from "./room.js";
import { canRecord, isVoice, startRecording } from "../voice.js";

function remover(app, one, label, after) {
  const remove = () => {
    app.draft.photos = app.draft.photos.filter((other) => other !== one);
    app.keepDraft();
    after();
    app.say(t("photo.removed"));
  };
  return h("button", { type: "button", class: "remove", onclick: remove, "aria-label": label }, icon("x"));
}

const urlOf = (one) => URL.createObjectURL(new Blob([one.bytes], { type: one.content_type }));

/** Take photos or choose some. `first` begins a note with one: what it is about is said after. */
export function photoPart(app, { first } = {}) {
  const list = h("ul", { class: "photos" });
  const problem = h("p", { class: "bad", role: "alert" });
  const photos = () => (app.draft?.photos ?? []).filter((one) => !isVoice(one));
  const draw = () => list.replaceChildren(...photos().map((photo, at) => thumbnail(app, photo, at + 1, draw)));
  const add = (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    problem.textContent = "";
    app.photosReady = Promise.all([app.photosReady, prepareAll(files)]); // "Save" waits for it
  };
  const prepareAll = async (files) => {
    for (const file of files) {
      try {
        const photo = await prepare(file);
        if (!app.draft) app.begin({});
        app.draft.photos.push(photo);
        await app.keepDraft();
        app.say(t("photo.added", { n: photos().length }));
        first?.();
      } catch (error) {
        problem.textContent = said(error.message);
      }
      draw();
    }
  };
  draw();
  const room = h("div");
  const pickers = h("div", { class: "pair" },
    picker(t(first ? "photo.first" : "photo.take"), "camera", add, { capture: "environment" }),
    !first && picker(t("photo.choose"), "photo", add, { multiple: true }));
  roomLeft().then((left) => {
    if (left !== "plenty") room.replaceChildren(roomNotice(app, left));
    if (left === "none") pickers.remove();
  });
  return h("div", { class: "field" }, room, list, problem, pickers);
}

function picker(words, sign, add, attributes) {
  return h("label", { class: "button button--quiet picker" },
    h("input", { type: "file", accept: "image/*,.heic,.heif", class: "unseen", onchange: add, ...attributes }), icon(sign), h("span", {}, words));
}

function thumbnail(app, photo, number, draw) {
  const url = urlOf(photo);
  const image = h("img", { src: url, alt: t("photo.name", { n: number }), onload: () => URL.revokeObjectURL(url) });
  return h("li", {}, image, remover(app, photo, t("photo.remove", { n: number }), draw));
}

/** Say it instead of writing it. Nothing is shown where a phone cannot record. */
export function voicePart(app) {
  if (!canRecord()) return null;
  const part = h("div", { class: "field voice" });
  const problem = h("p", { class: "bad", role: "alert" });
  const draw = () => part.replaceChildren(...[
    ...app.draft.photos.filter(isVoice).map((one) => player(app, one, draw)), problem,
    app.recording ? recording(app) : [
      button(t("voice.start"), start, { kind: "quiet", sign: "microphone" }), h("p", { class: "hint" }, t("voice.hint")),
    ],
  ].flat());
  const start = async () => {
    problem.textContent = "";
    try {
      const { draft } = app;
      app.recording = await startRecording();
      app.say(t("voice.on"));
      app.photosReady = Promise.all([app.photosReady, app.recording.done.then((voice) => {
        app.recording = null;
        if (voice) draft.photos.push(voice);
        return app.keepDraft();
      })]);
      app.photosReady.then(() => part.isConnected && draw());
    } catch (error) {
      console.warn(error);
      problem.textContent = t(error.name === "NotAllowedError" ? "voice.refused" : "voice.trouble");
    }
    draw();
  };
  draw();
  return part;
}

function recording(app) {
  const stop = button(t("voice.stop"), () => app.recording?.stop(), { kind: "bad", sign: "player-stop" });
  setTimeout(() => stop.focus());
  return [h("p", { class: "state", role: "status" }, icon("microphone"), " ", ...rich("voice.running")), stop];
}

function player(app, voice, draw) {
  const audio = h("audio", { controls: true, src: urlOf(voice), "aria-label": t("voice.name") });
  return h("div", { class: "voice__note" }, audio, remover(app, voice, t("voice.remove"), draw));
}
