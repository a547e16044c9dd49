"""The phone's words on the pages that the server makes: the same files that the app reads."""

import json
from functools import lru_cache

from django.conf import settings

WORDS = settings.ROOT / "field/words"
ENGLISH = "en"
LANGUAGES = {"en": "English", "pl": "Polski", "ro": "Română"}


@lru_cache
def _file(language):
    return json.loads((WORDS / f"{language}.json").read_text())


def words_of_the_app(key):
    """The English words of a key."""
    return _file(ENGLISH)["words"][key]


def words_for(request):
    """What a page in the chosen language needs; English when none that we have was chosen."""
    chosen = request.GET.get("lang", "")
    chosen = chosen if chosen in LANGUAGES else ENGLISH
    english, own = _file(ENGLISH)["words"], _file(chosen)
    known = {text: key for key, text in english.items() if isinstance(text, str)}
    words = english | own["words"]
    return {
        "language": chosen,
        "html_lang": "en-GB" if chosen == ENGLISH else chosen,
        "languages": LANGUAGES,
        "is_draft": own["draft"],
        "t": words,
        "said": {text: words[key] for text, key in known.items()},
    }
