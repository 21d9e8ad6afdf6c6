"""A figure as a page shows it, with the address of the names behind it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from itrack.curriculum.rules import BAND_OF
from itrack.reports.queries.asked import Asked, Unclear
from itrack.reports.rules.finding import inside
from itrack.reports.rules.groups import Group
from itrack.reports.rules.tally import SubjectTally
from itrack.ui.words import percent

SECURE, COUNTED, OUT = "secure", "counted", "out"
SAID = {SECURE: "at expected or above", COUNTED: "counted", OUT: "not counted"}


@dataclass(frozen=True, slots=True)
class Figure:
    """How many pupils, their share as text, and who they are. `spoken` is the link for who cannot see the table."""

    n: int
    share: str
    url: str
    spoken: str


def figure(asked: Asked, one: SubjectTally, part: str, n: int, group: Group | None = None) -> Figure:
    """`n` pupils of a part (a band, SECURE, COUNTED, OUT) of a subject, or of one group in it."""
    counted = len(one.counted)
    words = SAID.get(part) or BAND_OF[part].name.lower()
    whose = f"{group.division.title}: {group.part.words}, " if group else ""
    spoken = f"{whose}{words} in {inside(one.name)}: see names"
    url = names_url(asked, part, one.subject, group.value if group else "")
    return Figure(n, percent(n, counted) if counted else "", url, spoken)


def names_url(asked: Asked, part: str, subject: int | None = None, among: str = "") -> str:
    """The page of names of one figure: "expected" in a subject, or "counted" and "out" in any."""
    return f"{reverse('attainment-names')}?{urlencode(names_address(asked, part, subject, among))}"


def names_address(asked: Asked, part: str, subject: int | None, among: str) -> dict[str, str]:
    said = {name: text for name, text in asked.address.items() if name != "subject"}
    said |= {"subject": str(subject)} if subject is not None else {}
    return said | ({"among": among} if among else {}) | {"band": part}


def part_of(text: str, *, subject: bool) -> str:
    """Which figure's names are asked for. Raises Unclear."""
    parts = (COUNTED, OUT, SECURE, *BAND_OF)
    part = text or COUNTED
    if part not in parts:
        raise Unclear("band", f"There is no such band. There are: {', '.join(parts)}.")
    if part not in (COUNTED, OUT) and not subject:
        raise Unclear("subject", "A band is always of one subject. Choose which.")
    return part
