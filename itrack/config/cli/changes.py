"""`itrack undo`."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from itrack.config.cli.ground import standing
from itrack.foundation import clock
from itrack.foundation.refusal import Refused

if TYPE_CHECKING:
    from itrack.foundation.viewer import Viewer


def undo(asked: Namespace) -> tuple[Any, str]:
    """Takes a change set back in the user's school; importing roles undo imports, leaders everything."""
    with standing(asked):
        from itrack.config.undoing import take_back
        from itrack.foundation.tenancy.windows import writing

        who = _who(asked)
        with writing(who.school):
            kind = take_back(viewer=who, change_set=asked.change_set, at=clock.now())
    told = {"change_set": asked.change_set, "kind": kind, "undone": True}
    return told, f"Change set {asked.change_set} was taken back."


def _who(asked: Namespace) -> "Viewer":
    """The user's one school, or the one named by --school."""
    from itrack.accounts.api import viewers_named
    from itrack.schools.api import school_by_urn

    places = viewers_named(username=asked.by)
    if asked.school:
        school = school_by_urn(urn=asked.school)
        places = [place for place in places if school and place.school == school.id]
    if not places:
        raise Refused("There is no such user in that school." if asked.school else "There is no such user.")
    if len(places) > 1:
        raise Refused("This user works for several schools: name one with --school URN.")
    return places[0]
