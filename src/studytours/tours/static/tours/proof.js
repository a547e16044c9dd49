/* Waits for the proof of a proposed route; the page without this has a link to look again. */
const url = document.getElementById("proof")?.dataset.url;
const ENDS = Date.now() + 90_000;

async function look() {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (answer.ok && !(await answer.json()).waiting) return location.reload();
  if (Date.now() < ENDS) setTimeout(look, 1500);
}

if (url) setTimeout(() => look().catch(console.warn), 1500);
