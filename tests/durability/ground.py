"""Run as a program on an empty home: makes the database as `itrack serve` does, and two small schools in it.

They have the numbers of the demo schools, so that `serve` takes these for them and brings no others.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from itrack.config.cli import ground, serve
from itrack.config.launcher.api import start

if TYPE_CHECKING:
    from tests.cast import Cast

PUPILS, FEW = 30, 6
COLLEAGUES = tuple(f"teacher{number:02}" for number in range(1, 20))


def classes_to_mark() -> None:
    """Tom's 4B at Oakfield in the academic year that is on, and a small class for each of his colleagues."""
    from itrack.foundation import clock
    from itrack.foundation.models import ChangeSet
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import Role
    from itrack.schools.api import academic_year_on, set_up_year
    from tests.cast import build_cast, join

    year = academic_year_on(clock.day_of(clock.now()))
    cast = build_cast()
    teachers = {name: join(cast.oakfield, name, name.title(), "Teacher", Role.TEACHER) for name in COLLEAGUES}
    with writing(cast.oakfield):
        made = cast.deed("ada", ChangeSet.Kind.CLASSES).change_set
        set_up_year(school=cast.oakfield, year=year, change_set=ChangeSet.objects.get(pk=made))
        _class(cast, year, "4B", cast.tom.member, PUPILS)
        for name, viewer in teachers.items():
            _class(cast, year, f"Class of {name}", viewer.member, FEW)


def _class(cast: Cast, year: int, name: str, teacher: int, many: int) -> None:
    from itrack.foundation.models import ChangeSet
    from itrack.foundation.versions import merge
    from itrack.pupils.models import Group, GroupPlace
    from tests.cast import a_pupil

    pupils = [a_pupil(cast.deed("olu"), f"Acorn{number:02}", name) for number in range(many)]
    deed = cast.deed("ada", ChangeSet.Kind.CLASSES)
    group = Group(school_id=deed.school, year=year, name=name, teacher_id=teacher)
    group.added_by_id = deed.change_set
    group.save()
    places = [(group.pk, pupil, date(year, 9, 1), None) for pupil in pupils]
    merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=places)


def main(home: Path) -> None:
    with start(home) as server:
        ground.set_up(home, server)
        serve._migrate(server)
        classes_to_mark()
        from django.db import connection

        connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
