// The progress of an import without reloading the page; at the end the page is loaded once more
// and shows the report. Without JavaScript the page reloads itself.

const EVERY = 1500;

async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("progress");
  if (!now) return location.reload();
  document.getElementById("progress").replaceChildren(...now.childNodes);
  setTimeout(tryToLook, EVERY);
}

// A server that is away for a moment comes back: keep asking, more slowly.
function tryToLook() {
  look().catch(() => setTimeout(tryToLook, 4 * EVERY));
}

setTimeout(tryToLook, EVERY);
