"""Links from mails. A token is in an address once, on the way in: the session takes its digest, and the page that
follows has an address without it. So it is in no history, no Referer and no title, and in a log at most as one look.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.actions.holdups import count_wrong, hold_back, source
from itrack.accounts.queries.links import followed
from itrack.accounts.rules_links import SAID, Fate, Purpose, digest
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def look_up(request: SchoolRequest, token: str, purpose: Purpose) -> Mapping[str, Any]:
    """How the link stands. Links that were never sent count against whoever tries them; raises TooManyTries."""
    now = clock.now()
    what = [f"source:{source(request)}"]
    hold_back(what=what, now=now)
    fate = followed(key=digest(token), purpose=purpose, now=now).fate
    if fate is Fate.UNKNOWN:
        count_wrong(what=what, at=now)
    return {"fate": fate}


def come_in(request: SchoolRequest, token: str, purpose: Purpose, then: str) -> HttpResponse:
    """On to the page called `then` with a good link; what is wrong with any other."""
    fate = request.brought["fate"]
    if fate is Fate.GOOD:
        request.session[f"link {purpose}"] = digest(token)
        answer: HttpResponse = HttpResponseRedirect(reverse(then))
    else:
        answer = gone(request, purpose, fate)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def key_of(request: SchoolRequest, purpose: Purpose) -> str:
    """The digest of the token this browser came in with; "" for none, which no link has."""
    return str(request.session.get(f"link {purpose}", ""))


def gone(request: SchoolRequest, purpose: Purpose, fate: Fate) -> HttpResponse:
    """Says why the link leads nowhere; who comes without one is asked to sign in."""
    if fate is Fate.UNKNOWN and request.resolver_match is not None and not request.resolver_match.kwargs:
        return HttpResponseRedirect(reverse("sign-in"))
    told = {"sentence": SAID[purpose, fate], "invitation": purpose is Purpose.INVITATION}
    return TemplateResponse(request, "accounts/link_gone.html", told, status=410)
