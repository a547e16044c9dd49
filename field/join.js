// The "Join the walk" button: join, keep the tour with its pack, open the app.

import { Api } from "./sync.js";
import { Store } from "./store.js";
import { freshPack, joined } from "./tour.js";

const form = document.getElementById("join");
const problem = document.getElementById("problem");
const store = new Store();
const api = new Api();

function say(why) {
  problem.textContent = why;
  problem.hidden = false;
  problem.focus();
}

async function join(code) {
  const known = (await store.tours()).find((tour) => tour.code === code && !tour.must_join);
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
  button.textContent = "Joining…";
  try {
    await join(form.dataset.code);
    location.assign("/walk/");
  } catch (error) {
    say(error.name === "NoLine" ? "There is no signal here. Go a few steps and press the button again." : error.message);
    button.disabled = false;
    button.textContent = "Join the walk";
  }
});

form.hidden = false;
document.getElementById("wait").hidden = true;
if (!window.isSecureContext || !window.indexedDB) {
  form.querySelector("button").disabled = true;
  say("This page has to be opened at an address that begins with https, in an up-to-date browser and not in a private window. Please ask the walk leader for a paper sheet.");
} else {
  // Begin to fetch the app while the person reads. Whether it worked shows on the next page.
  navigator.serviceWorker?.register("/walk/worker.js", { scope: "/walk/" }).catch(() => {});
}
