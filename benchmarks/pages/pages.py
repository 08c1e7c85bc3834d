"""The pages that are measured. To add one, add a line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page at `path`, opened by a person of the cast (`mentee`, `mentor`, `coordinator` …) or, with "", by a visitor.

    `{scheme}` in a path stands for the slug of the cast's scheme.
    """

    name: str
    path: str
    who: str = "mentee"


PAGES = [
    Page("home", "/", ""),
    Page("home, signed in", "/"),
    Page("schemes", "/schemes/", ""),
    Page("a scheme", "/schemes/{scheme}/", ""),
    Page("a scheme, signed in", "/schemes/{scheme}/"),
    Page("what mentoring is", "/what-mentoring-is/", ""),
    Page("privacy", "/privacy/", ""),
    Page("sign in", "/accounts/login/", ""),
    Page("create an account", "/accounts/signup/", ""),
    Page("change password", "/accounts/password/change/"),
    Page("my mentoring", "/my-mentoring/"),
    Page("account", "/account/"),
    Page("ask for a mentor", "/schemes/{scheme}/ask/", ""),
    Page("join", "/schemes/{scheme}/join/", "stranger"),
    Page("the desk", "/schemes/{scheme}/desk/", "coordinator"),
    Page("catalogue (all components)", "/design/"),
]
EMPTY = Page("an empty signed-in view", "/empty/")
