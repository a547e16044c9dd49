// Sends what waits, until a receipt for each has come. Nothing here deletes anything.

import { LONGEST_WAIT } from "./store.js";

const FIRST_WAIT = 2_000;
const LONGEST_BACKOFF = 5 * 60_000;
const LOCK = "studytours-outbox";

/** Wait longer after each failure, with some chance so that twenty phones do not knock at once. */
export function backoff(failures, random = Math.random) {
  const wait = Math.min(FIRST_WAIT * 2 ** Math.max(failures - 1, 0), LONGEST_BACKOFF);
  return Math.round(wait * (0.75 + random() / 2));
}

/** Only one tab sends at a time. Without Web Locks all may: the server takes repeats. */
async function alone(locks, work) {
  if (!locks) return work();
  return locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : { busy: true }));
}

export class Outbox extends EventTarget {
  constructor({ store, api, locks = globalThis.navigator?.locks, random = Math.random }) {
    super();
    Object.assign(this, { store, api, locks, random });
    this.failures = 0;
    this.sending = null; // uuid on its way now
    this.problem = ""; // why sending stopped, in plain words
    this.reconciled = new Set();
    this.timer = null;
    this.running = null;
  }

  /** Wake on everything that may mean there is a line again. */
  start(page = globalThis) {
    page.addEventListener("online", () => this.hurry());
    page.document.addEventListener("visibilitychange", () => {
      if (page.document.visibilityState === "visible") this.wake();
    });
    return this.wake();
  }

  /** The line is back, or someone asked: try everything that has not arrived. */
  async hurry() {
    await this.store.hurry();
    return this.wake();
  }

  /** Send now, or, while sending, once more afterwards: a note may have been added meanwhile. */
  wake() {
    this.again = true;
    this.running ??= this.#keepSending();
    return this.running;
  }

  async #keepSending() {
    let outcome;
    while (this.again) {
      this.again = false;
      outcome = await alone(this.locks, () => this.sendAll()).catch((error) => this.#trouble(error));
    }
    this.running = null; // from here on a wake begins anew; a moment later one could get lost
    this.#sleep(outcome);
    this.#changed();
    return outcome;
  }

  /** The phone's own store failed, perhaps only for now: say so, and try again later. */
  #trouble(error) {
    console.warn(error);
    this.sending = null;
    this.problem = "This phone could not read its notes just now.";
    return { stopped: this.problem };
  }

  #sleep({ busy, stopped, wait = 0, due_at = 0 }) {
    clearTimeout(this.timer);
    this.failures = stopped ? this.failures + 1 : 0;
    if (!busy && !stopped && !due_at) return;
    const ms = stopped || busy ? backoff(this.failures, this.random) : due_at - this.store.now();
    // At most: a timer asked to wait for weeks goes off at once, again and again.
    this.timer = setTimeout(() => this.wake(), Math.min(Math.max(ms, wait * 1000, 1000), LONGEST_WAIT));
    this.timer.unref?.(); // Node's timers would keep a test alive
  }

  /** One pass over all tours. {stopped: why or "", wait, due_at: next retry} */
  async sendAll() {
    const outcome = { stopped: "", wait: 0, due_at: 0 };
    for (const tour of await this.store.tours()) {
      const { stopped = "", wait = 0, due_at = 0 } = await this.#sendTour(tour);
      outcome.stopped ||= stopped;
      outcome.wait = Math.max(outcome.wait, wait);
      if (due_at) outcome.due_at = Math.min(outcome.due_at || due_at, due_at);
    }
    this.problem = outcome.stopped;
    return outcome;
  }

  async #sendTour(tour) {
    if (!this.reconciled.has(tour.token)) await this.#reconcile(tour);
    for (let next; (next = await this.store.nextDue(tour.id)); ) {
      this.sending = next.record.uuid;
      this.api.waiting.set(tour.token, await this.store.unsent(tour.id, next.record.uuid));
      this.#changed();
      const answer = await this.#send(tour, next);
      this.sending = null;
      if (answer.is === "line") {
        // Counted, so that a record that breaks the line itself does not stand first for ever.
        await this.store.mark(next.kind, next.record.uuid, { tries: next.record.tries + 1 });
        return { stopped: answer.why, wait: answer.wait };
      }
      if (answer.is === "sign_in") {
        await this.store.putTour(tour.id, { must_join: true });
        return { stopped: answer.why };
      }
      await this.#note(tour, next, answer);
      this.#changed();
    }
    return { due_at: await this.#nextRetry(tour) };
  }

  async #send({ token }, { kind, record }) {
    if (kind === "observations") return this.api.putObservation(token, record);
    const bytes = await this.store.photoBytes(record.uuid);
    if (!bytes) return { is: "refused", why: "This phone no longer holds the picture." };
    return this.api.putPhoto(token, record, bytes);
  }

  /** Write down what the server said of one record. */
  async #note(tour, { kind, record }, { is, why, wait = 0 }) {
    if (is === "received") {
      await this.store.received(kind, record.uuid, tour.device);
      if (tour.must_join) await this.store.putTour(tour.id, { must_join: false });
    } else if (is === "refused") {
      await this.store.mark(kind, record.uuid, { state: "refused", why });
    } else {
      const tries = record.tries + 1;
      const pause = Math.min(Math.max(backoff(tries, this.random), wait * 1000), LONGEST_WAIT);
      await this.store.mark(kind, record.uuid, { tries, why, retry_at: this.store.now() + pause });
    }
  }

  async #nextRetry(tour) {
    const records = [
      ...(await this.store.records("observations", tour.id)),
      ...(await this.store.records("photos", tour.id)),
    ].filter((record) => record.state === "saved");
    return records.length ? Math.min(...records.map((record) => record.retry_at)) : 0;
  }

  /** Ask the server what it holds: an answer may have been lost, or a back-up put in place. */
  async #reconcile(tour) {
    this.api.waiting.set(tour.token, await this.store.unsent(tour.id));
    const held = await this.api.receipts(tour.token).catch(() => null);
    if (!held) return;
    for (const kind of ["observations", "photos"]) {
      for (const record of await this.store.records(kind, tour.id)) {
        if (held[kind][record.uuid] === record.sha256) {
          if (record.state === "saved") await this.store.received(kind, record.uuid, tour.device);
        } else if (record.state === "received" && record.device === tour.device && record.size !== 0) {
          await this.store.mark(kind, record.uuid, { state: "saved", retry_at: 0, received_at: null });
        }
      }
    }
    this.reconciled.add(tour.token);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
