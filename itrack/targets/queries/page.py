"""The page of targets: everybody looked at with target and last mark, and the counts above them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import ClassRow, PupilLine
from itrack.schools.api import SLOTS
from itrack.targets.queries.asked import WHOLE, Asked, Looked, look, roll_of
from itrack.targets.queries.rules_kept import KeptRules, kept_rules
from itrack.targets.queries.standing import standings
from itrack.targets.rules.setting import may_set
from itrack.targets.rules.standings import Cell, Standing, SubjectTracks, subject_tracks
from itrack.targets.rules.track import in_words


@dataclass(frozen=True, slots=True)
class TargetsPage:
    """`rows` are the pupils with a standing a subject; `may_set` says whether this person sets targets here."""

    looked: Looked
    rules: KeptRules
    pupils: list[PupilLine]
    standings: Mapping[Cell, Standing]
    tracks: list[SubjectTracks]
    may_set: bool

    @property
    def rows(self) -> list[tuple[PupilLine, list[Standing]]]:
        subjects = self.looked.subjects
        return [(line, [self.standings[line.id, pk] for pk, _ in subjects]) for line in self.pupils]

    @property
    def steps_in_words(self) -> list[str]:
        return in_words(self.rules.steps, dict(enumerate(SLOTS, start=1)))

    @property
    def by_class(self) -> list[tuple[ClassRow, list[SubjectTracks]]]:
        """Of the whole school, or of a year group with several classes: each class with its counts."""
        if self.looked.group:
            return []
        held = {row.id: [line.id for line in self.pupils if line.class_id == row.id] for row in self.looked.classes}
        told = [(row, held[row.id]) for row in self.looked.classes if held[row.id]]
        return [(row, subject_tracks(self.looked.subjects, pupils, self.standings)) for row, pupils in told]

    @property
    def names_shown(self) -> bool:
        """Pupil by pupil, of a class or a year group; of the whole school there would be too many to read."""
        return self.looked.whose != WHOLE

    @property
    def any_target(self) -> bool:
        return any(one.with_target for one in self.tracks)


def targets_page(*, viewer: Viewer, asked: Asked, now: datetime) -> TargetsPage | None:
    """None when there is nothing of the kind, or it is not this person's to see."""
    looked = look(viewer=viewer, asked=asked, on=clock.day_of(now))
    if looked is None:
        return None
    rules = kept_rules(school=viewer.school)
    pupils = roll_of(school=viewer.school, looked=looked)
    ids = [line.id for line in pupils]
    told = standings(
        school=viewer.school,
        pupils=ids,
        subjects=[pk for pk, _ in looked.subjects],
        point=looked.point,
        assessment=looked.assessment.id,
        steps=rules.steps,
    )
    tracks = subject_tracks(looked.subjects, ids, told)
    sets = may_set(viewer.role, rules.teachers_set) and not looked.assessment.read_only
    return TargetsPage(looked, rules, pupils, told, tracks, sets)
