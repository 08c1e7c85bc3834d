"""What logs may not carry: paths, queries, bodies, addresses, and the values in a database's complaints."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from ithaca.access import routes
from ithaca.config import urls
from ithaca.journeys.operating.logs import Reticent, RouteOnly

SECRET = "ada-told-ben-everything"


def fails(request: object, name: str) -> None:
    raise ValueError(SECRET)


urlpatterns = [path("rooms/<slug:name>/", fails, name="room"), *urls.urlpatterns]
handler500 = urls.handler500


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What Django's own logger writes, with the filter and the form of the settings."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    form = settings.LOGGING["formatters"]["plain"]
    handler.setFormatter(Reticent(form["fmt"], style=form["style"]))
    handler.addFilter(RouteOnly())
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_the_settings_use_the_filter_and_the_form() -> None:
    console = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["filters"][console["filters"][0]]["()"].endswith("RouteOnly")
    assert settings.LOGGING["formatters"][console["formatter"]]["()"].endswith("Reticent")


def test_a_page_that_is_not_found_is_logged_without_its_address(client: Client, db: None, said: io.StringIO) -> None:
    client.get(f"/{SECRET}/?about={SECRET}")
    assert "404" in said.getvalue()
    assert SECRET not in said.getvalue()


@pytest.mark.urls("tests.journeys.operating.test_logs")
def test_an_error_of_ours_is_logged_by_its_route_its_kind_and_its_line(
    said: io.StringIO, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(routes.ROUTES, "room", routes.Audience.ANYONE)
    quiet = Client(raise_request_exception=False)
    assert quiet.post(f"/rooms/{SECRET}/", {"text": SECRET}).status_code == 500
    log = said.getvalue()
    assert "room" in log
    assert "ValueError" in log
    assert "in fails" in log
    assert log.count(SECRET) == 0
