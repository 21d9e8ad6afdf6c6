"""Signing in on the word of Google or Microsoft. Their word stands where the password stands, and for no more: no
account is made from it, and a second proof is asked for as ever.
"""

from dataclasses import asdict
from datetime import datetime
from secrets import compare_digest

from django.db.models.functions import Lower
from django.http import HttpRequest

from itrack.accounts.actions.holdups import count_wrong, source
from itrack.accounts.actions.signing_in import Step, go_on
from itrack.accounts.models import Person
from itrack.accounts.rules_providers import ANSWERED_WITHIN, Provider
from itrack.accounts.sources.providers import Asked

ASKED_WITH = "asked with"
LONGEST_NEXT = 2000


def remember(*, request: HttpRequest, provider: Provider, asked: Asked, back: str, at: datetime) -> None:
    """Keeps in the session what the provider is asked; asking anew takes its place."""
    back = back if len(back) <= LONGEST_NEXT else ""
    request.session[ASKED_WITH] = {**asdict(asked), "provider": provider.code, "next": back, "at": at.isoformat()}


def was_asked_of(*, request: HttpRequest, provider: Provider, now: datetime) -> dict[str, str] | None:
    """What this browser asked that provider within ten minutes. It serves once: whatever comes, it is gone."""
    held: dict[str, str] | None = request.session.pop(ASKED_WITH, None)
    if held is None or held["provider"] != provider.code:
        return None
    return held if now - datetime.fromisoformat(held["at"]) <= ANSWERED_WITHIN else None


def let_in(*, request: HttpRequest, email: str | None, at: datetime) -> Step:
    """Signs in whose address it is; one that is nobody's, and None, are a wrong try of wherever it came from.

    Raises TooManyTries when browsers have put one another out again and again.
    """
    rows = Person.objects.annotate(mailed=Lower("email")).filter(mailed=email or "", is_active=True)
    person = rows.values_list("pk", flat=True).first() if email else None
    step = Step.REFUSED if person is None else go_on(request=request, person=person, at=at)
    if step is Step.REFUSED:
        count_wrong(what=[f"source:{source(request)}"], at=at)
    return step


def fits(held: dict[str, str], state: str) -> bool:
    return compare_digest(held["state"].encode(), state.encode())
