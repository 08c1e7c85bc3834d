"""Writing an email from the file that has its words.

An email's words are one text file, `templates/emails/<folder>/<kind>.txt` of the app whose email it is. The file is one
`{% blocktranslate %}`, so an email is translated as a whole. Blank lines divide it into paragraphs: the first is the
subject, the last is the words of the link, and those between are what the email says. The greeting, the sender and who
to contact are the same in every email, and are in `post/letter.txt` and `post/letter.html`.
"""

import re

from django.template import Context, Engine

from ithaca.tools.post.outbox import Invitation, Letter, Recipient, Sender

_VALUE = re.compile(r"{{\s*(\w+)\s*}}")
_LEAST = 3
"""A subject, something to say, and the words of the link."""


def write(
    words: str, to: Recipient, path: str, sender: Sender, invitation: Invitation | None = None, /, **values: str | int
) -> Letter:
    """Write the email whose words are in `templates/emails/<words>.txt`. The name of the file is its kind.

    Args:
        words: the folder and the name of the file, as in `"requests/request_arrived"`.
        to: who gets it.
        path: where its one link leads, on this site.
        sender: whose name it ends with.
        invitation: the calendar file that goes with it.
        values: what the words name in double braces.

    Raises:
        TemplateDoesNotExist: there is no such file.
        ValueError: the file lacks a subject, a paragraph or a link, or names a value that isn't given.
    """
    template = Engine.get_default().get_template(f"emails/{words}.txt")
    missing = set(_VALUE.findall(str(template.source))) - set(values)
    if missing:
        raise ValueError(f"emails/{words}.txt needs {', '.join(sorted(missing))}")
    text = template.render(Context(values, autoescape=False))
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    if len(parts) < _LEAST:
        raise ValueError(f"emails/{words}.txt needs a subject, a paragraph and a link")
    subject, *paragraphs, link_text = parts
    return Letter(to, words.rpartition("/")[2], subject, tuple(paragraphs), link_text, path, sender, invitation)
