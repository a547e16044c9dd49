import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff } from "../../field/outbox.js";
import { lamp, phone, PICTURE, WIFI } from "./world.mjs";

const TOUR = "mill-lane";
const MINUTE = 60_000;

/** Everything on the phone is at the server once, with the same hash. */
async function arrived({ store, server }) {
  for (const kind of ["observations", "photos"]) {
    const records = await store.records(kind, TOUR);
    assert.deepEqual(new Map(records.map((record) => [record.uuid, record.sha256])), server.held[kind]);
    assert.ok(records.every((record) => record.state === "received"));
  }
}

test("words go before photos, oldest first", async () => {
  const { store, outbox, server, now } = await phone();
  const first = await store.save(TOUR, lamp("first"), [PICTURE]);
  now.on(1000);
  const second = await store.save(TOUR, lamp("second"), [PICTURE]);
  await outbox.wake();
  assert.deepEqual(server.puts().map((call) => call.kind), ["observations", "observations", "photos", "photos"]);
  assert.deepEqual(server.puts("observations").map((call) => call.uuid), [first, second]);
  await arrived({ store, server });
});

test("a dead line loses nothing, and the person reads why", async () => {
  const world = await phone();
  const { store, outbox, server } = world;
  await store.save(TOUR, lamp(), [PICTURE]);
  server.faults = ["dropped", "dropped"];
  await outbox.wake();
  assert.match(outbox.problem, /no signal/);
  assert.equal((await store.counts(TOUR)).waiting, 1);
  await outbox.wake();
  assert.equal(outbox.problem, "");
  await arrived(world);
});

test("an answer lost after the server kept it makes no second one", async () => {
  const world = await phone();
  const { store, outbox, server } = world;
  await store.save(TOUR, lamp(), [PICTURE]);
  server.faults = [null, "answer lost"];
  await outbox.wake();
  assert.equal(server.held.observations.size, 1);
  assert.equal((await store.counts(TOUR)).waiting, 1);
  await outbox.wake();
  await arrived(world);
});

test("after a restart the server is asked what it holds, and nothing is sent twice", async () => {
  const before = await phone();
  await before.store.save(TOUR, lamp(), []);
  before.server.faults = [null, "answer lost"];
  await before.outbox.wake();
  const after = await phone({ server: before.server, factory: before.factory });
  before.server.calls.length = 0;
  await after.outbox.wake();
  assert.deepEqual(after.server.puts(), []);
  await arrived(after);
});

test("a login page in the middle keeps everything", async () => {
  const world = await phone();
  await world.store.save(TOUR, lamp(), [PICTURE]);
  world.server.faults = [WIFI, WIFI];
  await world.outbox.wake();
  assert.match(world.outbox.problem, /Wi-Fi/);
  assert.deepEqual(await world.store.counts(TOUR), { sent: 0, waiting: 1, refused: 0 });
  await world.outbox.wake();
  await arrived(world);
});

test("a token that ends in the middle keeps everything until the phone has joined again", async () => {
  const world = await phone();
  const { store, outbox, server, now } = world;
  await store.save(TOUR, lamp("first"));
  await outbox.wake();
  server.tokens.clear();
  now.on(1000);
  await store.save(TOUR, lamp("second"), [PICTURE]);
  await outbox.wake();
  assert.equal((await store.tour(TOUR)).must_join, true);
  assert.deepEqual(await store.counts(TOUR), { sent: 1, waiting: 1, refused: 0 });
  server.tokens.set("new", 13);
  await store.putTour(TOUR, { token: "new", device: 13, must_join: false });
  await outbox.wake();
  await arrived(world);
});

test("one record that cannot go does not hold up the others", async () => {
  const { store, outbox, server, now } = await phone();
  await store.save(TOUR, lamp("too big for a proxy"));
  now.on(1000);
  await store.save(TOUR, lamp("small"));
  server.faults = [null, { status: 413, text: "<html>" }];
  await outbox.wake();
  assert.deepEqual(await store.counts(TOUR), { sent: 1, waiting: 1, refused: 0 });
  now.on(MINUTE);
  await outbox.wake();
  assert.deepEqual(await store.counts(TOUR), { sent: 2, waiting: 0, refused: 0 });
});

test("a record that always breaks the line goes behind the others", async () => {
  const { store, outbox, server, now } = await phone();
  await store.save(TOUR, lamp("breaks the line"));
  now.on(1000);
  const good = await store.save(TOUR, lamp("good"));
  server.faults = [null, "dropped", null, "dropped"];
  await outbox.wake();
  await outbox.wake();
  assert.ok(server.held.observations.has(good));
});

test("a refusal is kept with its reason and sent no more by itself", async () => {
  const { store, outbox, server } = await phone();
  const uuid = await store.save(TOUR, lamp(), [PICTURE]);
  server.held.observations.set(uuid, "other bytes");
  await outbox.wake();
  await outbox.wake();
  const [note] = await store.notes(TOUR);
  assert.equal(note.state, "refused");
  assert.equal(note.why, "Other words under this name");
  assert.equal(server.puts("observations").length, 1);
  assert.equal(server.held.observations.get(uuid), "other bytes");
  assert.ok(await store.photoBytes(note.photos[0].uuid));
});

test("trouble in the phone's own store does not end the sending", async () => {
  const world = await phone();
  const { store, outbox } = world;
  await store.save(TOUR, lamp());
  store.mark = () => {
    delete store.mark;
    throw new Error("trouble");
  };
  await outbox.wake();
  assert.match(outbox.problem, /could not read/);
  assert.ok(outbox.timer);
  await outbox.wake();
  await arrived(world);
});

test("two tabs at once send each record once", async () => {
  const one = await phone();
  const two = await phone({ server: one.server, factory: one.factory, now: one.now, shared: one.shared });
  for (let i = 0; i < 5; i += 1) await one.store.save(TOUR, lamp(`note ${i}`), [PICTURE]);
  await Promise.all([one.outbox.wake(), two.outbox.wake()]);
  clearTimeout(two.outbox.timer);
  assert.equal(one.server.puts().length, 10);
  await arrived(one);
});

test("two tabs without locks may repeat themselves and nothing is doubled", async () => {
  const one = await phone();
  const two = await phone({ server: one.server, factory: one.factory, now: one.now });
  one.outbox.locks = two.outbox.locks = undefined;
  for (let i = 0; i < 5; i += 1) await one.store.save(TOUR, lamp(`note ${i}`), [PICTURE]);
  await Promise.all([one.outbox.wake(), two.outbox.wake()]);
  assert.equal(one.server.held.observations.size, 5);
  await arrived(one);
});

test("a note saved while others are being sent goes too", async () => {
  const world = await phone();
  const { store, outbox } = world;
  await store.save(TOUR, lamp("first"), [PICTURE]);
  const sending = outbox.wake();
  await store.save(TOUR, lamp("second"));
  outbox.wake();
  await sending;
  await arrived(world);
});

test("a wake in the moment the sending ends is heard", async () => {
  const { store, outbox } = await phone();
  let heard;
  outbox.addEventListener("change", () => (heard ??= outbox.wake()), { once: true });
  await outbox.wake();
  let passes = 0;
  outbox.sendAll = async () => ((passes += 1), { stopped: "" });
  outbox.addEventListener("change", () => (heard = outbox.wake()), { once: true });
  await outbox.wake();
  await heard;
  assert.equal(passes, 2);
  assert.deepEqual(await store.counts(TOUR), { sent: 0, waiting: 0, refused: 0 });
});

test("a clock put back by a day keeps no note waiting for a day", async () => {
  const world = await phone();
  const { store, outbox, server, now } = world;
  await store.save(TOUR, lamp());
  server.faults = [null, { status: 500, text: "" }];
  await outbox.wake();
  now.on(-26 * 60 * MINUTE);
  await outbox.wake();
  await arrived(world);
});

test("neither a clock nor a server makes a phone wait for ever, or knock without a pause", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { store, outbox, server } = await phone();
  const uuid = await store.save(TOUR, lamp());
  server.faults = [null, { status: 503, text: "busy", headers: { "Retry-After": "99999999" } }];
  await outbox.wake();
  let woken = 0;
  outbox.wake = () => (woken += 1);
  context.mock.timers.tick(9 * MINUTE);
  assert.equal(woken, 0);
  context.mock.timers.tick(MINUTE);
  assert.equal(woken, 1);
  assert.ok(await store.photoBytes(uuid) === undefined);
});

test("each call says how many notes stay behind, and the last says none", async () => {
  const { store, outbox, server, now } = await phone();
  await store.save(TOUR, lamp("first"), [PICTURE]);
  now.on(1000);
  await store.save(TOUR, lamp("second"));
  await outbox.wake();
  const said = server.calls.map(({ method, kind, headers }) => `${method} ${kind} ${headers["X-Waiting"]}`);
  assert.deepEqual(said, ["GET receipts 2", "PUT observations 2", "PUT observations 1", "PUT photos 0"]);
});

test("a note that was not accepted is still on this phone", async () => {
  const { store, outbox, server } = await phone();
  const uuid = await store.save(TOUR, lamp());
  server.held.observations.set(uuid, "other bytes");
  await outbox.wake();
  assert.equal(await store.unsent(TOUR), 1);
});

test("a server put back from a back-up gets again what it lost", async () => {
  const world = await phone();
  await world.store.save(TOUR, lamp(), [PICTURE]);
  await world.outbox.wake();
  world.server.held.observations.clear();
  const restarted = await phone({ server: world.server, factory: world.factory });
  await restarted.outbox.wake();
  await arrived(restarted);
});

test("the server's wish to wait is heeded", async () => {
  const { store, outbox, server } = await phone();
  await store.save(TOUR, lamp());
  server.faults = [null, { status: 503, text: "busy", headers: { "Retry-After": "90" } }];
  const outcome = await outbox.wake();
  assert.equal(outcome.wait, 90);
});

test("waiting grows to five minutes and never all phones at the same moment", () => {
  assert.deepEqual([1, 2, 3].map((n) => backoff(n, () => 0.5)), [2000, 4000, 8000]);
  assert.ok(backoff(50, () => 0.99) <= 5 * MINUTE * 1.25);
  assert.notEqual(backoff(4, () => 0), backoff(4, () => 1));
});

test("a hundred bad days: nothing lost, doubled or changed", async () => {
  const world = await phone();
  const { store, outbox, server, now } = world;
  const kinds = ["dropped", "answer lost", WIFI, { status: 500, text: "" }, { status: 502, text: "" }, { status: 413, text: "" }, null, null, null];
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < 40; i += 1) await store.save(TOUR, lamp(`note ${i}`), i % 3 ? [] : [PICTURE]);
  server.faults = Array.from({ length: 400 }, () => kinds[Math.floor(random() * kinds.length)]);
  for (let i = 0; i < 600 && (await store.counts(TOUR)).waiting; i += 1) {
    await outbox.wake();
    clearTimeout(outbox.timer);
    now.on(6 * MINUTE);
  }
  assert.equal(server.held.observations.size, 40);
  await arrived(world);
});
