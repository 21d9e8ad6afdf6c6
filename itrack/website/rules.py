"""What is due and what is still to set up, as the home page says it."""

from dataclasses import dataclass
from datetime import date, timedelta

from itrack.foundation.viewer import LEADERS, MARKERS, OFFICE, Access, Viewer
from itrack.ui.words import count_of


def school_days_until(last: date, today: date) -> int:
    """Weekdays from today to that day, both included; 0 when it has passed. Knows no holidays."""
    return sum((today + timedelta(days=n)).weekday() < 5 for n in range((last - today).days + 1))


@dataclass(frozen=True, slots=True)
class SetUp:
    """How far a school has come in setting up its year: how many there are of each."""

    points: int
    subjects: int
    options: int
    pupils: int
    classes: int
    with_teacher: int


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the set-up list. `page` is the name of its page, empty for who may not open it; then `whose` tells."""

    name: str
    page: str
    state: str
    kind: str
    whose: str


EITHER = Access(LEADERS.roles | OFFICE.roles)
# Line, its page, who does it, and how to say so to others.
_STEPS: tuple[tuple[str, str, Access, str], ...] = (
    ("Year and terms", "year", EITHER, ""),
    ("Subjects", "subjects", LEADERS, "The head or an administrator adds them."),
    ("Mark scheme", "scheme", LEADERS, "The head or an administrator sets it up."),
    ("Pupils", "imports", OFFICE, "The office or an administrator imports them."),
    ("Classes", "classes", EITHER, ""),
    ("Teachers", "classes", EITHER, ""),
    ("The first mark", "mark", MARKERS, "A teacher enters it."),
)


def steps(found: SetUp, viewer: Viewer) -> list[Step]:
    """The set-up list as that person sees it: done, next, and what comes after. The first mark ends it."""
    told = [
        (found.points > 0, ""),
        (found.subjects > 0, count_of(found.subjects, "subject")),
        (found.options > 0, count_of(found.options, "mark")),
        (found.pupils > 0, count_of(found.pupils, "pupil")),
        (found.classes > 0, count_of(found.classes, "class")),
        (
            0 < found.classes == found.with_teacher,
            f"{found.with_teacher} of {found.classes} have a teacher" if found.classes else "",
        ),
        (False, ""),
    ]
    first_open = next(at for at, (done, _) in enumerate(told) if not done)
    return [
        Step(name, page if may.admits(viewer) else "", *_state(at, first_open, *told[at]), whose)
        for at, (name, page, may, whose) in enumerate(_STEPS)
    ]


def _state(at: int, first_open: int, done: bool, note: str) -> tuple[str, str]:
    if done:
        return (f"Done: {note}" if note else "Done"), "ok"
    if at == first_open:
        return (f"Next: {note}" if note and not note.startswith("0 ") else "Next"), "wait"
    return "Not yet", ""


@dataclass(frozen=True, slots=True)
class Due:
    """A line of what is due: what, a few words more, by when or how, and the page (name and its id) to do it on."""

    what: str
    note: str
    state: str
    kind: str
    page: str
    row: int | None = None
