// Before a photo is taken on a phone that has hardly any room left.

import { t } from "../language.js";
import { button, h, notice } from "../ui.js";

export function roomNotice(app, room) {
  const said = h("p", { role: "status" }, t(room === "none" ? "photo.full" : "photo.nearly_full"));
  const make = async () => {
    if (await app.store.makeRoom()) return app.show();
    said.textContent = t("full.nothing_freed");
  };
  return notice("act", said, button(t("photo.make_room"), make, { kind: "quiet", sign: "trash" }),
    h("p", { class: "hint" }, t("full.make_room_hint")));
}
