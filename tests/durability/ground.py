"""Run as a program on an empty home: makes the database as `itrack serve` does, and two small schools in it.

They have the numbers of the demo schools, so that `serve` takes these for them and brings no others.
"""

import sys
from datetime import date
from pathlib import Path

from itrack.config.cli import ground, serve
from itrack.config.launcher.api import start

PUPILS = 30


def a_class_of_thirty() -> None:
    """Tom's 4B at Oakfield, in the academic year that is on."""
    from itrack.foundation import clock
    from itrack.foundation.models import ChangeSet
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.versions import Deed, merge
    from itrack.pupils.models import Group, GroupPlace
    from itrack.schools.api import academic_year_on, set_up_year
    from tests.cast import a_pupil, build_cast

    now = clock.now()
    year = academic_year_on(clock.day_of(now))
    cast = build_cast()
    with writing(cast.oakfield):
        pupils = [a_pupil(cast.deed("olu"), f"Acorn{number:02}", "Amara") for number in range(PUPILS)]
        deed: Deed = cast.deed("ada", ChangeSet.Kind.CLASSES)
        set_up_year(school=cast.oakfield, year=year, change_set=ChangeSet.objects.get(pk=deed.change_set))
        group = Group(school_id=deed.school, year=year, name="4B", teacher_id=cast.tom.member)
        group.added_by_id = deed.change_set
        group.save()
        places = [(group.pk, pupil, date(year, 9, 1), None) for pupil in pupils]
        merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=places)


def main(home: Path) -> None:
    with start(home) as server:
        ground.set_up(home, server)
        serve._migrate(server)
        a_class_of_thirty()
        from django.db import connection

        connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
