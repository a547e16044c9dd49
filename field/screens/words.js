// The words, the photos, and a button that saves. Everything else has a sensible answer already.

import { checkbox, choice, h, icon, notice, radios, row, saveButton, textBox } from "../ui.js";
import { allowsPhotos, placeInWords } from "../note.js";
import { roomNotice } from "./room.js";
import { stopsOf } from "../tour.js";
import { prepare, roomLeft } from "../camera.js";

const ASK = {
  problem: ["What is the problem?", ""],
  good: ["What is good here?", "What should be kept as it is?"],
  idea: ["What is your idea?", ""],
  measure_check: ["What did you see?", ""],
  experience: ["What did they tell you?", "No names, and not where anyone lives."],
};
const PRIVATE = "This stays private. It is never shown in public, and its place is kept only roughly. Please name nobody.";

/** Does the measure work? One tap. */
export function works(app, ref) {
  const measure = app.pack.measures.find((one) => one.ref === ref);
  if (!measure) return { go: "#/measures" };
  const pick = (code) => () => {
    app.begin({ kind: "measure_check", measure: ref, works: code });
    app.go("#/words");
  };
  const signs = { works: "circle-check", sometimes: "clock", broken: "circle-x", worse: "trending-down", unknown: "help" };
  const facts = [measure.place, measure.installed && `since ${measure.installed}`, measure.owner].filter(Boolean);
  return {
    over: measure.name, title: "Does it work?", back: "#/",
    body: [facts.length > 0 && h("p", { class: "hint" }, facts.join(" · ")),
      h("div", { class: "rows" }, app.pack.works.map(({ code, label }) => choice(label, pick(code), { sign: signs[code] })))],
  };
}

export async function words(app) {
  const { draft, category } = app;
  const [ask, hint] = ASK[draft.kind];
  const room = await roomLeft();
  return {
    over: heading(app), title: draft.spot ? "What was wrong?" : ask, back: draft.measure ? `#/works/${draft.measure}` : "#/category",
    body: [
      draft.corrects && notice("", h("p", {}, "Your earlier note stays. This one goes beside it and says what is right.")),
      category?.sensitive && notice("act", h("p", {}, icon("lock"), " ", PRIVATE)),
      textBox("words", "In your own words", draft.words, (value) => app.change({ words: value }), { rows: 3, hint }),
      draft.spot && textBox("done_now", "What did you do about it?", draft.done_now, (value) => app.change({ done_now: value }), { rows: 3, hint: "And which organisation did it." }),
      allowsPhotos(category) ? photoPart(app, room) : h("p", { class: "hint" }, icon("camera"), " No photo, please: this is about a person."),
      draft.measure && conditionPart(app),
      row("#/place", placeInWords(draft, stopsOf(app.tour)), { sign: "map-pin", hint: "Change the place" }),
      extras(app),
    ],
    foot: [saveButton(app)],
  };
}

function heading(app) {
  if (app.draft.measure) return app.pack.measures.find(({ ref }) => ref === app.draft.measure)?.name;
  return app.category?.label;
}

function photoPart(app, room) {
  const list = h("ul", { class: "photos" });
  const problem = h("p", { class: "bad", role: "alert" });
  const draw = () => list.replaceChildren(...app.draft.photos.map((photo, at) => thumbnail(photo, at, app, draw)));
  const add = (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    problem.textContent = "";
    app.photosReady = Promise.all([app.photosReady, prepareAll(files)]); // "Save" waits for it
  };
  const prepareAll = async (files) => {
    for (const file of files) {
      try {
        app.draft.photos.push(await prepare(file));
        await app.keepDraft();
        app.say(`Photo ${app.draft.photos.length} added`);
      } catch (error) {
        problem.textContent = error.message;
      }
      draw();
    }
  };
  draw();
  return h("div", { class: "field" },
    room !== "plenty" && roomNotice(app, room),
    list, problem,
    room !== "none" && h("div", { class: "pair" },
      picker("Take a photo", "camera", add, { capture: "environment" }),
      picker("Choose a photo", "photo", add, { multiple: true })));
}

function picker(words, sign, add, attributes) {
  return h("label", { class: "button button--quiet picker" },
    h("input", { type: "file", accept: "image/*,.heic,.heif", class: "unseen", onchange: add, ...attributes }), icon(sign), h("span", {}, words));
}

function thumbnail(photo, at, app, draw) {
  const url = URL.createObjectURL(new Blob([photo.bytes], { type: photo.content_type }));
  const remove = () => {
    app.draft.photos.splice(at, 1);
    app.keepDraft();
    draw();
    app.say("Photo removed");
  };
  const image = h("img", { src: url, alt: `Photo ${at + 1}`, onload: () => URL.revokeObjectURL(url) });
  return h("li", {}, image, h("button", { type: "button", class: "remove", onclick: remove, "aria-label": `Remove photo ${at + 1}` }, icon("x")));
}

function conditionPart(app) {
  return radios("condition", "What state is it in?", app.pack.conditions, app.draft.condition, (code) => app.change({ condition: code }), { hint: "If you can tell." });
}

function extras(app) {
  const { draft } = app;
  return h("details", { open: Boolean(draft.urgent || draft.private || draft.condition) && !draft.measure },
    h("summary", {}, "More (you need not)"),
    checkbox("It needs doing quickly", draft.urgent, (urgent) => app.change({ urgent })),
    checkbox("It is dark now", draft.dark, (dark) => app.change({ dark })),
    !app.category?.sensitive && checkbox("Only for the people who run the walk", draft.private, (only) => app.change({ private: only }), "Never shown in public."),
    !draft.measure && ["problem", "good"].includes(draft.kind) && conditionPart(app));
}

