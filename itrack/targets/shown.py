"""Targets as a table to take away: a row for each pupil and subject."""

from django.utils.text import slugify

from itrack.curriculum.rules import BAND_OF
from itrack.schools.api import year_title
from itrack.targets.api import TargetsPage
from itrack.targets.rules.standings import DENOMINATOR, Standing
from itrack.targets.rules.track import MEANS, NOT_THE_SAME, TRACK_WORDS
from itrack.ui.files import Cell, Export, Table

HEADS = ("Pupil", "Class", "Subject", "Assessment", "Target for", "Target", "Band wanted", "Set by", "Set on")
MARKS = ("Last mark", "Band of the mark", "Mark for", "Where", "At the target already", "Left out")


def targets_export(page: TargetsPage, school: str) -> Export:
    """Every pupil and subject looked at, with those left out and why."""
    looked = page.looked
    rows = [
        (
            line.name,
            line.class_name,
            name,
            looked.assessment.name,
            looked.point.title,
            *_row(page.standings[line.id, pk]),
        )
        for line in page.pupils
        for pk, name in looked.subjects
    ]
    about = [("Report", "Targets"), ("School", school), ("Pupils", looked.words), ("Target for", looked.point.title)]
    about += [("Classes as on", looked.day.isoformat()), ("What on track means", MEANS)]
    about += [
        ("On the way", " ".join(page.steps_in_words)),
        ("Not the same", NOT_THE_SAME),
        ("Who counts", DENOMINATOR),
    ]
    return Export(
        slugify(f"targets {looked.point.title.replace('/', '-')}"), [Table("Targets", (*HEADS, *MARKS), rows)], about
    )


def _row(one: Standing) -> tuple[Cell, ...]:
    target, mark = one.target, one.mark
    wanted: tuple[Cell, ...] = ("", "", "", None)
    if target:
        wanted = (target.code, BAND_OF[target.band].name, target.by, target.at.date())
    held: tuple[Cell, ...] = ("", "", "")
    if mark:
        band = BAND_OF[mark.band].name if mark.band else ""
        held = (mark.code, band, f"{mark.point}, {year_title(mark.year)}")
    where = TRACK_WORDS[one.track] if one.track else ""
    return (*wanted, *held, where, ("yes" if one.reached else "no") if one.track else "", one.out)
