"""A trust gives a scheme of one of its schools to the others, which use it as it is.

Each school gets rows of its own, locked. Given again after it was changed, it arrives as the next version, and the
assessments that use the one before read new marks by it; marks there are keep theirs.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from itrack.curriculum.actions.versions import copy_of
from itrack.curriculum.models import AssessmentName
from itrack.curriculum.queries.scheme import Scheme, schemes
from itrack.curriculum.queries.scheme import scheme as scheme_of
from itrack.curriculum.queries.subjects import subjects
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.api import school_row, take_settings


@transaction.atomic
def share_scheme(*, school: int, scheme: int, places: Mapping[int, int], at: datetime) -> dict[int, int]:
    """Gives the scheme to the schools of `places`, each with the member in whose name; returns {school: change set}.

    A window on all of these schools must be open. All get it or none: refused where one has its own of that name. A
    school that has it already as it is gets nothing. What is said of a subject goes by the subject's name.
    """
    found, names = scheme_of(school=school, scheme=scheme), dict(subjects(school=school))
    others = {other: member for other, member in sorted(places.items()) if other != school}
    if not others:
        raise Refused("There is no other school of the trust in which you have a place. Nothing was changed.")
    made = {other: _give(found, names, other, member, at) for other, member in others.items()}
    return {other: change_set for other, change_set in made.items() if change_set}


def _give(found: Scheme, names: Mapping[int, str], school: int, by: int, at: datetime) -> int:
    take_settings(school=school)
    here = [each for each in schemes(school=school) if each.name.casefold() == found.name.casefold()]
    if any(not each.locked for each in here):
        said = f"{school_row(school=school).name} has a scheme of its own called {found.name}. Nothing was changed."
        raise Refused(f"{said} Have one of the two renamed.")
    theirs = _in_their_words(found, names, dict(subjects(school=school)))
    if here and _told(here[0]) == _told(theirs):
        return 0
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    version = max((each.version for each in here), default=0) + 1
    made = copy_of(theirs, school=school, version=version, change_set=change_set, locked=True)
    rows = list(AssessmentName.objects.filter(school_id=school, scheme_id__in=[each.id for each in here]))
    for row in rows:
        row.scheme_id = made.pk
    alter(AssessmentName, deed=Deed(school, change_set.pk, at), rows=rows, fields=["scheme"])
    close_change_set(change_set, counts={"schemes shared": 1, "assessments read anew": len(rows)})
    return change_set.pk


def _in_their_words(found: Scheme, names: Mapping[int, str], theirs: Mapping[int, str]) -> Scheme:
    """The scheme with the other school's subjects; what is said of one that it does not teach is left out."""
    by_name = {name.casefold(): subject for subject, name in theirs.items()}
    rules = []
    for rule in found.scale.rules:
        subject = by_name.get(names.get(rule.subject, "").casefold(), 0)
        if subject or not rule.subject:
            rules.append(replace(rule, subject=subject if rule.subject else 0))
    return replace(found, scale=replace(found.scale, rules=tuple(rules)))


def _told(each: Scheme) -> tuple[object, ...]:
    marks = [(line.code, line.name, line.facts.band) for line in each.options]
    return each.name, each.kind, each.scale.range, frozenset(each.scale.rules), marks
