"""What other domains may ask of schools."""

from itrack.schools.actions import SLOTS, NewSchool, add_school, set_up_year
from itrack.schools.queries import (
    PointRow,
    SchoolRow,
    academic_year_on,
    every_school,
    point_on,
    point_rows,
    points,
    school_by_urn,
    school_row,
    year_title,
)

__all__ = [
    "SLOTS",
    "NewSchool",
    "PointRow",
    "SchoolRow",
    "academic_year_on",
    "add_school",
    "every_school",
    "point_on",
    "point_rows",
    "points",
    "school_by_urn",
    "school_row",
    "set_up_year",
    "year_title",
]
