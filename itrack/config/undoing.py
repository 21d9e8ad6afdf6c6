"""Taking back a change set of any kind: needs to know the domains that have their own way of it."""

from collections.abc import Callable
from datetime import datetime

from itrack.curriculum.api import take_scheme_back, take_subjects_back
from itrack.foundation.changes import actions as changes
from itrack.foundation.changes.queries import kind_of
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import JUDGES, LEADERS, MARKERS, OFFICE, Access, Viewer
from itrack.frameworks.api import take_framework_back
from itrack.imports.api import undo_import
from itrack.parents.api import take_report_back
from itrack.pupils.api import take_joiner_back, take_leaving_back, take_merging_back
from itrack.pupils.rules_columns import SETS
from itrack.pupils.rules_overrides import NOT_YOURS_TO_UNDO as FLAGS_NOT_YOURS
from itrack.rollover.api import take_new_year_back
from itrack.schools.api import take_calendar_back

MAY: dict[str, Access] = {
    ChangeSet.Kind.ROLL_IMPORT: OFFICE,
    ChangeSet.Kind.MARKS: MARKERS,
    ChangeSet.Kind.SHEET: MARKERS,
    ChangeSet.Kind.STATEMENTS: JUDGES,
    ChangeSet.Kind.RESULTS: MARKERS,
    ChangeSet.Kind.TARGETS: MARKERS,
    ChangeSet.Kind.PARENTS: MARKERS,
    ChangeSet.Kind.MOVED: LEADERS,
    ChangeSet.Kind.CLASSES: Access(LEADERS.roles | OFFICE.roles),
    ChangeSet.Kind.JOINER: OFFICE,
    ChangeSet.Kind.MERGE: OFFICE,
    ChangeSet.Kind.CALENDAR: Access(LEADERS.roles | OFFICE.roles),
    ChangeSet.Kind.SUBJECTS: LEADERS,
    ChangeSet.Kind.SCHEME: LEADERS,
    ChangeSet.Kind.FRAMEWORK: LEADERS,
    ChangeSet.Kind.LEAVING: Access(LEADERS.roles | OFFICE.roles),
    ChangeSet.Kind.ROLLOVER: Access(LEADERS.roles | OFFICE.roles),
    ChangeSet.Kind.FLAGS: Access(frozenset(SETS)),
}
# What a person typed cell by cell is theirs to take back, or a leader's.
ENTERED = frozenset(
    {
        ChangeSet.Kind.MARKS,
        ChangeSet.Kind.SHEET,
        ChangeSet.Kind.STATEMENTS,
        ChangeSet.Kind.RESULTS,
        ChangeSet.Kind.TARGETS,
        ChangeSet.Kind.PARENTS,
    }
)
# These have a way of their own: previews compared with the roll before are stale after, words and marks that pupils
# were judged by meanwhile stay, and dates must fit those around them.
OWN_WAY: dict[str, Callable[..., None]] = {
    ChangeSet.Kind.ROLL_IMPORT: undo_import,
    ChangeSet.Kind.JOINER: take_joiner_back,
    ChangeSet.Kind.MERGE: take_merging_back,
    ChangeSet.Kind.LEAVING: take_leaving_back,
    ChangeSet.Kind.PARENTS: take_report_back,
    ChangeSet.Kind.ROLLOVER: take_new_year_back,
    ChangeSet.Kind.FRAMEWORK: take_framework_back,
    ChangeSet.Kind.CALENDAR: take_calendar_back,
    ChangeSet.Kind.SUBJECTS: take_subjects_back,
    ChangeSet.Kind.SCHEME: take_scheme_back,
}


def take_back(*, viewer: Viewer, change_set: int, at: datetime) -> str:
    """Undoes it in the viewer's name if their role may; returns its kind. The school's window must be open."""
    kind, by = kind_of(school=viewer.school, change_set=change_set)
    if not MAY[kind].admits(viewer):
        raise Refused(f"The role {viewer.role.value} may not take this back. Nothing was changed.")
    if kind in ENTERED and by != viewer.member and not LEADERS.admits(viewer):
        raise Refused("Only the person who entered these marks, or a leader, may take them back.")
    if kind == ChangeSet.Kind.FLAGS and by != viewer.member and not LEADERS.admits(viewer):
        raise Refused(FLAGS_NOT_YOURS)
    act = OWN_WAY.get(kind, changes.undo)
    act(school=viewer.school, change_set=change_set, by=viewer.member, at=at)
    return kind
