"""Errors in kind plain words, and what may be sent to us."""

import io

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from ithaca.journeys.operating import views
from ithaca.journeys.operating.middleware import body_limit


def test_the_health_check_answers(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_page_that_is_not_there_says_so(client: Client, db: None) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in answer.content.decode()


def never(request: HttpRequest) -> None:
    raise AssertionError("the view was reached")


class Body(io.BytesIO):
    """A body that knows how much of it was taken, and in how large a piece."""

    taken = largest = 0

    def read(self, most: int | None = -1) -> bytes:
        piece = super().read(most)
        self.taken += len(piece)
        self.largest = max(self.largest, len(piece))
        return piece


@pytest.mark.parametrize(("declared", "taken"), [("20971520", 20971520), ("200000000", 0), ("many", 0)])
def test_a_body_that_is_too_long_is_thrown_away_in_pieces(declared: str, taken: int) -> None:
    body = Body(b"x" * 20971520)
    request = RequestFactory().generic("POST", "/enquiries/new/", **{"wsgi.input": body, "CONTENT_LENGTH": declared})
    answer = body_limit(never)(request)  # type: ignore[arg-type]  # it is never called
    assert answer.status_code == 413
    assert "under 10 MB" in answer.content.decode()
    assert body.taken == taken
    assert body.largest <= 256 * 1024


def test_a_long_upload_gets_the_same_answer_from_any_page(client: Client, db: None) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("large.csv", b"x" * (12 * 1024 * 1024 + 1))
    assert client.post("/accounts/login/", {"file": upload}).status_code == 413


def test_the_page_for_our_own_errors_needs_no_database() -> None:
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Sorry, something went wrong" in answer.content.decode()


def test_a_form_without_its_token_is_asked_for_again(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example"})
    assert answer.status_code == 403
    assert "Please send that again" in answer.content.decode()


def test_each_error_page_can_be_drawn() -> None:
    request = RequestFactory().get("/")
    drawn = {
        view(request).status_code
        for view in (views.bad_request, views.forbidden, views.not_found, views.too_large, views.too_many)
    }
    assert drawn == {400, 403, 404, 413, 429}
