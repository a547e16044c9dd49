// The "Join the walk" button: join, keep the tour with its pack, open the app.

import { Api } from "./sync.js";
import { Store } from "./store.js";
import { freshPack, joined } from "./tour.js";
import { said, speak, t } from "./language.js";

const form = document.getElementById("join");
const problem = document.getElementById("problem");
const store = new Store();
const api = new Api();

function say(why) {
  problem.textContent = why;
  problem.hidden = false;
  problem.focus();
}

// An iPhone's home-screen app has a store of its own: best put there before joining.
const isIphone = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
if (isIphone && !navigator.standalone) document.getElementById("iphone").hidden = false;

const joinedBefore = async (code) => (await store.tours()).find((tour) => tour.code === code && !tour.must_join);

async function join(code) {
  await store.setSetting("language", form.dataset.lang);
  const known = await joinedBefore(code);
  if (known) {
    await store.setSetting("tour", known.id);
    return;
  }
  const answer = await api.join(code, form.elements.name.value.trim(), form.elements.role.value);
  if (answer.why) throw new Error(answer.why);
  await freshPack(store, api, await joined(store, answer, code));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  button.textContent = t("join.joining");
  try {
    await join(form.dataset.code);
    location.assign("/walk/");
  } catch (error) {
    say(error.name === "NoLine" ? t("join.no_signal") : said(error.message));
    button.disabled = false;
    button.textContent = t("join.button");
  }
});

await speak(form.dataset.lang);
form.hidden = false;
document.getElementById("wait").hidden = true;
if (!window.isSecureContext || !window.indexedDB) {
  form.querySelector("button").disabled = true;
  say(t("join.old_browser"));
} else {
  // The home screen opens this page each time: after the first, go on to the walk.
  if (navigator.standalone && (await joinedBefore(form.dataset.code))) location.replace("/walk/");
  // Begin to fetch the app while the person reads. Whether it worked shows on the next page.
  navigator.serviceWorker?.register("/walk/worker.js", { scope: "/walk/" }).catch(() => {});
}
