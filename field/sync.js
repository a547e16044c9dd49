// One call to the server each. What an answer means is decided here and nowhere else.
//
// Only a receipt that names our uuid and the hash of our bytes says "received". A bare 200 does
// not: the login page of a café's Wi-Fi answers 200 too.

import { base64, sha256 } from "./store.js";

const TEXT_SECONDS = 30;
const PHOTO_SECONDS = 180;
// The line or the server is at fault, not this record: stop and try all of it later.
const LINE = new Set([408, 425, 429, 502, 503, 504, 511]);

export class NoLine extends Error {
  name = "NoLine";
}

/** The JSON in a text, or null when it is anything else. */
function readJson(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/**
 * What the server's answer means for one record:
 * received, refused (never as it stands), sign_in, later (this record), line (stop for now).
 */
export function verdict({ status, text, wait = 0 }, { uuid, sha256 }) {
  const answer = readJson(text);
  const ours = status === 200 || status === 201;
  if (ours && answer?.accepted === uuid) {
    if (answer.sha256 === sha256) return { is: "received" };
    return { is: "later", why: "The answer was for other words than these." };
  }
  if (status === 401) return { is: "sign_in", why: "This phone has to join the walk again." };
  if (answer?.refused === uuid && answer.retry === false) return { is: "refused", why: String(answer.why) };
  if (LINE.has(status)) return { is: "line", why: "The server is busy or out of reach.", wait };
  if (status === 413) return { is: "later", why: "The way to the server does not let anything this big through." };
  if (answer?.refused === uuid) return { is: "later", why: String(answer.why), wait };
  if (status < 400) return { is: "line", why: "This Wi-Fi may want you to sign in first. Something else answered in place of the server." };
  return { is: "later", why: `The server could not take it just now (${status}).`, wait };
}

export class Api {
  constructor({ fetch = (...call) => globalThis.fetch(...call), now = Date.now, nudged = () => {} } = {}) {
    Object.assign(this, { fetch, now, nudged });
    this.waiting = new Map(); // by token: how many notes this phone tells the walk leader of
  }

  /** Ask, with an end to waiting. Throws NoLine when there is no answer at all. */
  async ask(path, { token, seconds = TEXT_SECONDS, headers = {}, ...options } = {}) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), seconds * 1000);
    try {
      const response = await this.fetch(path, {
        ...options,
        headers: { ...headers, ...this.#from(token) },
        cache: "no-store",
        credentials: "omit",
        redirect: "error", // our server never redirects here; a Wi-Fi's login page does
        signal: controller.signal,
      });
      const nudge = response.headers.get("X-Nudge");
      if (nudge) this.nudged(token, decodeURIComponent(nudge));
      const wait = Number(response.headers.get("Retry-After")) || 0;
      return { status: response.status, text: await response.text(), wait, headers: response.headers };
    } catch (error) {
      throw new NoLine(error.message);
    } finally {
      clearTimeout(timer);
    }
  }

  async #put(path, record, body, options) {
    try {
      const answer = await this.ask(path, { method: "PUT", body, ...options });
      return verdict(answer, record);
    } catch (error) {
      if (error instanceof NoLine) return { is: "line", why: "There is no signal here." };
      throw error;
    }
  }

  /** Who is calling, and how much it still has. */
  #from(token) {
    if (!token) return {};
    const waiting = this.waiting.get(token);
    return { Authorization: `Bearer ${token}`, ...(waiting !== undefined && { "X-Waiting": String(waiting) }) };
  }

  /** The phone's clock: the server writes down how far it is off. */
  #clock() {
    return new Date(this.now()).toISOString();
  }

  putObservation(token, record) {
    const headers = { "Content-Type": "application/json", "X-Sent-At": this.#clock() };
    return this.#put(`/api/field/observations/${record.uuid}`, record, record.body, { token, headers });
  }

  async putPhoto(token, record, bytes) {
    const headers = {
      "Content-Type": record.content_type,
      "X-Observation": record.observation,
      "X-Sent-At": this.#clock(),
      Digest: `sha-256=${base64(await sha256(bytes))}`,
    };
    const seconds = PHOTO_SECONDS;
    return this.#put(`/api/field/photos/${record.uuid}`, record, bytes, { token, headers, seconds });
  }

  /** What the server holds from this phone, or null when it did not say. */
  async receipts(token) {
    const { status, text } = await this.ask("/api/field/receipts", { token });
    const answer = readJson(text);
    return status === 200 && answer?.observations && answer.photos ? answer : null;
  }

  /** The tour for use without signal: {pack, etag}, {unchanged}, {ended} or null. */
  async pack(token, etag) {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await this.ask("/api/field/pack", { token, headers });
    if (answer.status === 304) return { unchanged: true };
    if (answer.status === 401) return { ended: true };
    const pack = readJson(answer.text);
    if (answer.status !== 200 || pack?.studytours !== 1) return null;
    return { pack, etag: answer.headers.get("ETag") ?? "" };
  }

  /** Join by code: {token, device, tour}, or {why} in plain words. */
  async join(code, name, role) {
    const body = JSON.stringify({ code, ...(name && { name }), ...(role && { role }) });
    const headers = { "Content-Type": "application/json" };
    const { status, text } = await this.ask("/api/field/join", { method: "POST", body, headers });
    const answer = readJson(text);
    if (status === 200 && answer?.token && answer.tour?.slug) return answer;
    return { why: answer?.why ?? "Something else answered in place of our server. Does this Wi-Fi want you to sign in first?" };
  }
}
