"""Every page that someone comes to by following links."""

from html.parser import HTMLParser

# Files, other people's pages, and the link that ends the session.
NO_PAGE = ("/static/", "/api/", "/account/logout/")


class _Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.forms = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a" and (found.get("href") or "").startswith(("/", "?")):
            self.links.append(found["href"].split("#")[0])
        elif tag == "form":
            self.forms.append({"method": "get", "action": "", "fields": set(), **found})
        elif tag in ("input", "select", "textarea", "button") and self.forms:
            self.forms[-1]["fields"].add(found.get("name"))


def forms_of(text):
    """The forms of a page: dicts of their attributes and the names of their fields."""
    return _Page(text).forms


def pages(client, *starts):
    """Address → text of every page reached from these, each path once."""
    texts, waiting, seen = {}, list(starts), set()
    while waiting:
        address = waiting.pop()
        path = address.split("?")[0]
        if path in seen or address.startswith(NO_PAGE):
            continue
        seen.add(path)
        answer = client.get(address)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        if answer.status_code in (301, 302):
            waiting.append(answer.headers["Location"])
            continue
        texts[address] = answer.content.decode()
        links = _Page(texts[address]).links
        waiting += [path + link if link.startswith("?") else link for link in links]
    return texts
