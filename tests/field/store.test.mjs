import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, KEEP_DAYS } from "../../field/store.js";
import { unsavedAsFile, waitingAsFile } from "../../field/rescue.js";
import { hash, lamp, phone, PICTURE } from "./world.mjs";

const DAY = 24 * 3600 * 1000;
const TOUR = "mill-lane";

test("what is kept is the bytes that will be sent, with their hash", async () => {
  const { store } = await phone();
  const uuid = await store.save(TOUR, lamp("Ünten 🔦 مصباح"), [PICTURE]);
  const [note] = await store.records("observations", TOUR);
  assert.equal(note.uuid, uuid);
  assert.equal(note.sha256, hash(note.body));
  assert.equal(contentOf(note).words, "Ünten 🔦 مصباح");
  const [photo] = await store.records("photos", TOUR);
  assert.deepEqual(contentOf(note).photos, [photo.uuid]);
  assert.equal(photo.sha256, hash(PICTURE.bytes));
  assert.deepEqual(await store.photoBytes(photo.uuid), PICTURE.bytes);
});

test("a note survives the page: another page of the phone finds it", async () => {
  const first = await phone();
  await first.store.save(TOUR, lamp(), [PICTURE]);
  const second = await phone({ factory: first.factory });
  assert.deepEqual(await second.store.counts(TOUR), { sent: 0, waiting: 1, refused: 0 });
});

test("a full phone keeps all of a note or nothing, and says so", async () => {
  const { store } = await phone();
  const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  const write = store.database.write.bind(store.database);
  store.database.write = (stores, work) => write(stores, async (...all) => {
    await work(...all);
    throw full;
  });
  await assert.rejects(store.save(TOUR, lamp(), [PICTURE]), { name: "QuotaExceededError" });
  store.database.write = write;
  assert.deepEqual(await store.records("observations", TOUR), []);
  assert.deepEqual(await store.records("photos", TOUR), []);
});

test("making room takes pictures that have arrived and no others", async () => {
  const { store } = await phone();
  await store.save(TOUR, lamp(), [PICTURE]);
  await store.save(TOUR, lamp("Another"), [PICTURE]);
  const [sent, waiting] = await store.records("photos", TOUR);
  await store.received("photos", sent.uuid, 12);
  assert.equal(await store.makeRoom(), PICTURE.bytes.length);
  assert.equal(await store.photoBytes(sent.uuid), undefined);
  assert.deepEqual(await store.photoBytes(waiting.uuid), PICTURE.bytes);
});

test("what has a receipt is kept fourteen days, what has none for ever", async () => {
  const { store, now } = await phone();
  const sent = await store.save(TOUR, lamp("sent"), []);
  await store.save(TOUR, lamp("waits"), [PICTURE]);
  await store.received("observations", sent, 12);
  now.on(KEEP_DAYS * DAY - 1);
  await store.forgetOld();
  assert.equal((await store.notes(TOUR)).length, 2);
  now.on(400 * DAY);
  await store.forgetOld();
  const left = await store.notes(TOUR);
  assert.deepEqual(left.map((note) => note.content.words), ["waits"]);
  assert.deepEqual(await store.photoBytes(left[0].photos[0].uuid), PICTURE.bytes);
});

test("a note whose photo never arrived is never forgotten", async () => {
  const { store, now } = await phone();
  const uuid = await store.save(TOUR, lamp(), [PICTURE]);
  await store.received("observations", uuid, 12);
  now.on(400 * DAY);
  await store.forgetOld();
  assert.deepEqual(await store.counts(TOUR), { sent: 0, waiting: 1, refused: 0 });
});

test("a note with a photo on the way counts as waiting", async () => {
  const { store } = await phone();
  const uuid = await store.save(TOUR, lamp(), [PICTURE]);
  await store.received("observations", uuid, 12);
  assert.deepEqual(await store.counts(TOUR), { sent: 0, waiting: 1, refused: 0 });
});

test("joining again keeps the notes and changes the token", async () => {
  const { store } = await phone();
  await store.save(TOUR, lamp());
  await store.putTour(TOUR, { token: "new", device: 13 });
  assert.equal((await store.tour(TOUR)).title, "Mill Lane");
  assert.equal((await store.counts(TOUR)).waiting, 1);
});

test("leaving one tour leaves the notes of the other", async () => {
  const { store } = await phone();
  await store.putTour("hill-top", { token: "other", device: 3 });
  await store.save(TOUR, lamp(), [PICTURE]);
  await store.save("hill-top", lamp(), [PICTURE]);
  await store.forgetTour(TOUR);
  assert.deepEqual(await store.notes(TOUR), []);
  assert.equal((await store.notes("hill-top"))[0].photos.length, 1);
});

test("a half-written note is there after the page was killed", async () => {
  const { store, factory } = await phone();
  await store.keepDraft(TOUR, { kind: "problem", words: "The la", photos: [PICTURE] });
  const again = await phone({ factory });
  assert.equal((await again.store.draft(TOUR)).words, "The la");
});

test("a saved note takes its draft with it, a failed one leaves it", async () => {
  const { store } = await phone();
  await store.keepDraft(TOUR, { kind: "problem", words: "The lamp" });
  const { write } = store.database;
  store.database.write = (stores, work) => write.call(store.database, stores, async (...all) => {
    await work(...all);
    throw new Error("trouble");
  });
  await assert.rejects(store.save(TOUR, lamp()));
  assert.equal((await store.draft(TOUR)).words, "The lamp");
  store.database.write = write;
  await store.save(TOUR, lamp());
  assert.equal(await store.draft(TOUR), undefined);
});

test("the file holds what waits, byte for byte", async () => {
  const { store } = await phone();
  const sent = await store.save(TOUR, lamp("sent"));
  await store.received("observations", sent, 12);
  const uuid = await store.save(TOUR, lamp("waits"), [PICTURE]);
  const file = JSON.parse(JSON.stringify(await waitingAsFile(store, TOUR)));
  assert.equal(file.studytours, 1);
  assert.deepEqual(file.observations.map((one) => one.uuid), [uuid]);
  const body = Buffer.from(file.observations[0].body_base64, "base64");
  assert.equal(hash(body), (await store.notes(TOUR)).find((note) => note.uuid === uuid).sha256);
  assert.equal(file.photos[0].observation, uuid);
  assert.deepEqual(new Uint8Array(Buffer.from(file.photos[0].base64, "base64")), PICTURE.bytes);
});

test("the file of a note that could not be saved names its photos as a saved one does", () => {
  const { observations: [note], photos: [photo] } = unsavedAsFile(TOUR, lamp(), [PICTURE]);
  assert.equal(photo.observation, note.uuid);
  assert.deepEqual(JSON.parse(Buffer.from(note.body_base64, "base64")), { ...lamp(), photos: [photo.uuid] });
});

test("a note of a walk that another page has left is not kept where nobody would send it", async () => {
  const { store } = await phone();
  await store.forgetTour(TOUR);
  await assert.rejects(store.save(TOUR, lamp(), [PICTURE]), /left the walk/);
  assert.deepEqual(await store.records("observations", TOUR), []);
});

test("a walk that was left does not come back by what was still on its way", async () => {
  const { store } = await phone();
  await store.forgetTour(TOUR);
  await store.putTour(TOUR, { must_join: true });
  assert.deepEqual(await store.tours(), []);
});

test("a write that is repeated after it was committed keeps the note once", async () => {
  const { store } = await phone();
  const write = store.database.write.bind(store.database);
  store.database.write = async (...one) => {
    await write(...one);
    return write(...one);
  };
  await store.save(TOUR, lamp(), [PICTURE]);
  assert.deepEqual(await store.counts(TOUR), { sent: 0, waiting: 1, refused: 0 });
  assert.equal((await store.records("photos", TOUR)).length, 1);
});
