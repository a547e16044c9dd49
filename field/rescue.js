// When nothing else works: what waits, as a file the coordinator can bring in.

import { base64 } from "./store.js";

/** The notes that have not wholly arrived, in the shape that fieldwork/README.md describes. */
export async function waitingAsFile(store, tour) {
  const file = { studytours: 1, tour, saved_at: new Date(store.now()).toISOString(), observations: [], photos: [] };
  for (const note of await store.notes(tour)) {
    if (note.state === "received") continue;
    file.observations.push({ uuid: note.uuid, body_base64: base64(note.body) });
    for (const { uuid, observation, content_type } of note.photos) {
      const bytes = await store.photoBytes(uuid);
      if (bytes) file.photos.push({ uuid, observation, content_type, base64: base64(bytes) });
    }
  }
  return file;
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
