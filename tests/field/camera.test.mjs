import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare, roomLeft } from "../../field/camera.js";

const MB = 1024 * 1024;
const phone = (quota, usage) => ({ estimate: async () => ({ quota, usage }) });

test("what is no photo is refused in words before it takes any room", async () => {
  await assert.rejects(prepare({ size: 0 }), /empty/);
  await assert.rejects(prepare({ size: 9, type: "image/svg+xml", name: "a.svg" }), /drawing/);
});

test("the room for photos is known before one is taken", async () => {
  assert.equal(await roomLeft(phone(500 * MB, 10 * MB)), "plenty");
  assert.equal(await roomLeft(phone(500 * MB, 480 * MB)), "little");
  assert.equal(await roomLeft(phone(500 * MB, 499 * MB)), "none");
});

test("a browser that does not tell its room is trusted to have some", async () => {
  assert.equal(await roomLeft(null), "plenty");
  assert.equal(await roomLeft({}), "plenty");
  assert.equal(await roomLeft({ estimate: async () => { throw new Error("private window"); } }), "plenty");
});
