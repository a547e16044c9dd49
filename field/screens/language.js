// Choose the language; and say of each what it is.

import { h, notice, radios } from "../ui.js";
import { LANGUAGES, isDraft, language, speak, t } from "../language.js";

export function languages(app) {
  const options = Object.entries(LANGUAGES).map(([code, label]) => ({ code, label, lang: code }));
  const pick = async (code) => {
    await app.store.setSetting("language", code);
    await speak(code);
    await app.show();
  };
  return {
    title: t("language.title"), back: "#/",
    body: [radios("language", t("language.title"), options, language(), pick), draftNotice()],
  };
}

export function draftNotice() {
  return isDraft() && notice("act", h("p", {}, t("language.draft")));
}
