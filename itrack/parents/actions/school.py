"""What every report of the school carries: its words to all parents and its logo."""

from datetime import datetime

from django.db import transaction

from itrack.foundation.changes.actions import record_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.parents.models import Logo, SchoolWords
from itrack.parents.queries.reports import logo_of, words_to_all
from itrack.parents.rules.report import LONGEST, tidy
from itrack.parents.sources.logo import Unfit, read_logo


@transaction.atomic
def settle_words(*, school: int, discuss: str, national: str, by: int, at: datetime) -> int:
    """Returns the change set, 0 when it says the same already."""
    told = (tidy(discuss), tidy(national))
    if max(map(len, told)) > LONGEST:
        raise Refused(f"That is longer than {LONGEST:,} letters. Nothing was saved.")
    held = words_to_all(school=school)
    if told == (held.discuss, held.national):
        return 0
    made = record_change_set(school=school, kind=ChangeSet.Kind.PARENTS, by=by, at=at, counts={"words to parents": 1})
    _put(SchoolWords, Deed(school, made.pk, at), discuss=told[0], national=told[1])
    return made.pk


@transaction.atomic
def set_logo(*, school: int, content: bytes, by: int, at: datetime) -> int:
    """Keeps what the file shows, drawn anew, never the file; no content takes the logo away."""
    try:
        png = read_logo(content) if content else b""
    except Unfit as unfit:
        raise Refused(f"{unfit.sentence} The logo is as it was.") from None
    if png == logo_of(school=school):
        return 0
    made = record_change_set(school=school, kind=ChangeSet.Kind.PARENTS, by=by, at=at, counts={"logo": 1})
    _put(Logo, Deed(school, made.pk, at), **({"png": png} if png else {}))
    return made.pk


def _put(model: type[SchoolWords] | type[Logo], deed: Deed, **fields: object) -> None:
    """Ends what stood and lets this stand instead; without fields, nothing."""
    stands = model._default_manager.filter(school_id=deed.school, ended_at__isnull=True)
    stands.update(ended_at=deed.at, ended_by_id=deed.change_set)
    if fields:
        told = {"school_id": deed.school, "added_by_id": deed.change_set, "added_at": deed.at}
        model._default_manager.create(**told, **fields)
