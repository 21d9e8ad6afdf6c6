"""Giving a school the frameworks that come with the product."""

from datetime import datetime

from django.db import transaction

from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.frameworks.actions.store import store_content
from itrack.frameworks.models import Framework
from itrack.frameworks.sources.shipped import shipped
from itrack.schools.api import take_settings


def set_up_frameworks(*, school: int, change_set: ChangeSet) -> int:
    """Adds those shipped frameworks that the school has not; returns how many that were."""
    held = set(Framework.objects.filter(school_id=school).values_list("name", "version"))
    missing = [content for content in shipped() if (content.about.name, content.about.version) not in held]
    for content in missing:
        store_content(school=school, content=content, owner=Framework.Owner.SHIPPED, change_set=change_set)
    return len(missing)


@transaction.atomic
def add_shipped_frameworks(*, school: int, by: int, at: datetime) -> int:
    """Gives the school what comes with the product and it lacks; returns the change set."""
    take_settings(school=school)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.FRAMEWORK, by=by, at=at)
    added = set_up_frameworks(school=school, change_set=change_set)
    if not added:
        raise Refused("The frameworks that come with iTRACK are here already. Nothing was changed.")
    close_change_set(change_set, counts={"frameworks added": added})
    return change_set.pk
