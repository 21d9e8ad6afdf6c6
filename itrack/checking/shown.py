"""A preview of moved marks as its page shows it: pupil by pupil, and apart those that need a decision or cannot go."""

from collections import defaultdict
from dataclasses import dataclass

from itrack.assessment.rules.standing import StandingMark
from itrack.checking.queries.moving import Preview
from itrack.checking.rules.moving import Act, Fate, Line, fates
from itrack.curriculum.rules import BAND_OF, Band
from itrack.ui.parts import Count

# So many conflicts can be chosen one by one; of more, the same is done to all.
SINGLE_CHOICES = 300


@dataclass(frozen=True, slots=True)
class MarkShown:
    """A mark as it stands: "W", its band, and whether it is an unconfirmed copy."""

    code: str
    band: Band | None
    copied: bool


@dataclass(frozen=True, slots=True)
class LineShown:
    """What becomes of one mark. `field` is the name of its choice; `there` is None where nothing stands."""

    pupil: int
    name: str
    subject: str
    before: MarkShown
    after: MarkShown | None
    there: MarkShown | None
    stays: bool
    reason: str
    field: str

    @property
    def same(self) -> bool:
        """Written and meant as before."""
        return self.after is not None and (self.after.code, self.after.band) == (self.before.code, self.before.band)


@dataclass(frozen=True, slots=True)
class PupilShown:
    """A pupil who can be ticked, with the marks that go or stand there already."""

    id: int
    name: str
    class_name: str
    lines: list[LineShown]
    meets: int


@dataclass(frozen=True, slots=True)
class PreviewShown:
    pupils: list[PupilShown]
    meeting: list[LineShown]
    refused: list[LineShown]
    counts: list[Count]
    going: int
    one_by_one: bool


def shown(found: Preview) -> PreviewShown:
    """The preview in the order of the pupils' names."""
    of_pupil: defaultdict[int, list[Line]] = defaultdict(list)
    for line in found.lines:
        of_pupil[line.mark.pupil].append(line)
    order = {subject: place for place, (subject, _) in enumerate(found.offered.subjects)}
    ordered = [(pupil, sorted(of_pupil[pupil], key=lambda line: order[line.mark.subject])) for pupil in found.pupils]
    told = fates(found.lines)
    meeting = _lines(found, ordered, Fate.MEETS)
    return PreviewShown(
        [
            _pupil(found, pupil, lines)
            for pupil, lines in ordered
            if any(line.fate is not Fate.REFUSED for line in lines)
        ],
        meeting,
        _lines(found, ordered, Fate.REFUSED),
        _counts(found.asked.act, told),
        sum(told.values()) - told[Fate.REFUSED],
        len(meeting) <= SINGLE_CHOICES,
    )


def _counts(act: Act, told: dict[Fate, int]) -> list[Count]:
    if act is Act.DELETE:
        return [Count("will be deleted", told[Fate.GOES])]
    said = {
        Fate.GOES: "go",
        Fate.THERE: "stand there already",
        Fate.MEETS: "meet another mark",
        Fate.REFUSED: "cannot go",
    }
    return [Count(words, told[fate]) for fate, words in said.items()]


def _lines(found: Preview, ordered: list[tuple[int, list[Line]]], fate: Fate) -> list[LineShown]:
    return [_line(found, line) for _, lines in ordered for line in lines if line.fate is fate]


def _pupil(found: Preview, pupil: int, lines: list[Line]) -> PupilShown:
    plain = [_line(found, line) for line in lines if line.fate in (Fate.GOES, Fate.THERE)]
    meets = sum(line.fate is Fate.MEETS for line in lines)
    return PupilShown(pupil, found.names.get(pupil, ""), found.classes.get(pupil, ""), plain, meets)


def _line(found: Preview, line: Line) -> LineShown:
    names, mark = dict(found.offered.subjects), line.mark
    subject = names[mark.subject] + (f" to {names[line.subject]}" if line.subject != mark.subject else "")
    after = MarkShown(line.becomes.code, BAND_OF.get(line.band), not mark.confirmed) if line.becomes else None
    return LineShown(
        mark.pupil,
        found.names.get(mark.pupil, ""),
        subject,
        _mark(mark),
        after,
        _mark(line.there) if line.there else None,
        line.fate is Fate.THERE,
        line.reason,
        f"at-{mark.pupil}-{line.subject}",
    )


def _mark(mark: StandingMark) -> MarkShown:
    return MarkShown(mark.code, BAND_OF.get(mark.band), not mark.confirmed)
