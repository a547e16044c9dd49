/* Waits for the proof of a proposed route and says how it ended. The page is not loaded anew under
   someone who reads it; without this it has a link to look again. */
const words = document.getElementById("proof");
const ENDS = Date.now() + 90_000;

async function look() {
  const answer = await fetch(words.dataset.url, { headers: { Accept: "application/json" } });
  const { waiting, said, better } = await answer.json();
  if (waiting) return Date.now() < ENDS && setTimeout(look, 1500);
  words.textContent = `${said} `;
  if (better) {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = words.dataset.page;
    link.textContent = "Show it";
    words.append(link);
  }
}

if (words) setTimeout(() => look().catch(console.warn), 1500);
