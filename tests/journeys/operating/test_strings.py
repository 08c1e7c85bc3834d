"""Nothing that can be translated is missed, and what is found can be translated."""

import ast
import re
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.template import Context, Template
from django.utils import translation

import ithaca
from ithaca.journeys.operating import strings
from tests.cast import NOW

HOUSE = Path(ithaca.__file__).parent

TEMPLATE = """\
{% extends "design/page.html" %}
{# A remark that is nobody's business. #}
{% block content %}
      <h1>{% translate "Your goals" %}</h1>
  {% translate "May" context "month" as month %}
    {% blocktranslate with name=person.name trimmed %}
      {{ name }} has replied,
      and 100% of it is here.
    {% endblocktranslate %}
        {% if goals %}
  {% blocktranslate count n=goals %}{{ n }} goal{% plural %}{{ n }} goals{% endblocktranslate %}
  {% field form.day label=_("Which day?") hint=_('It\\'s up to you') %}
        {% endif %}
  {{ word|default:_("Not set yet") }} {{ _("Save") }}
  {# Translators: a button of the browser #}
  {% translate "Go back" %}
{% endblock %}
"""

CODE = '''\
"""A docstring."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext_lazy, pgettext_lazy

# An ordinary comment.
LABELS = {"a": gettext_lazy("Which day?"), "b": pgettext_lazy("role", "Guide")}
# Translators: shown after a chat
COUNT = npgettext_lazy("chat", "%(n)d chat", "%(n)d chats", "n")


def message(name: str, n: int) -> str:
    if n:
        return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
    return _(
        "%(name)s has replied, "
        "so it's your turn."
    ) % {"name": name} + _(name)
'''


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    pages = tmp_path / "journeys" / "meeting" / "templates" / "meeting"
    pages.mkdir(parents=True)
    (pages / "goals.html").write_text(TEMPLATE)
    (pages / "goals.json").write_text('{"not": "a template"}')
    (tmp_path / "journeys" / "meeting" / "migrations").mkdir()
    (tmp_path / "journeys" / "meeting" / "migrations" / "0001_initial.py").write_text('_("Of its time")')
    room = tmp_path / "records" / "mentorships" / "room"
    room.mkdir(parents=True)
    (room / "words.py").write_text(CODE)
    (room / "note.html").write_text("{% translate 'Not in a folder of templates' %}")
    return tmp_path


def test_every_kind_of_string_is_found_at_its_line(sample: Path) -> None:
    found = [(one.path.name, one.line, one.forms, one.context, one.comments) for one in strings.find(sample)]
    assert found == [
        ("goals.html", 4, ("Your goals",), None, ()),
        ("goals.html", 5, ("May",), "month", ()),
        ("goals.html", 6, ("%(name)s has replied, and 100%% of it is here.",), None, ()),
        ("goals.html", 11, ("%(n)s goal", "%(n)s goals"), None, ()),
        ("goals.html", 12, ("Which day?",), None, ()),
        ("goals.html", 12, ("It's up to you",), None, ()),
        ("goals.html", 14, ("Not set yet",), None, ()),
        ("goals.html", 14, ("Save",), None, ()),
        ("goals.html", 16, ("Go back",), None, ("Translators: a button of the browser",)),
        ("words.py", 7, ("Which day?",), None, ()),
        ("words.py", 7, ("Guide",), "role", ()),
        ("words.py", 9, ("%(n)d chat", "%(n)d chats"), "chat", ("Translators: shown after a chat",)),
        ("words.py", 14, ("%(n)d day", "%(n)d days"), None, ()),
        ("words.py", 16, ("%(name)s has replied, so it's your turn.",), None, ()),
    ]


def test_a_template_that_cannot_be_translated_is_refused(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("{% blocktranslate %}a{% if b %}c{% endif %}{% endblocktranslate %}")
    with pytest.raises(SyntaxError):
        list(strings.find(tmp_path))


def test_no_string_of_the_house_is_missed() -> None:
    """Count in two other ways: Python by its syntax tree, templates by their tags."""
    found: dict[Path, list[tuple[str, ...]]] = {}
    for one in strings.find(HOUSE):
        found.setdefault(one.path, []).append(one.forms)
    code, tags = 0, 0
    for path in sorted(HOUSE.rglob("*")):
        inside = path.relative_to(HOUSE)
        if path.suffix == ".py" and "migrations" not in inside.parts:
            calls = _calls(path)
            code += len(calls)
            assert sorted(found.get(inside, [])) == sorted(calls), inside
        elif path.suffix in strings.TEMPLATES and "templates" in inside.parts:
            here = len(re.findall(r"{%\s*(?:block)?trans(?:late)?\b|\b_\([\"']", _uncommented(path.read_text())))
            tags += here
            assert len(found.get(inside, [])) == here, inside
    assert code > 1000
    assert tags > 1000


def _calls(path: Path) -> list[tuple[str, ...]]:
    """Return the constant arguments of every gettext call in a module, by any name it was imported under."""
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    calls = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            name = names[node.func.id]
            first = 1 if "pgettext" in name else 0
            last = first + (2 if name.startswith("n") else 1)
            words = [argument.value for argument in node.args[first:last] if isinstance(argument, ast.Constant)]
            if len(words) == last - first:
                calls.append(tuple(words))
    return calls


def _uncommented(text: str) -> str:
    return re.sub(r"{#.*?#}", "", re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.DOTALL))


def test_the_catalogue_can_be_translated_and_django_uses_it(sample: Path, tmp_path: Path, settings: Any) -> None:
    written = strings.catalogue(strings.find(sample), "1.2.3")
    welsh = read_po(BytesIO(written.encode()), locale="cy")
    assert welsh.version == "1.2.3"
    assert welsh["Which day?"].locations == [
        ("journeys/meeting/templates/meeting/goals.html", 12),
        ("records/mentorships/room/words.py", 7),
    ]
    welsh["Your goals"].string = "Eich nodau"
    welsh.get("May", context="month").string = "Mai"
    welsh["%(name)s has replied, and 100%% of it is here."].string = "Mae %(name)s wedi ateb, 100%%."
    goals = welsh["%(n)s goal"]
    goals.string = ("%(n)s nod",) * welsh.num_plurals
    place = tmp_path / "locale" / "cy" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, welsh)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    lines = TEMPLATE.splitlines()
    shown = Template("\n".join([*lines[3:9], "{{ month }}", lines[10]]))
    with translation.override("cy"):
        text = " ".join(shown.render(Context({"person": {"name": "Mina"}, "goals": 3})).split())
    assert text == "<h1>Eich nodau</h1> Mae Mina wedi ateb, 100%. Mai 3 nod"


def test_the_page_lists_each_string_once_in_a_room(sample: Path) -> None:
    (sample / "journeys" / "meeting" / "more.py").write_text(
        '_("Save")\n_("Save")\n_("<b>*Stars*</b>\\n\\n[and more]")\n'
    )
    page = strings.page(strings.find(sample), "1.2.3", date(2026, 12, 1))
    head, _, body = page.partition("## journeys/meeting\n")
    assert "1 December 2026 from version 1.2.3" in head
    assert "the 15 strings" in head
    assert head.endswith("- `journeys/meeting`: 10\n- `records/mentorships/room`: 5\n\n")
    assert body.startswith(
        """
### more.py

- 1, 2: Save *(also in goals.html)*
- 3: \\<b>\\*Stars\\*\\</b> ¶ \\[and more]

### templates/meeting/goals.html

- 4: Your goals
- 5: May *(month)*
- 6: %(name)s has replied, and 100% of it is here.
- 11: %(n)s goal **or** %(n)s goals
- 12: Which day?
"""
    )
    assert "## records/mentorships/room\n\n### words.py\n\n- 7: Which day?\n- 7: Guide *(role)*\n" in body


@pytest.mark.parametrize(("options", "start"), [([], "# Every string\n"), (["--pot"], "# Translations template for")])
def test_the_command_prints_or_writes_the_page_or_the_catalogue(
    options: list[str], start: str, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW, tick=False)
    out = StringIO()
    call_command("strings", *options, stdout=out)
    assert out.getvalue().startswith(start)
    assert "Which day?" in out.getvalue()
    written = tmp_path / "new" / "file"
    call_command("strings", *options, str(written))
    assert written.read_text() == out.getvalue()
