"""`itrack schemes`: a school's mark schemes, and a trust giving one of them to its other schools."""

from argparse import Namespace
from typing import Any

from itrack.config.cli.ground import asking, standing
from itrack.foundation import clock
from itrack.foundation.refusal import Refused


def listed(asked: Namespace) -> tuple[Any, str]:
    """Every version of every scheme of the school."""
    with standing(asked):
        from itrack.curriculum.api import schemes
        from itrack.foundation.tenancy.windows import reading
        from itrack.foundation.viewer import LEADERS, Access, Role

        who = asking(asked, Access(LEADERS.roles | {Role.TRUST}))
        with reading(who.school):
            found = schemes(school=who.school)
    told = [
        {"id": one.id, "scheme": one.name, "version": one.version, "kind": one.kind, "used": one.used}
        | {"locked": one.locked}
        for one in found
    ]
    return told, "\n".join(f"{one.id}  {one.name}, version {one.version}" for one in found)


def given(asked: Namespace) -> tuple[Any, str]:
    """Gives a scheme to the other schools of the trust in which the person stands for the trust, where it is locked."""
    with standing(asked):
        from django.http import Http404

        from itrack.accounts.api import viewers_named
        from itrack.curriculum.api import share_scheme
        from itrack.foundation.tenancy.windows import writing
        from itrack.foundation.viewer import Role, only
        from itrack.schools.api import schools_beside

        who, at = asking(asked, only(Role.TRUST)), clock.now()
        urns = {row.id: row.urn for row in schools_beside(school=who.school)}
        stands = [one for one in viewers_named(username=asked.by) if one.role is Role.TRUST and one.school in urns]
        places = {one.school: one.member for one in stands}
        try:
            with writing(who.school, *places):
                made = share_scheme(school=who.school, scheme=asked.scheme, places=places, at=at)
        except Http404:
            raise Refused(
                "This school has no scheme of that number. `itrack schemes list` names those it has."
            ) from None
    told = [{"school": urns[school], "change_set": change_set} for school, change_set in made.items()]
    return told, f"Given to {len(told)} of {len(places)} other schools; the rest have it as it is."
