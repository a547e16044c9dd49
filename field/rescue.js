// When nothing else works: what waits, as a file the coordinator can bring in.

import { base64, sealed } from "./store.js";

const fileOf = (tour, now) => ({ studytours: 1, tour, saved_at: new Date(now).toISOString(), observations: [], photos: [] });

function add(file, { uuid, body }) {
  file.observations.push({ uuid, body_base64: base64(body) });
}

function addPhoto(file, { uuid, observation, content_type }, bytes) {
  file.photos.push({ uuid, observation, content_type, base64: base64(bytes) });
}

/** The notes that have not wholly arrived, in the shape that fieldwork/README.md describes. */
export async function waitingAsFile(store, tour) {
  const file = fileOf(tour, store.now());
  for (const note of await store.notes(tour)) {
    if (note.state === "received") continue;
    add(file, note);
    for (const photo of note.photos) {
      const bytes = await store.photoBytes(photo.uuid);
      if (bytes) addPhoto(file, photo, bytes);
    }
  }
  return file;
}

/** A note that could not be saved, in the same shape: it needs no room in the app's store. */
export function unsavedAsFile(tour, content, photos) {
  const file = fileOf(tour, Date.now());
  const note = sealed(content, photos);
  add(file, note);
  for (const photo of note.photos) addPhoto(file, photo, photo.bytes);
  return file;
}

export async function saveWaiting(store, tour) {
  await handOver(await waitingAsFile(store, tour), `notes-${tour}.json`);
}

/** Hand a file to the person: to share on a phone, else to the downloads. */
export async function handOver(file, name, { navigator = globalThis.navigator, document = globalThis.document } = {}) {
  const blob = new File([JSON.stringify(file)], name, { type: "application/json" });
  if (navigator.canShare?.({ files: [blob] }) && navigator.maxTouchPoints > 0) {
    try {
      return await navigator.share({ files: [blob], title: "Notes from the walk" });
    } catch (error) {
      if (error.name === "AbortError") return; // the person changed their mind
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
