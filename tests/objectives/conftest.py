"""A class to judge: Tom's 4B of two in Year 4 and one in Year 3, helped by Asha; Ruth's 4A; and Thornhill's Thea."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import Deed
from itrack.frameworks.models import DepthOption, Framework, Statement, Strand
from itrack.frameworks.rules.scale import FIRST_SCALE
from itrack.objectives.actions.saving import save_statements
from itrack.objectives.actions.use import use_objectives
from itrack.objectives.rules.marking import Cell, SavedStatements
from itrack.pupils.models import ClassHelper
from tests.assessment.conftest import a_class
from tests.cast import NOW, Cast, a_pupil

WORDS = ("Counts in sixes", "Counts in nines", "Finds 1,000 more or less")


@dataclass
class Classroom:
    """Ids by name. `strands` are Oakfield's, with three statements each: "Maths 4", "Maths 3", "Reading 4"."""

    cast: Cast
    group: int
    other_group: int
    pupils: dict[str, int]
    framework: int
    strands: dict[str, int]
    statements: dict[str, list[int]]
    theirs: dict[str, int]
    depths: dict[str, int] = field(default_factory=dict)

    def save(self, name: str, cells: dict[Cell, str], **more: object) -> SavedStatements:
        """Saves in that person's name in a window of their own."""
        with writing(self.cast.oakfield):
            told = {"at": NOW, **more}
            return save_statements(school=self.cast.oakfield, cells=cells, by=self.cast.people[name].member, **told)

    def cell(self, pupil: str, number: int = 1, strand: str = "Maths 4") -> Cell:
        return self.pupils[pupil], self.statements[strand][number - 1]

    def name(self, *cell: object) -> str:
        """The cell's field in the form."""
        return "{}-{}".format(*self.cell(*cell))


def a_framework(deed: Deed, name: str = "National curriculum") -> int:
    told = {"school_id": deed.school, "added_by_id": deed.change_set}
    made = Framework.objects.create(name=name, version="2014", kind="curriculum", owner="own", **told)
    for place, depth in enumerate(FIRST_SCALE):
        DepthOption.objects.create(
            framework=made, code=depth.code, name=depth.name, value=depth.value, taught=depth.taught,
            secure=depth.secure, position=place, **told,
        )  # fmt: skip
    return made.pk


def a_strand(
    deed: Deed, framework: int, subject: str, year: str, place: int, words=WORDS, name="Place value"
) -> tuple[int, list[int]]:
    told = {"school_id": deed.school, "added_by_id": deed.change_set, "framework_id": framework}
    strand = Strand.objects.create(
        subject=subject, from_year_group=year, to_year_group=year, name=name, position=place, **told
    ).pk
    made = [
        Statement.objects.create(
            strand_id=strand, code=f"{subject[:2].upper()}.{year}.{place}.{n}", text=text, position=n, **told
        ).pk
        for n, text in enumerate(words)
    ]
    return strand, made


@pytest.fixture
def room(cast: Cast) -> Classroom:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        years = {"Amara": "4", "Toby": "4", "Mei": "3", "Zainab": "4"}
        pupils = {first: a_pupil(deed, last, first, years[first]) for last, first in NAMES}
        classes = cast.deed("ada", ChangeSet.Kind.CLASSES)
        ours = a_class(classes, "4B", cast.tom.member, [pupils[name] for name in ("Amara", "Toby", "Mei")])
        ClassHelper.objects.create(
            school_id=cast.oakfield, group_id=ours, member_id=cast.asha.member, added_by_id=classes.change_set,
            added_at=NOW,
        )  # fmt: skip
        other = a_class(classes, "4A", cast.hana.member, [pupils["Zainab"]])
        framework = a_framework(cast.deed("hana", ChangeSet.Kind.FRAMEWORK))
        made = {
            f"{subject} {year}": a_strand(deed, framework, subject, year, place)
            for place, (subject, year) in enumerate((("Maths", "3"), ("Maths", "4"), ("Reading", "4")))
        }
        use_objectives(school=cast.oakfield, times={"maths": 1, "reading": 1}, by=cast.hana.member, at=NOW)
    strands = {name: strand for name, (strand, _) in made.items()}
    statements = {name: held for name, (_, held) in made.items()}
    return Classroom(cast, ours, other, pupils, framework, strands, statements, thornhills(cast))


def thornhills(cast: Cast) -> dict[str, int]:
    with writing(cast.thornhill):
        deed = cast.deed("theo")
        pupil = a_pupil(deed, "Thistle", "Thea")
        group = a_class(cast.deed("theo", ChangeSet.Kind.CLASSES), "T1", cast.theo.member, [pupil])
        strand, [statement, *_] = a_strand(deed, a_framework(deed), "Maths", "4", 0)
        use_objectives(school=cast.thornhill, times={"maths": 1}, by=cast.theo.member, at=NOW)
    return {"pupil": pupil, "group": group, "strand": strand, "statement": statement}


NAMES = (("Acorn", "Amara"), ("Barleycorn", "Toby"), ("Everglade", "Mei"), ("Candlewick", "Zainab"))
BORN = date(2018, 5, 1)
