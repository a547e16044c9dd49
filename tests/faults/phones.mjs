// Many walkers with the real modules of the phone app, each on a bad line and in bad luck.
//
//     node tests/faults/phones.mjs '{"server": …, "codes": […], "seed": 1, …}'
//
// Says {"line": address} when the line is open, {"kill": true} when the server is to die, and at the end
// what must be at the server. Standard input ends it, when the browser's phones have finished too.

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { Database } from "../../field/database.js";
import { localTime } from "../../field/note.js";
import { Outbox } from "../../field/outbox.js";
import { Store } from "../../field/store.js";
import { Api } from "../../field/sync.js";
import { joined } from "../../field/tour.js";
import { locks } from "../field/world.mjs";
import { chance, Line } from "./line.mjs";

const { IDBFactory } = createRequire(import.meta.url)("fake-indexeddb");
const HOUR = 3600 * 1000;
const plan = JSON.parse(process.argv[2]);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const never = new Promise(() => {});
const luck = { tabs_killed: 0, clock_jumps: 0, joined_again: 0, two_tabs: 0 };

/** A page of the app. Once killed, nothing that it began goes on. */
class Tab {
  constructor(phone) {
    this.alive = true;
    const alive = (work) => (this.alive ? work().then((value) => (this.alive ? value : never)) : never);
    const database = new Database("studytours", phone.factory);
    const run = database.run.bind(database);
    database.run = (...all) => alive(() => run(...all));
    this.store = new Store({ database, now: phone.now });
    this.api = new Api({ now: phone.now, fetch: (path, options) => alive(() => fetch(`${phone.address}${path}`, options)) });
    this.outbox = new Outbox({ store: this.store, api: this.api, locks: phone.locks && tabLocks(phone.locks, this), random: phone.random });
  }

  kill() {
    this.alive = false;
    clearTimeout(this.outbox.timer);
    this.release?.();
    luck.tabs_killed += 1;
  }
}

/** A browser takes a lock back from a tab that has died. */
function tabLocks(shared, tab) {
  const dead = new Promise((go) => (tab.release = go));
  return {
    async request(name, options, work) {
      const outcome = await shared.request(name, options, (lock) => Promise.race([work(lock), dead]));
      return tab.alive ? outcome : never;
    },
  };
}

class Phone {
  constructor(number, code, line) {
    this.number = number;
    this.code = code;
    this.address = `http://127.0.0.1:${line}/phone/${number}`;
    this.random = chance(plan.seed, `phone ${number}`);
    this.factory = new IDBFactory();
    this.locks = this.random() < 0.5 ? locks() : undefined; // an old browser has none
    this.ahead = 0;
    this.now = () => Date.now() + this.ahead;
    this.saved = [];
    this.tab = new Tab(this);
  }

  async join() {
    for (;;) {
      const answer = await this.tab.api.join(this.code, "", "").catch(() => null);
      if (answer?.token) return joined(this.tab.store, answer, this.code).then((tour) => (this.tour = tour.id));
      await pause(30);
    }
  }

  async walk(notes, photos) {
    await this.join();
    for (let number = 0; number < notes; number += 1) {
      this.jump(number / notes);
      await this.note(number < photos);
      const sending = this.tab.outbox.wake();
      if (this.random() < 0.15) await this.die();
      else if (this.random() < 0.5) await Promise.race([sending, pause(this.random() * 40)]);
      if (this.random() < 0.1) await this.secondTab();
    }
    await this.finish();
  }

  /** At a third of the walk the clock goes wrong by 26 hours, at two thirds it is put right. */
  jump(part) {
    const ahead = part < 1 / 3 || part >= 2 / 3 ? 0 : 26 * HOUR * (this.number % 2 ? 1 : -1);
    if (ahead !== this.ahead) luck.clock_jumps += 1;
    this.ahead = ahead;
  }

  async note(withPhoto) {
    const corrects = this.saved.length && this.random() < 0.1 ? this.saved[this.saved.length - 1] : undefined;
    const words = `Phone ${this.number}, note ${this.saved.length}: “ünten” 🔦 مصباح <script>`;
    const content = { kind: "problem", captured_at: localTime(new Date(this.now())), category: "LIT", words, ...(corrects && { corrects }) };
    const photos = withPhoto ? [{ content_type: "image/jpeg", bytes: this.picture() }] : [];
    this.saved.push(await this.tab.store.save(this.tour, content, photos));
  }

  /** A picture like no other: what follows its end is part of the file. */
  picture() {
    const tail = Uint8Array.from({ length: 24 }, () => this.random() * 256);
    return new Uint8Array([...Buffer.from(plan.picture, "base64"), ...tail]);
  }

  async die() {
    await pause(this.random() * 15);
    this.tab.kill();
    this.tab = new Tab(this);
  }

  async secondTab() {
    const other = new Tab(this);
    luck.two_tabs += 1;
    await Promise.race([Promise.all([this.tab.outbox.wake(), other.outbox.wake()]), pause(60)]);
    other.kill();
    luck.tabs_killed -= 1; // closed, which is no bad luck
  }

  /** Send until nothing waits. Time passes as on a phone that is looked at now and then. */
  async finish() {
    for (;;) {
      const outcome = await this.tab.outbox.wake();
      clearTimeout(this.tab.outbox.timer);
      const tour = await this.tab.store.tour(this.tour);
      if (tour.must_join) {
        await this.join();
        luck.joined_again += 1;
      }
      const { waiting, refused } = await this.tab.store.counts(this.tour);
      if (!waiting || refused) return;
      if (outcome?.stopped || outcome?.busy) await pause(20);
      this.ahead += 6 * 60_000;
    }
  }

  /** What must be at the server, and what the phone believes. */
  async ledger() {
    const { store } = this.tab;
    const notes = await store.records("observations", this.tour);
    const photos = await store.records("photos", this.tour);
    for (const note of notes) if (hash(note.body) !== note.sha256) throw new Error("changed on the phone");
    return {
      observations: Object.fromEntries(notes.map((note) => [note.uuid, note.sha256])),
      photos: Object.fromEntries(photos.map((photo) => [photo.uuid, { sha256: photo.sha256, observation: photo.observation }])),
      unsent: [...notes, ...photos].filter(({ state }) => state !== "received").length,
    };
  }
}

const { observations, photos, phones, at_once: atOnce, codes } = plan;
const share = (all, number) => Math.floor(((number + 1) * all) / phones) - Math.floor((number * all) / phones);
const line = new Line({ server: plan.server, seed: plan.seed, share: plan.share, kills: plan.kills, kill: () => say({ kill: true }) });
const port = await line.open();
say({ line: `http://127.0.0.1:${port}` });
const ended = new Promise((go) => process.stdin.on("end", go).resume());

const everyone = Array.from({ length: phones }, (_, number) => new Phone(number, codes[number % codes.length], port));
const queue = [...everyone];
const ledgers = [];
await Promise.all(Array.from({ length: atOnce }, async () => {
  for (let phone; (phone = queue.shift()); ) {
    await phone.walk(share(observations, phone.number), share(photos, phone.number));
    ledgers.push(await phone.ledger());
    phone.factory = phone.tab = null;
  }
}));
say({ walked: true });
await ended; // the browser's phones use the line too
await line.close();
const all = (name) => Object.assign({}, ...ledgers.map((ledger) => ledger[name]));
writeFileSync(plan.ledger, JSON.stringify({
  observations: all("observations"), photos: all("photos"),
  unsent: ledgers.reduce((sum, { unsent }) => sum + unsent, 0),
  saved: everyone.reduce((sum, phone) => sum + phone.saved.length, 0),
  faults: { ...line.injected, ...luck }, calls: line.handed_on,
}));
process.exit(0);
