"""The phone's words on the pages that the server makes: the same files that the app reads."""

import json
from functools import lru_cache, wraps

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

WORDS = settings.ROOT / "field/words"
ENGLISH = "en"
LANGUAGES = {code[:2]: name for code, name in settings.LANGUAGES}


@lru_cache
def _file(language):
    return json.loads((WORDS / f"{language}.json").read_text())


def words_of_the_app(key):
    """The English words of a key."""
    return _file(ENGLISH)["words"][key]


def _chosen(request):
    """What was pressed on this page, if anything."""
    chosen = request.GET.get("lang", "")
    return chosen if chosen in LANGUAGES else ""


def language_of(request):
    """As chosen here, else as chosen before, else as the browser asks, else English."""
    return _chosen(request) or translation.get_language_from_request(request)[:2]


def words_for(request):
    """What a page in the language of whoever asks needs."""
    language = language_of(request)
    english, own = _file(ENGLISH)["words"], _file(language)
    known = {text: key for key, text in english.items() if isinstance(text, str)}
    words = english | own["words"]
    return {
        "language": language,
        "html_lang": "en-GB" if language == ENGLISH else language,
        "languages": LANGUAGES,
        "is_draft": own["draft"],
        "t": words,
        "said": {text: words[key] for text, key in known.items()},
    }


def spoken(view):
    """A page in three languages, with what Django itself says of a form. A choice is kept until the
    browser is closed."""

    @wraps(view)
    def in_their_language(request, *args, **kwargs):
        language = language_of(request)
        with translation.override(_code(language)):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if _chosen(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, _code(language),
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
        return response

    return in_their_language


def _code(language):
    """Django's name of a language: its English is that of this country."""
    return settings.LANGUAGE_CODE if language == ENGLISH else language
