// The words of the app. English is complete; where another language lacks some, English stands in.
// Each language is one file in words/, kept on the phone with the rest of the app.

import { h } from "./ui.js";

export const LANGUAGES = { en: "English", pl: "Polski", ro: "Română" };

const EMPTY = { draft: false, words: {} };
let code = "en";
let own = EMPTY;
let english = EMPTY;
let keyOf = new Map();

async function load(language) {
  const response = await fetch(new URL(`./words/${language}.json`, import.meta.url));
  return response.json();
}

/** Use a language from now on; English where it is not known or has not come through. */
export async function speak(wanted, read = load) {
  code = wanted in LANGUAGES ? wanted : "en";
  [english, own] = await Promise.all([read("en"), code !== "en" && read(code).catch(() => null)]);
  if (!own) [own, code] = [english, "en"];
  keyOf = new Map(Object.entries(english.words).map(([key, text]) => [text, key]));
  if (globalThis.document) document.documentElement.lang = code === "en" ? "en-GB" : code;
}

export const language = () => code;
/** Made by a machine, and no person has checked it yet? */
export const isDraft = () => own.draft;

/** The words of a key. `values` fill its {places}; `n` also chooses between one and many. */
export function t(key, values = {}) {
  const [found, spoken] = key in own.words ? [own.words[key], code] : [english.words[key] ?? key, "en"];
  const text = typeof found === "string" ? found : (found[new Intl.PluralRules(spoken).select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** The same as parts for h(): what stands between ** is strong. */
export function rich(key, values) {
  return t(key, values).split("**").map((part, at) => (at % 2 ? h("strong", {}, part) : part));
}

/** An English sentence or label that came with the tour or from a part that knows no languages. */
export function said(sentence) {
  const key = keyOf.get(sentence);
  return key ? t(key) : sentence;
}

/** Marks what is English whatever language is chosen: a stop's words, which the office wrote. */
export const inEnglish = () => (code === "en" ? {} : { lang: "en-GB" });
