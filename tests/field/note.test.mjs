import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../field/camera.js";
import { flat } from "../../field/map.js";
import { allowsPhotos, correctionOf, draftOf, hasContent, localTime, observationOf, placeInWords, placeOf } from "../../field/note.js";
import { isDark } from "../../field/sun.js";
import { inLanguage } from "./world.mjs";

await inLanguage("en");

const stops = [{ id: 41, number: 1, name: "Garages" }, { id: 42, number: 2, name: "Church" }];
const here = { how: "gps", point: { lat: 52.304219, lon: -0.717512, accuracy_m: 8 } };

test("a sensitive note tells its place only to about a hundred metres", () => {
  const place = observationOf({ kind: "problem", place: here }, { category: { sensitive: true } }).place;
  assert.deepEqual(place, { lat: 52.304, lon: -0.718, accuracy_m: 100 });
});

test("no photo goes with a person sleeping rough", () => {
  assert.equal(allowsPhotos({ code: "ROU", allows_photo: false }), false);
  assert.equal(allowsPhotos({ code: "LIT", allows_photo: true }), true);
  assert.equal(allowsPhotos(undefined), true);
});

test("a place that was not found falls back to the stop", () => {
  assert.deepEqual(placeOf({ stop: 41, place: { how: "gps" } }), { stop: 41 });
  assert.deepEqual(placeOf({ stop: 41, place: { how: "street", street: "  " } }), { stop: 41 });
  assert.equal(placeOf({ place: { how: "gps" } }), undefined);
});

test("each way to give a place is the contract's", () => {
  assert.deepEqual(placeOf({ stop: 41, place: here }), here.point);
  assert.deepEqual(placeOf({ stop: 41, place: { how: "between", between: [41, 42] } }), { between: [41, 42] });
  assert.deepEqual(placeOf({ place: { how: "street", street: "Mill Lane ", near: " the shop" } }), { street: "Mill Lane", near: "the shop" });
});

test("the place is told in words, without a map", () => {
  assert.equal(placeInWords({ stop: 41, place: {} }, stops), "Stop 1, Garages");
  assert.equal(placeInWords({ place: { how: "between", between: [41, 42] } }, stops), "Between stop 1 and stop 2");
});

test("the number of a house is left out, that of a street is not", () => {
  const place = (street, near) => placeOf({ place: { how: "street", street, near } });
  assert.deepEqual(place("42 Mill Lane", "7a Church Row"), { street: "Mill Lane", near: "Church Row" });
  assert.deepEqual(place("Flat 3, Mill Lane"), { street: "Mill Lane" });
  assert.deepEqual(place("no. 12 Mill Lane"), { street: "Mill Lane" });
  assert.deepEqual(place("3rd Avenue"), { street: "3rd Avenue" });
  assert.deepEqual(place("A43"), { street: "A43" });
});

test("what is sensitive is near nothing", () => {
  const draft = { kind: "problem", place: { how: "street", street: "Mill Lane", near: "the bridge" } };
  assert.deepEqual(observationOf(draft, { category: { sensitive: true } }).place, { street: "Mill Lane" });
});

test("scores of the whole area tell neither stop nor place", () => {
  const draft = { kind: "experience", form: "whole_area", answers: { when: "before", scores: { safe: 2 } }, stop: 41, place: here, words: "x" };
  assert.deepEqual(Object.keys(observationOf(draft)), ["kind", "captured_at", "whole_area"]);
});

test("a visit to a shop and a private note say that they are private", () => {
  const shop = observationOf({ kind: "experience", form: "shop", answers: { thefts: "3-5" }, stop: 41 });
  assert.deepEqual([shop.private, shop.category, shop.stop], [true, "SHO", 41]);
  const note = observationOf({ kind: "experience", form: "note", answers: {}, words: " A name ", stop: 41 });
  assert.deepEqual([note.private, note.words, note.note, note.stop], [true, "A name", {}, undefined]);
});

test("answers are content, the moment they are about is not", () => {
  assert.equal(hasContent({ form: "whole_area", answers: { when: "before", scores: {} }, photos: [] }), false);
  assert.equal(hasContent({ form: "whole_area", answers: { when: "before", scores: { safe: 3 } }, photos: [] }), true);
  assert.equal(hasContent({ form: "shop", answers: { kind: "corner" }, photos: [] }), true);
});

test("only what was answered is sent", () => {
  const note = observationOf({ kind: "good", category: "PAR", words: "  ", stop: 41, dark: false, urgent: false, photos: [] });
  assert.deepEqual(Object.keys(note).sort(), ["captured_at", "category", "dark", "kind", "place", "stop"]);
});

test("something put right on the spot is marked even without words", () => {
  assert.equal(observationOf({ kind: "problem", spot: true }).done_now, true);
  assert.equal(observationOf({ kind: "problem", spot: true, done_now: "Cut back" }).done_now, "Cut back");
});

test("only what was put right says who did it", () => {
  const draft = { kind: "problem", done_by: "seabank-homes" };
  assert.equal(observationOf(draft).done_by, undefined);
  assert.equal(observationOf({ ...draft, spot: true }).done_by, "seabank-homes");
  assert.equal(observationOf({ kind: "problem", spot: true, done_by: "" }).done_by, undefined);
  const again = correctionOf({ uuid: "u-1", content: observationOf({ ...draft, spot: true }) });
  assert.equal(observationOf(again).done_by, "seabank-homes");
});

test("a correction is a new note that names the old one", () => {
  const draft = correctionOf({ uuid: "u-1", content: { kind: "problem", words: "Lapm", place: { stop: 41 }, stop: 41, captured_at: "x" } });
  const note = observationOf({ ...draft, words: "Lamp" });
  assert.equal(note.corrects, "u-1");
  assert.deepEqual(note.place, { stop: 41 });
  assert.notEqual(note.captured_at, "x");
});

test("the time carries its zone", () => {
  assert.match(localTime(new Date()), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  const date = new Date("2026-06-03T17:05:00Z");
  assert.equal(new Date(localTime(date)).getTime(), date.getTime());
});

test("a December afternoon at five is dark in Wellingborough, a June evening is not", () => {
  const town = { lat: 52.3, lon: -0.7 };
  assert.equal(isDark(town, new Date("2026-12-10T17:00:00Z")), true);
  assert.equal(isDark(town, new Date("2026-12-10T12:00:00Z")), false);
  assert.equal(isDark(town, new Date("2026-06-10T19:00:00Z")), false);
  assert.equal(isDark(undefined), undefined);
});

test("photos shrink with their proportions and never grow", () => {
  assert.deepEqual(fit(4000, 3000), [2048, 1536]);
  assert.deepEqual(fit(640, 480), [640, 480]);
  assert.deepEqual(fit(10, 40000), [1, 2048]);
});

test("the map's plane leads back to where it came from", () => {
  const plane = flat([-0.73, 52.29, -0.7, 52.31]);
  assert.deepEqual(plane.from(plane.to([-0.7175, 52.3042])), { lat: 52.3042, lon: -0.7175 });
});

test("a note begun as one kind keeps its words as another", () => {
  const before = { kind: "idea", words: "A bike track", photos: [1], place: { how: "street", street: "Mill Lane" }, stop: 41 };
  const after = draftOf({ kind: "problem" }, before, { stop: 42 });
  assert.deepEqual([after.kind, after.words, after.photos, after.stop], ["problem", "A bike track", [1], 41]);
  assert.equal(hasContent({ kind: "idea", words: " ", photos: [] }), false);
});
