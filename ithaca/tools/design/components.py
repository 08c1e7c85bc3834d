"""The official NHS.UK frontend macros, callable from Django templates, so that no component markup is written here.

The macros are general: a group of six radios asks 40 questions about attributes it does not have, and takes 4 ms. All
but the words is the same each time. So each *shape* of parameters is drawn once, with a mark in the place of every
word, and kept cut at the marks; drawing it again is filling in the words. Nothing that a person wrote is ever kept:
words, values, addresses and ids are marks, and only names of variants, classes and counts are part of a shape.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup, escape

Macro = Callable[[Mapping[str, Any]], Markup]

# What a macro compares with words of its own. All else it only prints, compares with each other, or asks whether it is
# there.
_STRUCTURAL = frozenset(
    {
        "align",
        "behaviour",
        "behaviourGroup",
        "classes",
        "colour",
        "columns",
        "countType",
        "element",
        "exclusiveGroup",
        "format",
        "headingClasses",
        "headingLevel",
        "headingSize",
        "icon",
        "level",
        "maxlength",
        "maxwords",
        "name",
        "namePrefix",
        "placement",
        "rows",
        "size",
        "sort",
        "textareaDescriptionText",
        "threshold",
        "type",
        "variant",
        "width",
    }
)
_STRUCTURAL_IN = {"warning-callout": frozenset({"heading"})}  # it asks whether the heading says "important"
# What ends inside quotes: text marked safe may hold a quotation mark, so it is escaped like any other.
_QUOTED = frozenset(
    {"action", "alt", "ariaLabel", "attributes", "describedBy", "for", "href", "id", "idPrefix", "src", "value"}
)
_MARK = "\ue000%d\ue001"
_MARKS = re.compile("\ue000([0-9]+)\ue001")
_GAPS = re.compile(r"\s*\n\s*")  # the macros leave half of a page in white space

Words = dict[tuple[bool, str], int]


@cache
def _environment() -> Environment:
    # auto_reload would look at the disk for every component of every page
    return Environment(
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=PackageLoader("nhsuk_frontend_jinja"),
    )


@cache
def _macro(component: str) -> Macro:
    module = _environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    head, *rest = component.split("-")
    name = {"tables": "table", "images": "image"}.get(component, head + "".join(word.title() for word in rest))
    macro: Macro = getattr(module, name)
    return macro


def render_plainly(component: str, params: Mapping[str, Any]) -> Markup:
    """Call the macro itself: what `render` must always equal."""
    return _macro(component)(params)


def render(component: str, params: Mapping[str, Any]) -> Markup:
    """Render one component, by the name of its folder in the design system, with its macro's parameters.

    Every word is escaped unless it is marked safe: also under `html`, and always inside an attribute.
    """
    words: Words = {}
    shape = _shape(params, words, _STRUCTURAL | _STRUCTURAL_IN.get(component, frozenset()))
    pieces, places = _skeleton(component, shape)
    filling = [Markup(word) if safe else escape(word) for safe, word in words]  # noqa: S704 - marked safe by the caller
    drawn = list(pieces)
    for position, number in places:
        drawn[position] = filling[number]
    return Markup("".join(drawn))  # noqa: S704 - the macro's own markup, and words escaped above


def _shape(value: Any, words: Words, structural: frozenset[str], key: str = "", *, quoted: bool = False) -> Hashable:
    """Return the parameters with marks for words, and collect the words. Equal words have equal marks."""
    if value is None or isinstance(value, bool):
        return ("is", value)
    if isinstance(value, Mapping):
        quoted = quoted or key == "attributes"
        return ("map", *[(name, _shape(item, words, structural, name, quoted=quoted)) for name, item in value.items()])
    if isinstance(value, list | tuple):
        return ("list", *[_shape(item, words, structural, key, quoted=quoted) for item in value])
    if key in structural and not quoted:
        # a plain string, also of a safe one: the macro of a card prints a safe heading twice
        return ("is", value if isinstance(value, int) else str(value) + "")
    word = str(value)
    if not word:
        return ("is", "")
    safe = hasattr(value, "__html__") and not quoted and key not in _QUOTED
    return ("word", words.setdefault((safe, word), len(words)))


def _params(shape: Any) -> Any:
    """Return the parameters of a shape, with marks for words."""
    kind, *rest = shape
    if kind == "map":
        return {key: _params(item) for key, item in rest}
    if kind == "list":
        return [_params(item) for item in rest]
    return _MARK % rest[0] if kind == "word" else rest[0]


@lru_cache(maxsize=2048)
def _skeleton(component: str, shape: Hashable) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Draw a shape and cut it at its marks. Return the pieces, and which word goes into which gap."""
    drawn = _GAPS.sub("\n", render_plainly(component, _params(shape)))
    pieces = _MARKS.split(drawn)
    places = tuple((position, int(pieces[position])) for position in range(1, len(pieces), 2))
    return tuple(pieces), places
