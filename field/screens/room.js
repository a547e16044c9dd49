// Before a photo is taken on a phone that has hardly any room left.

import { button, h, notice } from "../ui.js";

const WORDS = {
  little: "This phone is nearly full. Words will fit; a photo may not.",
  none: "This phone is full. Your words will fit; there is no room for a photo.",
};

export function roomNotice(app, room) {
  const said = h("p", { role: "status" }, WORDS[room]);
  const make = async () => {
    if (await app.store.makeRoom()) return app.show();
    said.textContent = "There is nothing here that has arrived and could go. Take away something else on this phone.";
  };
  return notice("act", said, button("Make room", make, { kind: "quiet", sign: "trash" }),
    h("p", { class: "hint" }, "Takes pictures off this phone that have already arrived. Nothing else."));
}
