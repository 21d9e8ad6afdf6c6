"""A school with many pupils in 4C, 5C and 6C, drawn by lot."""

from datetime import UTC, date, datetime
from random import Random

from itrack.foundation.tenancy.windows import writing
from itrack.pupils.models import Circumstance
from tests.cast import a_pupil
from tests.reports.school import Oakfield, a_class, mark

THREE = ("Reading", "Writing", "Maths")
SECURE = ("expected", "greater")


def fill(oakfield: Oakfield, seed: int, size: int = 24, letter: str = "C") -> dict[str, int]:
    """Puts `size` pupils in three classes of that letter, all about them and their marks by lot. The classes' ids."""
    lot = Random(seed)
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana")
        classes: dict[str, list[int]] = {f"{year}{letter}": [] for year in "456"}
        for n in range(size):
            name = lot.choice(list(classes))
            fields = {"sex": lot.choice("FFMM") if n else "", "first_language": lot.choice(["ENG", "POL", ""])}
            born = date(2023 - int(name[0]) - lot.choice((0, 1)), lot.randint(1, 12), 3)
            pupil = a_pupil(deed, f"Lot{chr(65 + n % 26)}", f"Pupil {letter}{n}", name[0], dob=born, **fields)
            classes[name].append(pupil)
            _circumstances(deed, pupil, lot)
        ids = {name: a_class(oakfield.cast, name, pupils) for name, pupils in classes.items()}
        for subject in THREE:
            drawn = {pupil: lot.choice("BWEEGGA-") for pupils in classes.values() for pupil in pupils}
            marks = {pupil: code for pupil, code in drawn.items() if code != "-"}
            mark(oakfield.cast.hana, subject, marks, at=datetime(2026, 11, lot.randint(4, 20), 9, tzinfo=UTC))
    return ids


def _circumstances(deed, pupil: int, lot: Random) -> None:
    told = []
    if lot.random() < 0.4:
        told.append(("sen", "2025-09-01", lot.choice("KKEN")))
    if lot.random() < 0.4:
        told.append(("fsm", "2025-09-01|ENG", "ENG"))
    for kind, key, code in told:
        Circumstance.objects.create(
            school_id=deed.school, added_by_id=deed.change_set, added_at=deed.at, pupil_id=pupil, kind=kind, key=key,
            code=code, starts=date(2025, 9, 1), ends=None,
        )  # fmt: skip
