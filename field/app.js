// Start, screens by address, the line at the top, and saving.

import { Api } from "./sync.js";
import { Outbox } from "./outbox.js";
import { Store, isFull } from "./store.js";
import { h, icon } from "./ui.js";
import { allowsPhotos, draftOf, localTime, observationOf } from "./note.js";
import { currentTour, freshPack, stopOf } from "./tour.js";
import { isDark } from "./sun.js";
import { isVoice } from "./voice.js";
import { language, rich, speak, t } from "./language.js";
import { keepApp } from "./release.js";
import { screenFor } from "./screens/index.js";

class App {
  constructor() {
    this.store = new Store();
    this.api = new Api({ nudged: (token, words) => this.nudged(token, words) });
    this.outbox = new Outbox(this);
    this.release = keepApp(() => this.refresh());
    this.channel = globalThis.BroadcastChannel && new BroadcastChannel("studytours");
    this.counts = { sent: 0, waiting: 0, refused: 0 };
    this.draft = null;
  }

  async start() {
    await speak(await this.store.setting("language"));
    document.querySelector(".skip").textContent = t("skip");
    this.tour = await currentTour(this.store);
    if (this.tour) this.draft = (await this.store.draft(this.tour.id)) ?? null;
    addEventListener("hashchange", () => this.show());
    // The address names the screen: skipping must not change it.
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById("main").focus();
    });
    addEventListener("pagehide", () => this.keepDraft());
    document.addEventListener("visibilitychange", () => document.hidden && this.keepDraft()); // what a phone ends may get no other sign
    this.outbox.addEventListener("change", () => this.changed());
    this.channel?.addEventListener("message", () => this.recount());
    await this.recount();
    await this.show({ first: true });
    await this.store.forgetOld();
    this.outbox.start();
    if (this.tour) await this.refreshPack();
  }

  /** The walk leader asks, through the server: shown until it was read. */
  nudged(token, words) {
    if (token !== this.tour?.token || words === this.nudge?.words) return;
    this.nudge = { words, read: false };
    this.showNotices();
    this.say(words);
  }

  async refreshPack() {
    const had = Boolean(this.tour.pack);
    this.tour = await freshPack(this.store, this.api, this.tour);
    this.showNotices();
    if (!had && this.tour.pack) await this.show();
  }

  readNudge() {
    this.nudge.read = true;
    this.showNotices();
  }

  async changed() {
    this.channel?.postMessage("changed");
    await this.recount();
  }

  async recount() {
    this.unsent = 0; // on this phone, of all its walks
    for (const { id } of await this.store.tours()) this.unsent += await this.store.unsent(id);
    if (this.tour) {
      const tour = await this.store.tour(this.tour.id);
      if (!tour) return this.hasLeft();
      this.tour = tour;
      this.counts = await this.store.counts(this.tour.id);
    }
    this.refresh();
  }

  /** Another page left this walk: what is begun here was forgotten there, after a question. */
  hasLeft() {
    clearTimeout(this.draftTimer);
    this.draft = null;
    location.replace("/walk/");
  }

  // What the screens ask about

  get stop() {
    return this.tour && stopOf(this.tour);
  }

  get pack() {
    return this.tour?.pack;
  }

  get category() {
    return this.pack?.categories.find((category) => category.code === this.draft?.category);
  }

  async goToStop(stop) {
    this.tour = await this.store.putTour(this.tour.id, { stop: stop.id });
  }

  /** For whom the walker puts things right: remembered for the walk. */
  async hereFor(who) {
    this.change({ done_by: who });
    this.tour = await this.store.putTour(this.tour.id, { here_for: who });
  }

  // The note being written

  begin(fields) {
    const { tour } = this.pack;
    const dark = isDark(tour.meeting ?? this.stop);
    this.draft = draftOf(fields, this.draft, { stop: this.stop?.id, dark });
    this.keepDraft();
  }

  change(fields) {
    Object.assign(this.draft, fields);
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.keepDraft(), 300);
  }

  /** Kept as it is written: opening the camera may end this page. Best effort; the note is on the screen. */
  async keepDraft() {
    if (this.draft) await this.store.keepDraft(this.tour.id, this.draft).catch(() => {});
  }

  async dropDraft() {
    clearTimeout(this.draftTimer);
    this.draft = null;
    await this.store.dropDraft(this.tour.id).catch(() => {});
  }

  /** What is kept of the draft: the observation, and its photos where they are allowed. */
  written(photos = this.draft.photos) {
    const { category } = this;
    const allowed = photos.filter((one) => isVoice(one) || allowsPhotos(category));
    return [observationOf(this.draft, { category }), allowed];
  }

  /** Pressed twice, it still saves once. */
  save(photos) {
    this.saving ??= this.#save(photos).finally(() => (this.saving = null));
    return this.saving;
  }

  async #save(photos) {
    this.recording?.stop();
    await this.photosReady;
    clearTimeout(this.draftTimer);
    try {
      const uuid = await this.store.save(this.tour.id, ...this.written(photos));
      await this.dropDraft();
      this.askToKeep();
      this.outbox.wake();
      await this.recount();
      this.go(`#/saved/${uuid}`);
    } catch (error) {
      console.warn(error);
      this.go(isFull(error) ? "#/full" : "#/full/trouble");
    }
  }

  /** Keep a record that is complete in one tap. The note being written stays as it is. */
  async keep(fields) {
    await this.store.save(this.tour.id, { captured_at: localTime(new Date()), ...fields });
    await this.keepDraft();
    this.askToKeep();
    this.outbox.wake();
    await this.recount();
  }

  /** Ask the browser not to clear what is kept here; "My notes" tells its answer. */
  askToKeep() {
    navigator.storage?.persist?.().catch(() => {});
  }

  // Showing

  go(hash) {
    if (location.hash === hash) this.show();
    else location.hash = hash;
  }

  async show({ first = false } = {}) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const screen = await screenFor(this, location.hash);
    if (turn !== this.turn) return; // the person has gone on meanwhile
    if (screen.go) return location.replace(screen.go);
    this.screen?.leave?.();
    this.screen = screen;
    const main = document.getElementById("main");
    const title = h("h1", { tabindex: "-1" }, screen.over && h("span", { class: "over" }, screen.over), screen.title);
    main.replaceChildren(
      ...[screen.back && h("a", { class: "back", href: screen.back }, icon("arrow-left"), t("back")), title, screen.body].flat(3).filter(Boolean),
    );
    if (screen.foot?.length) main.append(h("div", { class: "foot" }, ...screen.foot));
    document.title = `${screen.title} – ${this.tour?.title ?? t("home.walk")}`;
    this.showTop();
    this.showNotices();
    if (!first) {
      scrollTo(0, 0);
      title.focus({ preventScroll: true });
    }
  }

  /** Say a short thing to those who listen. */
  say(words) {
    document.getElementById("said").textContent = words;
  }

  /** Draw again what may change without the person doing anything. */
  refresh() {
    this.showTop();
    this.showNotices();
    this.screen?.live?.();
  }

  showTop() {
    const { sent, waiting, refused } = this.counts;
    const words = t(refused ? "top.counts_refused" : "top.counts", { sent, waiting, refused });
    const sign = refused ? "alert-triangle" : waiting ? "cloud-upload" : "check";
    const counts = h("a", { class: "counts", href: "#/notes" }, icon(sign), h("span", { class: "unseen" }, `${t("notes.title")}: `), words);
    document.getElementById("top").replaceChildren(
      h("a", { class: "top__name", href: "#/" }, this.tour?.title ?? t("home.walk")),
      ...(this.tour ? [counts] : []),
    );
  }

  showNotices() {
    const must_join = this.tour?.must_join && h("div", { class: "notice notice--act" },
      h("p", {}, ...rich("again.why")),
      h("a", { class: "button", href: `/w/${this.tour.code}?lang=${language()}` }, t("again.join")));
    const update = this.release.waiting && !this.unsent && !this.draft && h("div", { class: "notice" },
      h("p", {}, t("update.there")),
      h("button", { type: "button", class: "button button--quiet", onclick: () => this.release.use() }, t("update.use")));
    const nudge = this.nudge && !this.nudge.read && h("div", { class: "notice notice--act" },
      h("p", {}, h("strong", {}, t("nudge.asks")), " ", this.nudge.words),
      h("a", { class: "button", href: "#/notes", onclick: () => this.readNudge() }, t("nudge.see")),
      h("button", { type: "button", class: "button button--plain", onclick: () => this.readNudge() }, t("nudge.fine")));
    document.getElementById("notices").replaceChildren(...[must_join, nudge, update].filter(Boolean));
  }
}

const app = new App();
app.start().catch((error) => {
  document.getElementById("main").replaceChildren(
    h("h1", {}, "The walk could not open"),
    h("p", {}, "Close this page and open it again. If that does not help, use a window that is not private, or ask the leader for a paper sheet."),
    h("p", { class: "hint" }, String(error)),
  );
});

