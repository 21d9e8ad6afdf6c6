"""The class with what is known of each pupil and their last marks, on paper."""

from collections.abc import Iterator

from itrack.curriculum.rules import BAND_OF
from itrack.pupils.rules_answers import NO, UNKNOWN, YES
from itrack.pupils.rules_groups import BORN, CARE, DISADVANTAGE, JOINED, LANGUAGE, MEALS, SEN, SERVICE, SEX
from itrack.pupils.rules_joining import EARLIER, THIS_YEAR, USUAL
from itrack.reports.catalogue.declared import Arithmetic, Report
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.context import Context, context
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Mark, Out, Person, Row, Section, Table
from itrack.reports.rules.declared import READS_ATTAINMENT

# How each group is written in a narrow column: what is usual is left empty, what is not known is a question mark.
WRITTEN = {
    SEX.code: {"f": "G", "m": "B"},
    DISADVANTAGE.code: {YES: "D", NO: ""},
    MEALS.code: {YES: "M", NO: ""},
    SEN.code: {"support": "K", "plan": "E", "none": ""},
    CARE.code: {YES: "L", NO: ""},
    SERVICE.code: {YES: "S", NO: ""},
    LANGUAGE.code: {"eal": "EAL", "english": ""},
    BORN.code: {"autumn": "Aut", "spring": "Spr", "summer": "Sum"},
    JOINED.code: {USUAL: "", EARLIER: "earlier", THIS_YEAR: "this year"},
}
SHORT = {
    SEX.code: "Sex",
    DISADVANTAGE.code: "Dis.",
    MEALS.code: "Meals",
    SEN.code: "SEN",
    CARE.code: "Care",
    SERVICE.code: "Serv.",
    LANGUAGE.code: "EAL",
    BORN.code: "Born",
    JOINED.code: "Joined",
}
LEGEND = (
    "G girl, B boy; D disadvantaged; M free meals; K SEN support, E plan; L looked after; S service child; Aut, Spr "
    "and Sum are terms of birth. A ? is not recorded. Groups are as on the day the point opened."
)
BRACKETS = "A mark in brackets is of an earlier point than the one chosen. A mark is the last confirmed one."


def listing(asked: Asked) -> Answer:
    found = context(asked)
    return Answer(
        denominator=f"Listed are {found.view.words}.",
        sections=[_list(asked, found), _numbers(found)] if found.people else [],
        people=found.view.people,
        counted=found.view.population.inside,
        out=[Out(pupil, "", why) for pupil, why in found.view.population.outside.items()],
        standing={"": {one.id: ", ".join(spoken(found, one.id)) for one in found.people}},
        rules=[kind.rule for kind in found.kinds if kind.rule],
        groups_on=found.view.days.roll,
    )


def _list(asked: Asked, found: Context) -> Section:
    columns = [Column("Pupil", numeric=False)]
    columns += [Column(kind.title, short=SHORT[kind.code], numeric=False) for kind in found.kinds]
    columns += [Column(name, numeric=False) for _, name in asked.subjects]
    rows = [
        Row([one, *_groups(found, one.id), *marks(asked, found, one)], group=one.class_name or "No class")
        for one in found.people
    ]
    return Section([Table("Class list", columns, rows)], notes=[LEGEND, BRACKETS])


def _groups(found: Context, pupil: int) -> Iterator[Cell]:
    for kind in found.kinds:
        said = found.groups[pupil][kind.code]
        yield "?" if said == UNKNOWN else WRITTEN[kind.code].get(said, kind.groups[said])


def marks(asked: Asked, found: Context, one: Person) -> Iterator[Cell]:
    """The last mark in each subject, in brackets where it is not of the point asked about."""
    for pk, _ in asked.subjects:
        mark = found.last.get((one.id, pk))
        if mark is None:
            yield ""
        else:
            now = (mark.year, mark.slot) == (asked.point.year, asked.point.slot)
            yield Mark(mark.code if now else f"({mark.code})", mark.band if mark.band in BAND_OF else "")


def spoken(found: Context, pupil: int) -> Iterator[str]:
    """The groups of a pupil that are worth a word, in words."""
    for kind in found.kinds:
        said = found.groups[pupil][kind.code]
        if said != UNKNOWN and WRITTEN[kind.code].get(said) and kind.code not in (SEX.code, BORN.code):
            yield kind.groups[said]


def _numbers(found: Context) -> Section:
    """How many of the list are in each group, as far as this reader is told of it."""
    everybody = frozenset(one.id for one in found.people)
    rows = [
        Row([words, Count(f"{kind.code}-{code}", pupils, everybody, f"{kind.title}: {words}")], group=kind.title)
        for kind in found.kinds
        for code, words in kind.groups.items()
        if (pupils := frozenset(one.id for one in found.people if found.groups[one.id][kind.code] == code))
    ]
    columns = (Column("Group", numeric=False), Column("Pupils", share=True))
    return Section([Table("In numbers", columns, rows)], title="In numbers")


REPORT = Report(
    name="class-list",
    title="Class list",
    answers="Every pupil of a class with the groups they belong to and their last marks, to print.",
    counts="Pupils on roll at the point.",
    may=READS_ATTAINMENT,
    section=Place.PUPILS,
    arithmetic=Arithmetic.NONE,
    work_out=listing,
)
