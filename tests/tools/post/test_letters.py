"""An email is written from its file of words, and a file that can't be one is refused."""

from typing import Any

import pytest
from django.template import TemplateDoesNotExist

from ithaca.tools.post import letters
from ithaca.tools.post.outbox import SERVICE, Letter, Recipient

TO = Recipient(None, "ada@practice.example")
WORDS = """\
{% blocktranslate %}Please reply by {{ day }}

Tom & Ada's page
says more.

You have {{ day }}.

Open your page{% endblocktranslate %}
"""
MANY = (
    "{% blocktranslate count count=count %}One\n\n{{ count }} page\n\nSee it"
    "{% plural %}Many\n\n{{ count }} pages\n\nSee them{% endblocktranslate %}"
)


@pytest.fixture
def files(settings: Any) -> dict[str, str]:
    """The files of words, which a test may change before it writes."""
    found = {"emails/pages/due.txt": WORDS, "emails/pages/many.txt": MANY}
    (engine,) = settings.TEMPLATES
    loaders = [("django.template.loaders.locmem.Loader", found)]
    settings.TEMPLATES = [engine | {"APP_DIRS": False, "OPTIONS": engine["OPTIONS"] | {"loaders": loaders}}]
    return found


@pytest.mark.usefixtures("files")
def test_the_paragraphs_of_the_file_are_the_subject_the_text_and_the_link() -> None:
    written = letters.write("pages/due", TO, "/page/", SERVICE, day="Monday <7> December")
    said = ("Tom & Ada's page says more.", "You have Monday <7> December.")
    subject = "Please reply by Monday <7> December"
    assert written == Letter(TO, "due", subject, said, "Open your page", "/page/", SERVICE)


@pytest.mark.parametrize(("count", "subject", "text"), [(1, "One", "1 page"), (3, "Many", "3 pages")])
@pytest.mark.usefixtures("files")
def test_a_number_chooses_between_two_whole_emails(count: int, subject: str, text: str) -> None:
    written = letters.write("pages/many", TO, "/page/", SERVICE, count=count)
    assert (written.subject, written.paragraphs) == (subject, (text,))


@pytest.mark.usefixtures("files")
def test_a_value_that_is_not_given_is_refused_and_so_is_a_file_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"emails/pages/due\.txt needs day"):
        letters.write("pages/due", TO, "/page/", SERVICE, when="today")
    with pytest.raises(TemplateDoesNotExist):
        letters.write("pages/none", TO, "/page/", SERVICE)


@pytest.mark.parametrize("words", ["", "Only a subject", "A subject\n\nA link", " \n\n \n\nA subject\n\nA link\n\n"])
def test_a_file_without_a_subject_a_text_and_a_link_is_refused(words: str, files: dict[str, str]) -> None:
    files["emails/pages/due.txt"] = words
    with pytest.raises(ValueError, match="needs a subject, a paragraph and a link"):
        letters.write("pages/due", TO, "/page/", SERVICE)
