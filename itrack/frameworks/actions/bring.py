"""Bringing a framework in from a file, copying one to make it one's own, and putting one away."""

from datetime import date, datetime

from django.db import transaction

from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.frameworks.actions.store import store_content
from itrack.frameworks.models import Framework
from itrack.frameworks.queries.editing import judged_since_reworded
from itrack.frameworks.rules.content import About, Content
from itrack.frameworks.rules.limits import about_faults
from itrack.schools.api import take_settings, take_settings_back


@transaction.atomic
def bring_framework(*, school: int, content: Content, by: int, at: datetime) -> int:
    """Adds a framework of the school's own, as `content` has it; returns the change set.

    Refused where the school has one of that name and version: a version that pupils are judged by does not change
    under them, so what is new is a version of its own.
    """
    take_settings(school=school)
    _check(school, content.about)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.FRAMEWORK, by=by, at=at)
    store_content(school=school, content=content, owner=Framework.Owner.OWN, change_set=change_set)
    counts = {"frameworks added": 1, "statements added": len(content.statements)}
    close_change_set(change_set, counts=counts)
    return change_set.pk


def _check(school: int, about: About) -> None:
    if faults := about_faults(about):
        raise Refused(f"{' '.join(faults)} Nothing was stored.")
    if Framework.objects.filter(school_id=school, name=about.name, version=about.version).exists():
        raise Refused(
            f"There is a framework called {about.name}, version {about.version or 'none'}, already. "
            "Nothing was stored. Give this one another version."
        )


@transaction.atomic
def put_away(*, school: int, framework: int, on: date | None, by: int, at: datetime) -> int | None:
    """Archives a framework from that day, or with None takes it up again; None when that changes nothing."""
    take_settings(school=school)
    row = Framework.objects.filter(school_id=school, pk=framework).first()
    if row is None:
        raise Refused("This framework is no longer there. Nothing was changed.")
    if (row.archived_on is None) == (on is None):
        return None
    row.archived_on = on
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.FRAMEWORK, by=by, at=at)
    alter(Framework, deed=Deed(school, change_set.pk, at), rows=[row], fields=["archived_on"])
    close_change_set(change_set, counts={"frameworks taken up": 1} if on is None else {"frameworks put away": 1})
    return change_set.pk


def take_framework_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on frameworks; refused when pupils have been judged by what would go, or by words it gave."""
    if judged_since_reworded(school=school, change_set=change_set):
        raise Refused(
            "Pupils have been judged by the new words meanwhile. Nothing was taken back. Replace the statement instead."
        )
    take_settings_back(school=school, kind=ChangeSet.Kind.FRAMEWORK, change_set=change_set, by=by, at=at)
