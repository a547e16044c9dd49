// Which screen an address shows. A screen is {title, over, back, body, foot, live, leave}, or {go}.

import { home, stops, unfinished } from "./home.js";
import { categories, kinds, measures, spot } from "./choose.js";
import { works, words } from "./words.js";
import { doer } from "./doer.js";
import { place } from "./place.js";
import { feeling, feelingMore } from "./feeling.js";
import { full, saved } from "./saved.js";
import { notes } from "./notes.js";
import { finish } from "./finish.js";
import { aboutYou, area, privateNote } from "./answers.js";
import { shop } from "./shop.js";
import { languages } from "./language.js";
import { others } from "./others.js";
import { forget, noTour, noPack, tours } from "./tours.js";

const SCREENS = {
  "": home, stops, unfinished, tell: kinds, category: categories, measures, spot, doer, works, words, place,
  feeling, "feeling-more": feelingMore, saved, full, notes, finish, tours, forget,
  area, "about-you": aboutYou, shop, private: privateNote, others, language: languages,
};
// These write in a draft; without one (an old address, a note already saved) there is nothing to show.
const NEED_DRAFT = new Set(["category", "doer", "words", "place", "feeling-more", "full", "unfinished"]);
const WITHOUT_PACK = new Set(["tours", "forget", "notes", "finish", "language"]);

export async function screenFor(app, hash) {
  const [name = "", argument = ""] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (!app.tour) return noTour();
  if (!app.pack && !WITHOUT_PACK.has(name)) return noPack(app);
  if (!SCREENS[name] || (NEED_DRAFT.has(name) && !app.draft)) return { go: "#/" };
  return SCREENS[name](app, argument);
}
