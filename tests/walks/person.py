"""Someone at a browser: they read, fill in, press, and every page they come to is held to the same promises."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, TimeoutError, expect

from ithaca.tools.post.models import OutboxLetter

PASSWORD = "long-enough-words-1"
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes need not be described: half the time
    "preload": False,  # no rule of these looks into style sheets or recordings
}
FITS = """width => document.readyState === "complete" && window.innerWidth === width
    && document.documentElement.scrollWidth <= width"""
"""Does nothing reach beyond a window of this width, now that the page and its styles are there?"""


@dataclass
class Person:
    """A person with a browser of their own; `scripts` says whether JavaScript runs in it."""

    name: str
    email: str
    page: Page
    base: str
    scripts: bool
    pages_seen: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(15_000)
        self.page.on("request", self._stays_here)
        self.page.on("response", self._works)
        self.page.on("console", self._is_quiet)

    def _stays_here(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "about:")):
            self.faults.append(f"asked a foreign host: {request.url}")

    def _works(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} at {response.url}")

    def _is_quiet(self, said: ConsoleMessage) -> None:
        """A form that comes back answers 422, or 409 when it was changed meanwhile, which the browser mentions."""
        if said.type == "error" and "status of 422" not in said.text and "status of 409" not in said.text:
            self.faults.append(said.text)

    def looks(self) -> "Person":
        """Hold the page to the promises: one main heading, a title, no fault, nothing that axe finds.

        Only once its style sheet is there: until then "Sign out" is a bare button 21 pixels high.
        """
        self.page.wait_for_load_state("load")
        address = re.sub(r"[0-9a-f-]{36}|[\w-]{40,}", "…", self.page.url.removeprefix(self.base))
        self.pages_seen.append(address)
        expect(self.page.locator("h1")).to_have_count(1)
        assert self.page.title().strip() not in {"", "– Ithaca"}, f"{address} has no title"
        if self.scripts:
            found = Axe().run(self.page, options=AXE).response["violations"]
            assert not found, f"{address}: " + "; ".join(f"{each['id']}: {each['nodes'][0]['html']}" for each in found)
        assert not self.faults, f"{address}: {self.faults}"
        return self

    def goes_to(self, path: str) -> "Person":
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self.looks()

    def follows(self, link: str, *, within: Locator | None = None) -> "Person":
        """Follow a link, be it drawn as words or as a button."""
        place = within or self.page.get_by_role("main")
        place.get_by_role("link", name=link).or_(place.locator("a[role=button]", has_text=link)).first.click()
        return self.looks()

    def presses(self, button: str) -> "Person":
        self.page.get_by_role("button", name=button, exact=True).first.click()
        return self.looks()

    def writes(self, label: str, text: str) -> "Person":
        self.page.get_by_label(label).first.fill(text)
        return self

    def dates(self, day: int, month: int, year: int) -> "Person":
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            self.page.get_by_label(label, exact=True).first.fill(str(value))
        return self

    def chooses(self, *labels: str) -> "Person":
        for label in labels:
            self.page.get_by_label(label, exact=True).first.check()
        return self

    def sees(self, *texts: str) -> "Person":
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
        return self

    def does_not_see(self, *texts: str) -> "Person":
        for text in texts:
            expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def fits(self, *widths: int) -> "Person":
        """Nothing has to be pushed sideways at these widths, as soon as the page has settled in its new width."""
        if not self.scripts:  # the layout is the same, and the measuring is a script
            return self
        height = (self.page.viewport_size or {"height": 800})["height"]
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": height})
            try:
                self.page.wait_for_function(FITS, arg=width, timeout=5_000)
            except TimeoutError:
                found = self.page.evaluate("document.documentElement.scrollWidth")
                raise AssertionError(f"{self.page.url} is {found}px wide in a window of {width}px") from None
        return self

    def opens_letter(self, kind: str) -> OutboxLetter:
        """Follow the one link of the newest letter of this kind that was written to this person."""
        letter = OutboxLetter.objects.filter(address=self.email, kind=kind).order_by("-written_at").first()
        written = list(OutboxLetter.objects.filter(address=self.email).values_list("kind", flat=True))
        assert letter, f"no letter of kind {kind} to {self.name}; there are {written}"
        (link,) = re.findall(r"https?://\S+", letter.text)
        path = "/" + link.split("/", 3)[3]
        self.goes_to(path)
        return letter


def arrives(new_page: Callable[..., Page], base: str, *, scripts: bool) -> Callable[[str], Person]:
    """A maker of people with browsers of their own."""

    def person(name: str) -> Person:
        page: Any = new_page(java_script_enabled=scripts)
        return Person(name, f"{name.lower().replace(' ', '.')}@practice.example", page, base, scripts)

    return person
