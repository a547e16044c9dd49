// Typing a sheet in by keyboard: Enter to the next row, Ctrl+S saves, what is typed is kept here
// until the server has it. Without this file the page is a plain form.

const form = document.querySelector("[data-paper]");
const place = `paper/${form.dataset.paper}`;
const kept = document.querySelector("[data-kept]");
kept.parentElement.hidden = false;

const rows = [...form.querySelectorAll("[data-row]")];
const fields = (row) => [...row.querySelectorAll("input, textarea, select")];

// Storage may be refused: then the page works as before.
function remember(value) {
  try {
    value ? localStorage.setItem(place, value) : localStorage.removeItem(place);
    return true;
  } catch {
    return false;
  }
}

function recalled() {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

function typed() {
  const found = {};
  for (const field of rows.flatMap(fields)) {
    const value = field.type === "checkbox" ? field.checked : field.value;
    if (value) found[field.name] = value;
  }
  return found;
}

function keep() {
  const found = typed();
  const any = Object.keys(found).length > 0;
  if (remember(any ? JSON.stringify(found) : "") && any) kept.textContent = "Kept on this computer.";
}

// What the server sent back with errors is newer than what is kept; rows it holds have no field.
function restore() {
  if (Object.keys(typed()).length) return;
  const before = recalled();
  for (const field of rows.flatMap(fields)) {
    const value = before[field.name];
    if (value === undefined) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  keep();
  if (Object.keys(typed()).length) kept.textContent = "What you had typed is here again.";
}

function goTo(row) {
  const field = row && fields(row)[0];
  (field ?? form.querySelector("button")).focus();
  field?.select?.();
}

form.addEventListener("input", keep);

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  goTo(rows[rows.indexOf(row) + 1]);
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});

form.addEventListener("submit", (event) => {
  keep();
  if (navigator.onLine) return;
  event.preventDefault();
  kept.textContent = "There is no connection. Nothing is lost: save again when it is back.";
});

restore();
if (!document.querySelector(".govuk-error-summary")) {
  goTo(rows.find((row) => fields(row).every((field) => field.type === "checkbox" || !field.value)));
}
