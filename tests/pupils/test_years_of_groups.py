"""Which years the classes are of that two records of a pupil name: asked of one school, whatever else can be seen."""

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.queries.merging import years_of_groups
from tests.assessment.conftest import a_class
from tests.cast import Cast, a_pupil


def test_a_class_of_another_school_is_not_told_of_even_where_both_schools_are_seen(cast: Cast) -> None:
    classes = {}
    for school, head in ((cast.oakfield, "hana"), (cast.thornhill, "theo")):
        with writing(school):
            ada = a_pupil(cast.deed(head), "Bilberry", "Ada")
            classes[head] = a_class(cast.deed(head, ChangeSet.Kind.CLASSES), "4B", cast.people[head].member, [ada])

    with reading(cast.oakfield, cast.thornhill):
        years = years_of_groups(school=cast.oakfield, groups=set(classes.values()))

    assert years == {classes["hana"]: 2026}
