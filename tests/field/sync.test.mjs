import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, verdict } from "../../field/sync.js";
import { answer } from "./world.mjs";

const record = { uuid: "u-1", sha256: "ab12" };
const is = (status, content, wait) =>
  verdict({ status, text: typeof content === "string" ? content : JSON.stringify(content), wait }, record).is;

test("a café's login page is not a receipt, whatever its status says", () => {
  assert.equal(is(200, "<html>Welcome</html>"), "line");
  assert.equal(is(201, ""), "line");
});

test("a receipt for another record is not a receipt for this one", () => {
  assert.equal(is(201, { accepted: "u-2", sha256: "ab12" }), "line");
});

test("a receipt for other bytes is not a receipt for these", () => {
  assert.equal(is(201, { accepted: "u-1", sha256: "ff00" }), "later");
});

test("a receipt without a good status is not a receipt", () => {
  assert.equal(is(500, { accepted: "u-1", sha256: "ab12" }), "later");
});

test("a refusal of another record is not a refusal of this one", () => {
  assert.equal(is(409, { refused: "u-2", why: "no", retry: false }), "later");
});

test("a refusal that says retry is no refusal", () => {
  assert.equal(is(422, { refused: "u-1", why: "damaged on the way", retry: true }), "later");
  assert.equal(is(400, { refused: "u-1", why: "no word about retry" }), "later");
});

test("an ended token refuses nothing", () => {
  assert.equal(is(401, { refused: "u-1", why: "Join again", retry: false }), "sign_in");
});

test("a proxy that says too big stops this record and no other", () => {
  assert.equal(is(413, "<html>413</html>"), "later");
});

test("a busy server stops everything for as long as it asks", () => {
  for (const status of [429, 502, 503, 504]) assert.equal(is(status, "busy"), "line");
  assert.equal(verdict({ status: 503, text: "", wait: 7 }, record).wait, 7);
});

test("our own refusal carries its reason", () => {
  const said = verdict({ status: 409, text: JSON.stringify({ refused: "u-1", why: "Other words", retry: false }) }, record);
  assert.deepEqual(said, { is: "refused", why: "Other words" });
});

test("only a receipt that names uuid and hash is one", () => {
  assert.equal(is(201, { accepted: "u-1", sha256: "ab12" }), "received");
  assert.equal(is(200, { accepted: "u-1", sha256: "ab12" }), "received");
});

test("a redirect is never followed and no cookie is sent", async () => {
  let seen;
  const api = new Api({ fetch: async (url, options) => ((seen = options), answer(200, "{}")) });
  await api.putObservation("good", { ...record, body: new Uint8Array([1]) });
  assert.equal(seen.redirect, "error");
  assert.equal(seen.credentials, "omit");
  assert.equal(seen.headers.Authorization, "Bearer good");
});

test("a photo names its note and its hash", async () => {
  let seen;
  const api = new Api({ fetch: async (url, options) => ((seen = options), answer(200, "{}")) });
  await api.putPhoto("good", { ...record, observation: "u-0", content_type: "image/jpeg" }, new TextEncoder().encode("abc"));
  assert.equal(seen.headers["X-Observation"], "u-0");
  assert.equal(seen.headers.Digest, "sha-256=ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
});

test("joining through a login page says so instead of joining", async () => {
  const api = new Api({ fetch: async () => answer(200, "<html>Welcome</html>") });
  assert.match((await api.join("K7M2XP")).why, /Wi-Fi/);
});

test("joining with a wrong code says what the server says", async () => {
  const api = new Api({ fetch: async () => answer(404, { refused: null, why: "We do not know that code.", retry: false }) });
  assert.equal((await api.join("AAAAAA")).why, "We do not know that code.");
});

test("a pack that is not ours is not taken", async () => {
  const api = new Api({ fetch: async () => answer(200, "<html>Welcome</html>") });
  assert.equal(await api.pack("good", ""), null);
});

test("what the walk leader asks comes with any answer", async () => {
  const heard = [];
  const nudge = { "X-Nudge": encodeURIComponent("Zoë: 3 notes are still on your phone.") };
  const api = new Api({ fetch: async () => answer(503, "busy", nudge), nudged: (...said) => heard.push(said) });
  await api.putObservation("good", { ...record, body: new Uint8Array([1]) });
  assert.deepEqual(heard, [["good", "Zoë: 3 notes are still on your phone."]]);
});
