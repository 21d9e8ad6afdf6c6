"""What nobody types on purpose, and a school in which all of it stands."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.http import HttpResponse

from itrack.assessment.actions import JUDGEMENT_KEY, JUDGEMENT_VALUES
from itrack.assessment.models import Judgement
from itrack.curriculum.api import add_subject
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import merge
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.models import Group, GroupPlace
from itrack.reports.catalogue.declared import Report
from tests.cast import NOW, Cast, a_pupil
from tests.reports.school import IN_SEPTEMBER, Oakfield, a_class, mark

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://nowhere.example","see")'
NAMES = (SCRIPT, FORMULA, "\u202egnol\u202c", "🐝 Bee", "@sum", "+1", "-1")
BIG = 2**63
NONSENSE = (
    *("x" * 9_000, "9" * 40, "-1", "²", "a\x00b", "\u202e🐝", "../%00", f"{SCRIPT}²", FORMULA),
    *(f"class-{BIG}", "class-²", "year-99", "2026-02-30", "9999-12-31", "1-2-3"),
)
FEW = ("nonsense", "\x00", "9" * 40, "0001-01-01")
CALM = {200, 400, 404, 409}


def calm(answer: HttpResponse) -> str:
    """The text of an answer that is a page with a heading and holds nothing that could run; fails for any other."""
    assert answer.status_code in CALM
    text = answer.content.decode()
    assert "<h1>" in text
    assert "<script>" not in text
    assert "Traceback" not in text
    return text


def fields_of(report: Report, role: str) -> list[str]:
    return [*report.asks.by(role).fields, "no_such_filter"]


class Hostile(Oakfield):
    """Oakfield, where names of pupils, of a class and of a subject try to be more than names. `empty` has nobody."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        with writing(cast.oakfield):
            add_subject(school=cast.oakfield, name=SCRIPT[:40], by=cast.hana.member, at=IN_SEPTEMBER)
            deed = cast.deed("hana", at=IN_SEPTEMBER)
            self.named = [a_pupil(deed, name, name) for name in NAMES]
            self.odd = a_class(cast, f"{FORMULA[:10]}<b>", self.named, teacher=None)
            self.empty = a_class(cast, "4Z", [])
            self.last_year = self._group(2025)
            for slot, at in ((1, datetime(2026, 10, 14, 9, tzinfo=UTC)), (2, NOW)):
                for subject in ("Reading", SCRIPT[:40]):
                    mark(cast.hana, subject, dict.fromkeys(self.named, "E"), at=at, slot=slot)
        with writing(cast.thornhill):
            opened = cast.deed("theo", ChangeSet.Kind.CLASSES, at=IN_SEPTEMBER)
            self.elsewhere = Group.objects.create(
                school_id=cast.thornhill, added_by_id=opened.change_set, year=2026, name="Fox"
            ).pk

    def _group(self, year: int) -> int:
        deed = self.cast.deed("hana", ChangeSet.Kind.CLASSES, at=IN_SEPTEMBER)
        return Group.objects.create(school_id=deed.school, added_by_id=deed.change_set, year=year, name="3X").pk

    def strangers(self) -> Iterator[tuple[str, str]]:
        """Filters that are somebody else's: a class of the other school, one of another year, a far subject."""
        yield "pupils", f"class-{self.elsewhere}"
        yield "pupils", f"class-{self.last_year}"
        yield "subject", str(BIG)
        yield "subject", "999999"


def cells_of(page: str) -> list[str]:
    """The addresses of the names behind the figures of a page."""
    found = re.findall(r'href="([^"]*/names\?[^"]*cell=[^"]*)"', page)
    return [one.replace("&amp;", "&") for one in dict.fromkeys(found)]


def more_pupils(cast: Cast, many: int) -> list[int]:
    """That many more pupils of Years 1 to 6, in twenty classes, put in with a few statements."""
    until = date(2027, 8, 31)
    entries = [
        PupilEntry(
            pupil=None,
            fields={"legal_surname": f"Many{n}", "legal_forename": "Kim", "dob": date(2018, 5, 1), "sex": "FM"[n % 2]},
            circumstances=[("year", "2026", str(n % 6 + 1), "", None, date(2026, 9, 1), until, None, True)],
            enrolment=(date(2025, 9, 1), None),
        )
        for n in range(many)
    ]
    with writing(cast.oakfield):
        pupils = store_pupils(deed=cast.deed("hana", at=IN_SEPTEMBER), entries=entries).pupils
        groups = _classes(cast)
        held = [(groups[place % len(groups)], pupil, date(2026, 9, 1), until) for place, pupil in enumerate(pupils)]
        deed = cast.deed("hana", ChangeSet.Kind.CLASSES, at=IN_SEPTEMBER)
        merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=held)
    return pupils


def _classes(cast: Cast) -> list[int]:
    """The twenty classes, made the first time."""
    there = Group.objects.filter(school_id=cast.oakfield, year=2026, name__startswith="C")
    if not there:
        for number in range(20):
            a_class(cast, f"C{number}", [])
    return list(there.values_list("pk", flat=True))


def mark_like(cast: Cast, pupils: list[int], *, like: int) -> None:
    """Gives all of them the marks that one pupil has, in a few statements."""
    with writing(cast.oakfield):
        rows = Judgement.objects.filter(school_id=cast.oakfield, pupil_id=like, ended_at__isnull=True)
        told = list(rows.values_list(*JUDGEMENT_KEY[1:], *JUDGEMENT_VALUES))
        deed = cast.deed("hana", ChangeSet.Kind.MARKS, at=NOW)
        marks = [(pupil, *mark) for pupil in pupils for mark in told]
        merge(Judgement, deed=deed, key=JUDGEMENT_KEY, values=JUDGEMENT_VALUES, rows=marks)
