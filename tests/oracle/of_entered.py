"""Marks entered: of every pupil in a class a mark in every subject asked for; a copy counts once it is confirmed."""

from dataclasses import dataclass
from datetime import date

from tests.cast import TODAY
from tests.oracle import sums
from tests.oracle.asking import Question
from tests.oracle.circumstances import year_group
from tests.oracle.figures import Exact, Foretold, Oracle, Who
from tests.oracle.rows import Mark, Rows


@dataclass(frozen=True)
class Expected:
    """A class in a subject: who is expected to have a mark, who has one, who has a copy that nobody has confirmed."""

    group: str
    subject: str
    pupils: frozenset[int]
    marked: frozenset[int]
    copied: frozenset[int]


def day_of(rows: Rows, slot: int) -> date:
    """Of a point that has closed since another opened the classes are those of its last day, else those of today."""
    closes = rows.points[slot]["closes_on"]
    later = any(closes < one["opens_on"] <= TODAY for one in rows.points.values())
    return closes if later else TODAY


def expected_of(rows: Rows, question: Question, assessment: str) -> list[Expected]:
    """Class by class and subject by subject, of classes with pupils."""
    day = day_of(rows, question.slot)
    here = {one: rows.class_on(one, day) for one in _on_roll(rows, question, day)}
    is_class = question.whose in {row["name"] for row in rows.classes}
    wanted = sorted({group for group in here.values() if group and (not is_class or group == question.whose)})
    return [
        _expected(rows, question, (group, subject, assessment), frozenset(one for one in here if here[one] == group))
        for group in wanted
        for subject in asked_for(rows, assessment)
    ]


def _on_roll(rows: Rows, question: Question, day: date) -> frozenset[int]:
    here = frozenset(pupil for pupil in rows.spells if rows.on_roll(pupil, day))
    if not question.whose.startswith("year-"):
        return here
    return frozenset(one for one in here if year_group(rows, one) == question.whose.removeprefix("year-"))


def asked_for(rows: Rows, assessment: str) -> list[str]:
    """The subjects of an assessment: those it is for, or all."""
    [only] = [row["subjects"] for row in rows.tests if row["name"] == assessment]
    return [name for name in rows.subjects if not only or rows.subject_ids[name] in only]


def _expected(rows: Rows, question: Question, where: tuple[str, str, str], pupils: frozenset[int]) -> Expected:
    group, subject, assessment = where

    def having(marks: list[Mark]) -> frozenset[int]:
        at = question.slot, subject, assessment
        return frozenset(m.pupil for m in marks if (m.slot, m.subject, m.assessment) == at) & pupils

    return Expected(group, subject, pupils, having(rows.marks), having(rows.copies))


def entered(rows: Rows, question: Question) -> Oracle:
    chosen = question.chosen.get("assessment", "")
    assessment = next((row["name"] for row in rows.tests if str(row["id"]) == chosen), rows.main)
    every = expected_of(rows, question, assessment)
    if not every:
        return Oracle()
    placed = frozenset().union(*(one.pupils for one in every))
    told = Oracle(people=placed, counted=placed)
    if question.whose == "all" or question.whose.startswith("year-"):
        day = day_of(rows, question.slot)
        classless = frozenset(one for one in _on_roll(rows, question, day) if not rows.class_on(one, day))
        told.people |= classless
        told.out = {(pupil, "", "In no class") for pupil in classless}
    for group in dict.fromkeys(one.group for one in every):
        _by_class(told, group, rows.teacher_of(group), [one for one in every if one.group == group])
    return told


def _by_class(told: Oracle, group: str, teacher: str, every: list[Expected]) -> None:
    done, total = sum(len(one.marked) for one in every), sum(len(one.pupils) for one in every)
    share = sums.share(done, total)
    cells: dict[str, Foretold] = {
        "Teacher": teacher or "no teacher yet",
        "Marks entered": Exact(done, f"{done:,}"),
        "Marks expected": Exact(total, f"{total:,}"),
        "Marks entered %": Exact(share, sums.percent(share)),
    }
    told.say("", group, cells | {one.subject: Who(one.marked, one.pupils) for one in every})
    told.cells["", group, "note"] = "" if done else "not started"
    for one in every:
        waiting: dict[str, Foretold] = {"Waiting for a mark": Who(one.pupils - one.marked)}
        waiting |= {"Entered": Who(one.marked, one.pupils), "Copied, not confirmed": Who(one.copied)}
        told.say(group, one.subject, waiting | {"Expected": Exact(len(one.pupils), f"{len(one.pupils):,}")})
