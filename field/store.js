// What this phone keeps: tours, observations exactly as they will be sent, photos, a draft.
//
// A record's state is "saved", "received" or "refused". "Sending" is never written down: a phone
// that dies while sending must find the record still saved.

import { Database, result } from "./database.js";

export const KEEP_DAYS = 14;
const DAY = 24 * 3600 * 1000;
// No record waits longer than this. One that would was put off by a clock that has been set since.
export const LONGEST_WAIT = 10 * 60_000;

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

/** The observation inside a record's bytes. */
export function contentOf(record) {
  return JSON.parse(new TextDecoder().decode(record.body));
}

/** Is this the phone saying that it has no room left? */
export function isFull(error) {
  return error?.name === "QuotaExceededError";
}

/** A note and its photos, each under a name of its own; the bytes of the note name the photos. */
export function sealed(content, photos) {
  const uuid = crypto.randomUUID();
  const own = photos.map((photo) => ({ ...photo, uuid: crypto.randomUUID(), observation: uuid }));
  const whole = own.length ? { ...content, photos: own.map((photo) => photo.uuid) } : content;
  return { uuid, body: new TextEncoder().encode(JSON.stringify(whole)), photos: own };
}

function newRecord(fields, now) {
  return { ...fields, state: "saved", why: "", tries: 0, retry_at: 0, saved_at: now, device: null };
}

export class Store {
  constructor({ database = new Database(), now = Date.now } = {}) {
    this.database = database;
    this.now = now;
  }

  // Tours this phone has joined

  tours() {
    return this.database.read("tours", (tours) => result(tours.getAll()));
  }

  tour(id) {
    return this.database.read("tours", (tours) => result(tours.get(id)));
  }

  /** Add to what is known of a tour; joining again replaces the token and keeps the notes. A tour
   * that was left meanwhile, by another page, comes back by its token alone. */
  putTour(id, fields) {
    return this.database.write("tours", async (tours) => {
      const known = await result(tours.get(id));
      const tour = { id, ...known, ...fields };
      if (!tour.token) return tour;
      await result(tours.put(tour));
      return tour;
    });
  }

  setting(key) {
    return this.database.read("settings", (settings) => result(settings.get(key)));
  }

  setSetting(key, value) {
    return this.database.write("settings", (settings) => result(settings.put(value, key)));
  }

  // Notes: an observation with its photos

  /** Keep an observation and its photos: all of it or nothing. Its draft goes in the same write, so
   * that a phone that dies here does not offer the note a second time. Returns the uuid.
   *
   * Notes are sent tour by tour: one of a tour that this phone has left would never go. And a write
   * that is repeated because the connection dropped may find that the first was committed. */
  async save(tour, content, photos = []) {
    const { uuid, body, photos: own } = sealed(content, photos);
    const digest = hex(await sha256(body));
    const kept = await Promise.all(own.map(async (photo) => ({ ...photo, sha256: hex(await sha256(photo.bytes)) })));
    const now = this.now();
    const stores = ["observations", "photos", "photo_bytes", "drafts", "tours"];
    await this.database.write(stores, async (notes, pictures, bytes, drafts, tours) => {
      if (!(await result(tours.get(tour)))) throw new Error("This phone has left the walk.");
      if (await result(notes.get(uuid))) return;
      drafts.delete(tour);
      notes.add(newRecord({ uuid, tour, body, sha256: digest }, now));
      for (const { bytes: data, ...photo } of kept) {
        pictures.add(newRecord({ ...photo, tour, size: data.length }, now));
        bytes.add({ uuid: photo.uuid, bytes: data });
      }
    });
    return uuid;
  }

  records(kind, tour) {
    return this.database.read(kind, (store) => result(store.index("by_tour").getAll(tour)));
  }

  async photoBytes(uuid) {
    const row = await this.database.read("photo_bytes", (bytes) => result(bytes.get(uuid)));
    return row?.bytes;
  }

  /** Every note of a tour, newest first, with its photos and the state of the whole. */
  async notes(tour) {
    const whole = (await this.#withPhotos(tour)).map((note) => ({ ...note, content: contentOf(note) }));
    return whole.sort((a, b) => b.saved_at - a.saved_at);
  }

  async #withPhotos(tour) {
    const [observations, photos] = await Promise.all([this.records("observations", tour), this.records("photos", tour)]);
    return observations.map((record) => {
      const own = photos.filter((photo) => photo.observation === record.uuid);
      const parts = [record, ...own];
      return { ...record, photos: own, parts, state: stateOf(parts) };
    });
  }

  /** How many notes have wholly arrived, wait, or were not accepted. */
  async counts(tour) {
    const counts = { sent: 0, waiting: 0, refused: 0 };
    const name = { received: "sent", saved: "waiting", refused: "refused" };
    for (const note of await this.#withPhotos(tour)) counts[name[note.state]] += 1;
    return counts;
  }

  /** How many notes are still on this phone, wholly or in part, besides what `uuid` would bring. */
  async unsent(tour, uuid) {
    const here = ({ uuid: name, state }) => state !== "received" && name !== uuid;
    return (await this.#withPhotos(tour)).filter(({ parts }) => parts.some(here)).length;
  }

  /** The next record to send: words before photos, oldest first; those that failed go behind. */
  async nextDue(tour, now = this.now()) {
    for (const kind of ["observations", "photos"]) {
      const due = (await this.records(kind, tour))
        .filter((record) => record.state === "saved" && isDue(record, now))
        .sort((a, b) => a.tries - b.tries || a.saved_at - b.saved_at);
      if (due.length) return { kind, record: due[0] };
    }
    return null;
  }

  /** Change how a record stands; never its content. */
  mark(kind, uuid, fields) {
    return this.database.write(kind, async (store) => {
      const record = await result(store.get(uuid));
      if (record) await result(store.put({ ...record, ...fields }));
    });
  }

  received(kind, uuid, device) {
    return this.mark(kind, uuid, { state: "received", why: "", received_at: this.now(), device });
  }

  /** Someone asked, or the line is back: try everything now, also what was not accepted. */
  hurry() {
    return this.database.write(["observations", "photos"], async (...stores) => {
      for (const store of stores) {
        for (const record of await result(store.getAll())) {
          if (record.state !== "received") store.put({ ...record, state: "saved", retry_at: 0 });
        }
      }
    });
  }

  // Room

  /** Forget notes that wholly arrived more than fourteen days ago. While any part of a note has no
   * receipt the note stays: it shows the person that a photo still waits. */
  async forgetOld() {
    const before = this.now() - KEEP_DAYS * DAY;
    const old = (record) => record.state === "received" && record.received_at < before;
    await this.#drop((note, photos) => [note, ...photos].every(old));
  }

  /** A person asked for room: drop pictures that have certainly arrived. Returns bytes freed. */
  async makeRoom() {
    return this.database.write(["photos", "photo_bytes"], async (photos, bytes) => {
      let freed = 0;
      for (const photo of await result(photos.getAll())) {
        if (photo.state !== "received" || !photo.size) continue;
        bytes.delete(photo.uuid);
        photos.put({ ...photo, size: 0 });
        freed += photo.size;
      }
      return freed;
    });
  }

  /** Leave a tour: the person has confirmed that everything of it goes from this phone. */
  async forgetTour(id) {
    await this.#drop((note) => note.tour === id);
    await this.dropDraft(id);
    await this.database.write("tours", (tours) => result(tours.delete(id)));
  }

  #drop(goes) {
    return this.database.write(["observations", "photos", "photo_bytes"], async (notes, photos, bytes) => {
      const pictures = await result(photos.getAll());
      for (const note of await result(notes.getAll())) {
        const own = pictures.filter((photo) => photo.observation === note.uuid);
        if (!goes(note, own)) continue;
        notes.delete(note.uuid);
        for (const { uuid } of own) {
          photos.delete(uuid);
          bytes.delete(uuid);
        }
      }
    });
  }

  // The note being written: the camera may push the page out of memory

  draft(tour) {
    return this.database.read("drafts", (drafts) => result(drafts.get(tour)));
  }

  keepDraft(tour, draft) {
    return this.database.write("drafts", (drafts) => result(drafts.put({ ...draft, tour })));
  }

  dropDraft(tour) {
    return this.database.write("drafts", (drafts) => result(drafts.delete(tour)));
  }
}

function isDue({ retry_at }, now) {
  return retry_at <= now || retry_at > now + LONGEST_WAIT;
}

function stateOf(records) {
  const states = records.map((record) => record.state);
  if (states.includes("refused")) return "refused";
  return states.includes("saved") ? "saved" : "received";
}
