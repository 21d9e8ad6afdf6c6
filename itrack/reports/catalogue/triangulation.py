"""One subject from every side, pupil by pupil, with judgement and test held against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from itrack.assessment.rules.standing import PointMark
from itrack.reports.catalogue.declared import Arithmetic, Report
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.queries.side_by_side import SideBySide, side_by_side
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Mark, Nothing, Out, Person, Row, Section, Table
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.prior import Prior
from itrack.reports.rules.side_by_side import FAR, Fit, bands_apart, fit, told
from itrack.reports.rules.transition import Stand

COUNTS = (
    Column("Judgement and test", numeric=False),
    Column("Pupils", share=True),
)
PARTS = (
    ("same", "In the same band", 0, 0),
    ("one", "One band apart", 1, 1),
    ("far", "Two bands or more apart", FAR, 9),
)
RULE = (
    "A result of the early years, phonics or Key Stage 1 stands as it was recorded; it is of another age and is not "
    "held against the judgement. Statements are those secure, of those taught, in the subject."
)


def overview(asked: Asked) -> Answer:
    pk, name = asked.subject or (0, "")
    found = side_by_side(asked, pk, name)
    inside_of = found.view.population.inside
    fits = _fit(found)
    known = {pupil for pupil in inside_of if _knows(found, pupil)}
    return Answer(
        denominator=(
            f"In view are {found.view.words}. Counted below: those with a judgement and at least one test at "
            f"{asked.point.name} that both have a band."
        ),
        sections=[_counts(name, fits), _by_pupil(found, fits, name)] if known else [],
        people=found.view.people,
        counted=frozenset(known),
        out=_outs(found, known),
        findings=told(fits, asked.whose.running, name, asked.point.name),
        standing={name: {pupil: _standing(found, fits, pupil) for pupil in inside_of}},
        rules=[RULE],
    )


def _fit(found: SideBySide) -> Fit:
    """Of those in view: the marks of a point are the whole school's."""
    inside_of = found.view.population.inside
    main, *tests = [
        {pupil: mark.band for pupil, mark in held.items() if mark.band and pupil in inside_of}
        for _, held in found.marks
    ] or [{}]
    return fit(main, dict(enumerate(tests)))


def _knows(found: SideBySide, pupil: int) -> bool:
    """Whether anything at all is known of the pupil here."""
    told_before = any(held[pupil].place for _, held in found.prior)
    return told_before or any(pupil in held for _, held in found.marks) or pupil in found.statements


def _counts(name: str, fits: Fit) -> Section:
    rows = [
        Row([words, Count(f"fit.{code}", fits.by(least, most), fits.both, f"{words.lower()} in {inside(name)}", name)])
        for code, words, least, most in PARTS
    ]
    few = [f"Under {FEW} have both: read it with care."] if 0 < len(fits.both) < FEW else []
    none = [] if fits.both else ["Nobody has both a judgement and a test with a band at this point."]
    return Section([Table("Judgement and test", COUNTS, rows)], notes=[*few, *none])


def _by_pupil(found: SideBySide, fits: Fit, name: str) -> Section:
    """The odd pairs first, then everybody by name; without the tests that nobody here has taken."""
    inside_of = found.view.population.inside
    taken = [(row, held) for n, (row, held) in enumerate(found.marks) if not n or inside_of & held.keys()]
    columns = [Column("Pupil", numeric=False), Column("Class", numeric=False)]
    columns += [Column(prior.title, short=_short(prior), numeric=False) for prior, _ in found.prior]
    columns += [Column(row.name if n else "Teacher", numeric=False) for n, (row, _) in enumerate(taken)]
    columns += [Column("Statements secure", short="Statements"), Column("Judgement and test", numeric=False)]
    pupils = sorted(inside_of, key=lambda pupil: found.view.people[pupil].order)
    odd = [pupil for pupil in pupils if pupil in fits.by(FAR)]
    rest = [pupil for pupil in pupils if pupil not in fits.by(FAR)]
    groups = (("Look again: two bands or more apart", odd), ("Everybody else" if odd else "", rest))
    shown = replace(found, marks=taken)
    rows = [_row(shown, fits, found.view.people[pupil], group) for group, some in groups for pupil in some]
    none = [row.name for row, held in found.marks if not any(held is other for _, other in taken)]
    notes = [f"Nobody here has a mark at this point in: {', '.join(none)}."] if none else []
    return Section([Table(f"{name}, side by side", columns, rows)], title="Pupil by pupil", notes=notes)


def _row(found: SideBySide, fits: Fit, one: Person, group: str) -> Row:
    cells: list[Cell] = [one, one.class_name, *_before(found.prior, one.id)]
    cells += [_mark(held, one.id) for _, held in found.marks]
    secure = found.statements.get(one.id)
    cells.append(f"{secure[0]} of {secure[1]}" if secure else "")
    cells.append(bands_apart(fits.apart[one.id]) if one.id in fits.apart else "")
    return Row(cells, group=group, note="look again" if fits.apart.get(one.id, 0) >= FAR else "")


def _before(prior: Sequence[tuple[Prior, Mapping[int, Stand]]], pupil: int) -> Iterator[Cell]:
    for about, held in prior:
        one = held[pupil]
        names = {step.code: step.name for step in about.steps}
        yield names[one.place] if one.place else Nothing(one.why) if one.why else ""


def _short(prior: Prior) -> str:
    return {"gld": "Early years", "phonics": "Phonics"}.get(prior.code, "Key Stage 1")


def _mark(held: Mapping[int, PointMark], pupil: int) -> Cell:
    mark = held.get(pupil)
    return Mark(mark.code, mark.band) if mark is not None else ""


def _standing(found: SideBySide, fits: Fit, pupil: int) -> str:
    """The marks of the point side by side, and how far they are apart."""
    said = [f"{row.name} {held[pupil].code}" for row, held in found.marks if pupil in held]
    apart = [bands_apart(fits.apart[pupil])] if pupil in fits.apart else []
    return ", ".join([*said, *apart])


def _outs(found: SideBySide, known: set[int]) -> list[Out]:
    inside_of, outside = found.view.population.inside, found.view.population.outside
    return [
        *(Out(pupil, "", "Nothing is recorded of this subject yet") for pupil in sorted(inside_of - known)),
        *(Out(pupil, "", why) for pupil, why in outside.items()),
    ]


REPORT = Report(
    name="triangulation",
    title="Side by side",
    answers="What early years, Key Stage 1, teacher, tests and statements say of each pupil in a subject.",
    counts="Pupils on roll at the point, with a judgement and a test that have a band.",
    may=READS_ATTAINMENT,
    arithmetic=Arithmetic.COUNTS,
    subject=Subject.ONE,
    work_out=overview,
)
