"""Other help: where mentoring is not the answer."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithaca.journeys.http import Request
from ithaca.records.schemes.queries.schemes import by_slug
from ithaca.records.schemes.queries.signposts import ShownSignpost, signposts_for
from ithaca.records.schemes.vocabulary import NATIONS, PROFESSIONS


@require_safe
def signposts(request: Request, slug: str = "") -> HttpResponse:
    """Show signposts by profession and nation, which are links and no more: anyone may look, and nothing is kept."""
    scheme = by_slug(slug) if slug else None
    if slug and scheme is None:
        raise Http404
    open_to = {
        code: PROFESSIONS[code] for code in (scheme.professions if scheme else PROFESSIONS) if code in PROFESSIONS
    }
    nation = request.GET.get("nation", "")
    nation = nation if nation in NATIONS else "england"
    profession = request.GET.get("profession", "")
    profession = profession if profession in open_to else (next(iter(open_to)) if len(open_to) == 1 else "")
    context = {
        "scheme": scheme,
        "groups": by_kind(signposts_for(profession, nation, scheme, timezone.localdate())),
        "nation": nation,
        "nations": NATIONS.items(),
        "profession": profession,
        "professions": open_to.items() if len(open_to) > 1 else (),
    }
    return render(request, "pairing/signposts.html", context)


def by_kind(signs: list[ShownSignpost]) -> list[tuple[str, list[ShownSignpost]]]:
    """Return the signposts under the words of their kind, in their order."""
    return [(words, list(group)) for words, group in groupby(signs, key=lambda sign: sign.kind_words)]
