// A small world for the phone's tests: a phone with an empty store, and a server that behaves like
// ours, including on its bad days. No test of these needs a browser.

import { IDBFactory } from "fake-indexeddb";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Database } from "../../field/database.js";
import { speak } from "../../field/language.js";
import { Outbox } from "../../field/outbox.js";
import { Store } from "../../field/store.js";
import { Api } from "../../field/sync.js";

export const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
export const PICTURE = { content_type: "image/jpeg", bytes: new Uint8Array([255, 216, 255, 1, 2, 3]) };
export const lamp = (words = "The lamp is out") => ({ kind: "problem", captured_at: "2026-06-03T18:05:00+01:00", category: "LIT", words });

/** The server's side of the contract: names and hashes, refusals, and a list of faults to come. */
export class Server {
  held = { observations: new Map(), photos: new Map() };
  tokens = new Map([["good", 12]]);
  faults = []; // taken one a call: {status, text}, "dropped", "answer lost", or null for a good day
  calls = [];

  fetch = async (url, options) => {
    const [, kind, uuid] = url.match(/\/api\/field\/(\w+)\/?(.*)/);
    const call = { method: options.method ?? "GET", kind, uuid, headers: options.headers };
    this.calls.push(call);
    const fault = this.faults.shift();
    if (fault === "dropped") throw new TypeError("Failed to fetch");
    if (fault?.status) return answer(fault.status, fault.text ?? "", fault.headers);
    const made = this.#answer(call, options);
    if (fault === "answer lost") throw new TypeError("Failed to fetch");
    return made;
  };

  #answer({ method, kind, uuid, headers }, { body }) {
    const device = this.tokens.get((headers.Authorization ?? "").replace("Bearer ", ""));
    if (!device) return answer(401, { refused: uuid ?? null, why: "Join again", retry: false });
    if (method === "GET") return answer(200, this.#receipts());
    const digest = hash(body);
    const before = this.held[kind].get(uuid);
    if (before && before !== digest) return answer(409, { refused: uuid, why: "Other words under this name", retry: false });
    this.held[kind].set(uuid, digest);
    return answer(before ? 200 : 201, { accepted: uuid, sha256: digest, received_at: "2026-06-03T17:06:00Z" });
  }

  #receipts() {
    return { observations: Object.fromEntries(this.held.observations), photos: Object.fromEntries(this.held.photos) };
  }

  puts(kind) {
    return this.calls.filter((call) => call.method === "PUT" && (!kind || call.kind === kind));
  }
}

export function answer(status, content, headers = {}) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return new Response(text, { status, headers });
}

/** A clock that stands still until told. */
export function clock(start = Date.parse("2026-06-03T17:05:00Z")) {
  const now = () => now.at;
  now.at = start;
  now.on = (ms) => (now.at += ms);
  return now;
}

/** Locks as browsers have them, shared by all tabs of one phone. */
export function locks() {
  let held = false;
  return {
    async request(name, { ifAvailable }, work) {
      if (held && ifAvailable) return work(null);
      held = true;
      try {
        return await work({ name });
      } finally {
        held = false;
      }
    },
  };
}

/** A phone that has joined the tour "mill-lane". Another tab shares `factory` and `shared`. */
export async function phone({ server = new Server(), factory = new IDBFactory(), now = clock(), shared = locks() } = {}) {
  const store = new Store({ database: new Database("studytours", factory), now });
  const api = new Api({ fetch: server.fetch });
  const outbox = new Outbox({ store, api, locks: shared, random: () => 0.5 });
  await store.putTour("mill-lane", { token: "good", device: 12, code: "K7M2XP", title: "Mill Lane" });
  return { store, api, outbox, server, now, factory, shared };
}

export const WIFI = { status: 200, text: "<!doctype html><title>Welcome to the café</title>" };

/** The words of a language as the app has them. */
export const readWords = async (code) => JSON.parse(await readFile(new URL(`../../field/words/${code}.json`, import.meta.url)));

export const inLanguage = (code) => speak(code, readWords);
