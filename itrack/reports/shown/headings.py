"""What a report is called and of what it is, as its page, its names and its PDF say it alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.http import urlencode

from itrack.foundation import clock
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.question import Asked, Offered, Subject
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.finding import listed
from itrack.schools.api import PointRow, academic_year_on, year_title
from itrack.ui.words import clock_time, long_date, plural, upper_first

THIS = {"pupils": "these", "choices": "these"}
OF_ONE_SUBJECT = (Subject.ONE, Subject.ONE_OR_TOGETHER)


def heading(report: Report, asked: Asked) -> str:
    """ "Marks entered: Whole school, Autumn 1, 2024/25"."""
    return about(report.title, asked)


def about(title: str, asked: Asked) -> str:
    """The title with whose and of which point. A point of another year than this is named with its year."""
    whose = f": {asked.whose.words}" if asked.asks.pupils else ""
    return f"{title}{whose}" + (f", {point_words(asked)}" if asked.asks.point else "")


def point_words(asked: Asked, point: PointRow | None = None) -> str:
    point = point or asked.point
    return point.name if point.year == academic_year_on(asked.today) else point.title


@dataclass(frozen=True, slots=True)
class BeganWith:
    """Why a report shows the point it does when the address names none, and the way to the other one."""

    words: str
    query: str
    other: str


def began_with(asked: Asked, offered: Offered, said: Mapping[str, str]) -> BeganWith | None:
    """`said` are the filters it was asked with. None where the point was named, or there is but one."""
    begins = offered.begins
    if begins is None or begins.running is None or begins.instead is None:
        return None
    running, other = begins.running, begins.instead
    words = f"{point_words(asked)} is the latest point."
    if running != asked.point:
        words = f"{point_words(asked)} is shown: no mark is in at {point_words(asked, running)} yet."
    kept = {name: said[name] for name in asked.asks.fields if said.get(name)}
    query = urlencode(kept | {"year": str(other.year), "point": str(other.slot)})
    return BeganWith(words, query, point_words(asked, other))


def lead(asked: Asked, now: datetime) -> str:
    """ "Reading, school year 2026/27, main assessment, as it stood on 23 November 2026 at 14:32."."""
    said = [*of_what(asked), *main_assessment(asked), stood(asked, now)]
    return f"{upper_first(', '.join(said))}."


def of_what(asked: Asked) -> list[str]:
    """The subject, where a report is of one alone, and the year."""
    subject = [asked.subject[1]] if asked.subject and asked.asks.subject in OF_ONE_SUBJECT else []
    return [*subject, *([f"school year {year_title(asked.point.year)}"] if asked.asks.year else [])]


def main_assessment(asked: Asked) -> list[str]:
    """Said where the report is of marks at a point and does not ask which; statements and scores are none."""
    return ["main assessment"] if asked.asks.point and not asked.chosen.keys() & {"assessment", "strand", "now"} else []


def stood(asked: Asked, now: datetime) -> str:
    if asked.as_at:
        return f"as it stood at the end of {long_date(asked.as_at)}"
    return f"as it stood on {long_date(clock.day_of(now))} at {clock_time(now.astimezone(clock.LONDON))}"


def beside_words(asked: Asked, answer: Answer) -> str:
    """How to read a report as at two days, "" where it is of one."""
    if asked.since is None:
        return ""
    day = long_date(asked.since)
    if answer.beside is None:
        return f"At the end of {day} there were no figures here that could stand beside these."
    return (
        f"Below each figure stands what it was at the end of {day}, and by how much it differs, worked out before "
        "rounding. Marks are codes: of them there is no difference."
    )


@dataclass(frozen=True, slots=True)
class UsualWords:
    """What a remembered view holds: "pupils and subject", and as its button says it."""

    short: str
    whole: str


def usual_words(remembered: Iterable[str]) -> UsualWords:
    """Of these filters by name; those that are neither pupils nor subject are the report's own."""
    names = set(remembered)
    own = len(names - {"pupils", "subject"})
    said: list[str] = [name for name in ("pupils", "subject") if name in names]
    said += [plural(own, "choice")] if own else []
    return UsualWords(listed(said), listed([f"{THIS.get(one, 'this')} {one}" for one in said]))
