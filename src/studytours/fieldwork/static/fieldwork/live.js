// While a walk is on, the list renews itself; never while someone is using something in it.

const name = "fieldwork-live";

async function renew(box) {
  if (document.hidden || box.contains(document.activeElement) || box.querySelector("details[open]")) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(name);
  if (fresh && fresh.innerHTML !== box.innerHTML) box.innerHTML = fresh.innerHTML;
}

const box = document.getElementById(name);
if (box?.dataset.live) {
  setInterval(() => renew(box).catch(() => {}), Number(box.dataset.live) * 1000);
}
