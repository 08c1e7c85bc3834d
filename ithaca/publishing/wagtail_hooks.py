"""The editors' admin shows pages and signposts, and nothing of people."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

KEPT = {"explorer", "images", "documents", "reports", "signposts"}


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]  # Wagtail carries no types
def only_prose(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out settings, users, and help that leads to another host."""
    menu_items[:] = [item for item in menu_items if item.name in KEPT]
