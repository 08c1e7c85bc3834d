"""Reading pages in tests: forms as a browser would send them, headings, errors."""

from collections import defaultdict
from html import unescape
from html.parser import HTMLParser

from django.http import HttpResponse


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str], dict[str, list[str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given, defaultdict(list)))
        elif tag == "input" and self.forms and given.get("name"):
            if given.get("type") in ("checkbox", "radio") and "checked" not in given:
                return
            self.forms[-1][1][given["name"]].append(given.get("value", ""))


def form_of(response: HttpResponse, holding: str) -> tuple[str, dict[str, list[str]]]:
    """The address of the page's form that has a field of this name, and what the browser would send of it."""
    reader = _Forms()
    reader.feed(response.content.decode())
    for attributes, fields in reader.forms:
        if holding in fields:
            return attributes.get("action", ""), dict(fields)
    raise AssertionError(f"no form with {holding}")


def text_of(response: HttpResponse) -> str:
    """The page as a reader sees its words: white space folded, and signs that HTML escapes as themselves."""
    return " ".join(unescape(response.content.decode()).split())
