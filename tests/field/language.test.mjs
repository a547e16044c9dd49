import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { LANGUAGES, isDraft, language, said, speak, t } from "../../field/language.js";
import { readWords } from "./world.mjs";

const ROOT = new URL("../../", import.meta.url);

async function sources(folder, ending) {
  const names = (await readdir(new URL(folder, ROOT), { recursive: true })).filter((name) => name.endsWith(ending));
  return (await Promise.all(names.map((name) => readFile(new URL(`${folder}${name}`, ROOT), "utf8")))).join("\n");
}

const english = (await readWords("en")).words;
const code = await sources("field/", ".js");
const server = ["fieldwork", "measures", "reportback"].map((context) => `src/studytours/${context}/`);
const all = async (ending) => (await Promise.all(server.map((folder) => sources(folder, ending)))).join("\n");
const [pages, python] = [await all(".html"), await all(".py")];

/** Every key that stands in the code, and every beginning of one: t(`state.${is}`). */
const named = [...`${code}${pages}${python}`.matchAll(/["'`]([a-z_]+(?:\.[\w-]+)*)["'`]/g)].map(([, key]) => key);
const begun = [...code.matchAll(/t\(`([a-z_]+\.)\$\{/g), ...code.matchAll(/`([a-z_]+\.)\$\{draft\.kind\}/g), ...python.matchAll(/\[f"([a-z_]+\.)\{/g)].map(([, key]) => key);
const asked = [...code.matchAll(/(?:\bt|rich)\("([\w.-]+)"/g), ...pages.matchAll(/t\|get:"([\w.-]+)"/g)].map(([, key]) => key);

const parts = (text) => (typeof text === "string" ? [text] : Object.values(text));
const placesOf = (text) => [...new Set(parts(text).flatMap((part) => part.match(/\{\w+\}/g) ?? []))].sort();
const strong = (text) => parts(text)[0].split("**").length;

test("every key that the app asks for is there", () => {
  assert.deepEqual(asked.filter((key) => !(key in english)), []);
  for (const start of begun) assert.ok(Object.keys(english).some((key) => key.startsWith(start)), start);
});

test("no key is left over: each is asked for, or is what the server or another part says in English", () => {
  const used = (key) => named.includes(key) || begun.some((start) => key.startsWith(start)) || key.startsWith("consent.")
    || [`"${english[key]}"`, `'${english[key]}'`].some((text) => code.includes(text) || python.includes(text));
  assert.deepEqual(Object.keys(english).filter((key) => !used(key)), []);
});

for (const [name, label] of Object.entries(LANGUAGES)) {
  test(`${label} has every key, with the same places to fill in and every form of counting`, async () => {
    const { words } = await readWords(name);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
    const forms = new Intl.PluralRules(name).resolvedOptions().pluralCategories.filter((form) => form !== "zero");
    for (const [key, text] of Object.entries(words)) {
      assert.deepEqual(placesOf(text), placesOf(english[key]), key);
      assert.equal(strong(text), strong(english[key]), key);
      assert.equal(typeof text, typeof english[key], key);
      if (typeof text !== "string") assert.deepEqual(Object.keys(text).sort(), [...forms].sort(), key);
      for (const part of parts(text)) assert.ok(part.trim(), key);
    }
  });
}

test("English is complete; the others say that a machine made them", async () => {
  for (const name of Object.keys(LANGUAGES)) {
    await speak(name, readWords);
    assert.equal(language(), name);
    assert.equal(isDraft(), name !== "en");
  }
});

test("Polish counts one, two to four, and five in different words", async () => {
  await speak("pl", readWords);
  assert.deepEqual([1, 2, 5, 22].map((n) => t("finish.arrived", { n })), ["Dotarła 1 notatka.", "Dotarły 2 notatki.", "Dotarło 5 notatek.", "Dotarły 22 notatki."]);
});

test("a label that came with the tour is said in the language; one that the office changed stays", async () => {
  await speak("pl", readWords);
  assert.equal(said("Poor or broken lighting"), "Słabe lub zepsute oświetlenie");
  assert.equal(said("Lamps on the quay"), "Lamps on the quay");
});

test("where a language is not known or did not come through, English stands in", async () => {
  await speak("xx", readWords);
  assert.equal(t("save"), "Save");
  await speak("ro", async (name) => (name === "ro" ? Promise.reject(new TypeError("Failed to fetch")) : readWords(name)));
  assert.deepEqual([language(), t("save")], ["en", "Save"]);
  await speak("pl", async (name) => (name === "pl" ? { draft: true, words: {} } : readWords(name)));
  assert.equal(t("finish.arrived", { n: 5 }), "5 notes arrived.");
});

test("what a person wrote cannot fill a place of its own", async () => {
  await speak("en", readWords);
  assert.equal(t("place.street_near", { street: "{near}", near: "shop" }), "{near}, near shop");
});
