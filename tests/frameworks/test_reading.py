"""What other domains read of frameworks."""

from datetime import date

import pytest
from django.http import Http404

from itrack.foundation.tenancy.windows import reading, writing
from itrack.frameworks import api
from itrack.frameworks.models import DepthOption, Framework, Statement, Strand
from itrack.frameworks.rules.scale import FIRST_SCALE


def made(cast, name: str = "Our curriculum", owner: str = "own", **years: int) -> int:
    """A framework with place value in Year 3, spelling in Years 3 to 4, and a retired statement."""
    school = cast.oakfield
    with writing(school):
        by = cast.deed("hana").change_set
        told = {"school_id": school, "added_by_id": by}
        one = Framework.objects.create(name=name, version="2014", kind="curriculum", owner=owner, **years, **told)
        for place, depth in enumerate(FIRST_SCALE):
            DepthOption.objects.create(
                framework=one, code=depth.code, name=depth.name, value=depth.value, taught=depth.taught,
                secure=depth.secure, position=place, **told,
            )  # fmt: skip
        spelling, place_value = (
            Strand.objects.create(
                framework=one,
                subject=subject,
                from_year_group="3",
                to_year_group=last,
                name=strand,
                position=at,
                **told,
            )
            for at, (subject, last, strand) in enumerate((("Writing", "4", "Spelling"), ("Maths", "3", "Place value")))
        )
        for at, (strand, code, retired) in enumerate(
            ((place_value, "M1", None), (spelling, "W1", None), (place_value, "M2", date(2026, 9, 1)))
        ):
            Statement.objects.create(
                framework=one, strand=strand, code=code, text=f"Can do {code}", position=at, retired_on=retired, **told
            )
    return one.pk


def test_statements_come_in_the_order_of_strands_for_a_subject_and_a_year_group(cast):
    framework, school = made(cast), cast.oakfield

    with reading(school):
        everything = api.statements(school=school, framework=framework)
        year_four = api.statements(school=school, framework=framework, year_group="4")
        maths = api.statements(school=school, framework=framework, subject="Mathematics", retired=True)

    assert [line.code for line in everything] == ["W1", "M1"]
    assert [line.code for line in year_four] == ["W1"]
    assert [line.code for line in maths] == ["M1", "M2"]
    assert everything[0].strand.band == "Years 3 to 4"


def test_a_framework_says_what_it_holds(cast):
    framework, school = made(cast), cast.oakfield

    with reading(school):
        line = api.framework(school=school, framework=framework)
        depths = api.depth_options(school=school, framework=framework)
        told = api.subjects_of(school=school, framework=framework)
        bands = api.year_bands(school=school, framework=framework, subject="Writing")

    assert (line.title, line.statements, line.locked) == ("Our curriculum, 2014", 2, False)
    assert (depths[0].code, depths[0].taught, depths[0].secure) == ("X", False, False)
    assert told == ["Writing", "Maths"]
    assert bands == [("3", "4")]


def test_the_framework_for_a_class_is_its_schools_own_of_that_year(cast):
    school = cast.oakfield
    shipped = made(cast, "Shipped", "shipped")
    own = made(cast, "Own", from_year=2026, until_year=2027)

    with reading(school):
        now = api.framework_for(school=school, year=2026, subject="maths", year_group="3")
        later = api.framework_for(school=school, year=2028, subject="maths", year_group="3")
        none = api.framework_for(school=school, year=2026, subject="maths", year_group="4")

    assert (now.id, later.id, none) == (own, shipped, None)


def test_another_school_finds_no_framework_of_ours(cast):
    framework = made(cast)

    with reading(cast.thornhill), pytest.raises(Http404):
        api.framework(school=cast.thornhill, framework=framework)
