// The few pieces every screen is made of. Text goes in as text, so nothing a person wrote can
// become a script.

import { t } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element: h("p", {class: "hint"}, "words", other). Functions become listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (["value", "checked", "disabled", "hidden"].includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An icon of the sprite in the shell; always beside a word. */
export function icon(name) {
  const known = document.getElementById(`i-${name}`) ? name : "dots";
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${known}`);
  svg.append(use);
  return svg;
}

export function button(words, act, { kind = "", sign = "" } = {}) {
  return h("button", { type: "button", class: `button ${kind && `button--${kind}`}`, onclick: act }, sign && icon(sign), h("span", {}, words));
}

/** Saves the note, and looks busy until it is saved. */
export function saveButton(app) {
  const save = button(t("save"), async () => {
    save.disabled = true;
    await app.save().finally(() => (save.disabled = false));
  }, { kind: "wide", sign: "check" });
  return save;
}

/** A link that looks like a big row: a choice that leads somewhere. */
export function row(href, words, { sign = "", mark = "", over = "", hint = "" } = {}) {
  return h("a", { class: "row", href }, mark && h("span", { class: "disc", "aria-hidden": "true" }, mark), sign && icon(sign),
    h("span", { class: "row__words" }, over && h("span", { class: "hint" }, over), words, hint && h("span", { class: "hint" }, hint)), icon("arrow-right"));
}

/** A choice that acts at once. */
export function choice(words, act, { sign = "", hint = "", tile = false } = {}) {
  return h("button", { type: "button", class: tile ? "tile" : "row", onclick: act }, sign && icon(sign),
    h("span", { class: "row__words" }, words, hint && h("span", { class: "hint" }, hint)));
}

/** Big radio buttons under one question. `options` are {code, label, hint?, lang?, picture?}. */
export function radios(name, question, options, chosen, act, { hint = "", look = "" } = {}) {
  return h("fieldset", { class: `radios ${look && `radios--${look}`}` },
    h("legend", {}, question, hint && h("span", { class: "hint" }, hint)),
    options.map(({ code, label, hint: more, lang, picture }) => {
      const input = h("input", { type: "radio", name, value: String(code), checked: code === chosen, onchange: () => act(code) });
      return h("label", { class: "radio", lang }, picture && h("img", picture), input, h("span", {}, label, more && h("span", { class: "hint" }, more)));
    }));
}

export function checkbox(words, checked, act, hint = "") {
  const input = h("input", { type: "checkbox", checked, onchange: (event) => act(event.target.checked) });
  return h("label", { class: "radio" }, input, h("span", {}, words, hint && h("span", { class: "hint" }, hint)));
}

/** A label, a hint and a text box that belong together. */
export function textBox(id, label, value, act, { hint = "", rows = 0, list = "" } = {}) {
  const attributes = { id, name: id, value: value ?? "", oninput: (event) => act(event.target.value), autocomplete: "off", dir: "auto",
    ...(hint && { "aria-describedby": `${id}-hint` }), ...(list && { list }), ...(rows && { rows }) };
  return h("div", { class: "field" }, h("label", { for: id }, label), hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    h(rows ? "textarea" : "input", attributes));
}

export function notice(kind, ...words) {
  return h("div", { class: `notice ${kind && `notice--${kind}`}` }, ...words);
}
