import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, toChoose, usuallyDoneBy } from "../../field/doer.js";

const pack = { organisations: [
  { ref: "council", name: "Saltmere Council", works: ["grounds", "lighting"] },
  { ref: "homes", name: "Seabank Homes", works: ["homes"] },
] };
const hedge = { code: "VEG", work: "grounds" };

test("who usually does such work is named when somebody else did it", () => {
  assert.deepEqual(usuallyDoneBy(pack, hedge, "homes"), ["Saltmere Council"]);
  assert.deepEqual(usuallyDoneBy(pack, hedge, "The allotment club"), ["Saltmere Council"]);
});

test("nobody is named to those whose work it is, to neighbours, or where nobody is known", () => {
  assert.deepEqual(usuallyDoneBy(pack, hedge, "council"), []);
  assert.deepEqual(usuallyDoneBy(pack, hedge, ""), []);
  assert.deepEqual(usuallyDoneBy(pack, { code: "OTH", work: "" }, "homes"), []);
  assert.deepEqual(usuallyDoneBy(pack, undefined, "homes"), []);
  assert.deepEqual(usuallyDoneBy(pack, { work: "youth" }, "homes"), []);
});

test("those who look after it come first", () => {
  assert.deepEqual(toChoose(pack, { work: "homes" }).map(({ ref }) => ref), ["homes", "council"]);
  assert.deepEqual(toChoose(pack, hedge).map(({ ref }) => ref), ["council", "homes"]);
});

test("a pack from before, without organisations, still lets people say who did it", () => {
  assert.deepEqual(toChoose({}, hedge), []);
  assert.equal(nameOf({}, "The allotment club"), "The allotment club");
  assert.deepEqual(usuallyDoneBy({}, hedge, "The allotment club"), []);
});
