"""The two demo schools: who works there, how large the cohorts are, and which children stand out.

Oakfield is the school a visitor tries the product with. Thornhill stands beside it and must never be seen from it; one
person looks after both for their trust.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from itrack.foundation.viewer import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

STORY_BEGINS: Final = 2024  # the academic year in which both schools began with the product
SEPTEMBERS: Final = (date(2024, 9, 9), date(2025, 9, 8), date(2026, 9, 7))
THIS_YEAR: Final = 2026  # the academic year that is under way when it ends


@dataclass(frozen=True, slots=True)
class Member:
    """`teaches` is the year group whose class this person has in every year of the story.

    Who has an `app` is asked for its code at sign-in; the others get in with their password.
    """

    username: str
    name: str
    job_title: str
    role: Role
    teaches: str = ""
    app: bool = False


@dataclass(frozen=True, slots=True)
class StandsOut:
    """A child to whom something rare applies: the `number`-th of the cohort that began Reception in `reception`.

    `says` sets fields of a Child; beside them "joins" (the day they came), "twin" (of the child before them) and
    "temporary" (they came with a temporary UPN).
    """

    reception: int
    number: int
    says: Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class DemoSchool:
    """`cohorts` gives the number of children by the year of Reception, leavers and late comers included.

    `neighbours` are schools that children come from: authority, establishment, URN and name. On the days
    of `imports` the office imported what its own system knew. `dips` says of a cohort by how much it is behind what
    cohorts are here.
    """

    urn: str
    la: str
    estab: str
    name: str
    town: str
    cohorts: Mapping[int, int]
    staff: tuple[Member, ...]
    head: str
    office: str
    neighbours: tuple[tuple[str, str, str, str], ...]
    imports: tuple[date, ...]
    class_names: Mapping[str, str] = field(default_factory=dict)
    stand_out: tuple[StandsOut, ...] = ()
    dips: Mapping[int, float] = field(default_factory=dict)
    trust: str = ""


TRUST: Final = "Elmshire Invented Trust"
# The same person in each school of the trust.
TARA: Final = Member("tara", "Tara Trust", "Trust officer", Role.TRUST)
TWO_OF_A_NAME: Final = {
    "forename": "Grace",
    "surname": "Fairclough",
    "sex": "F",
    "preferred_forename": "",
    "preferred_surname": "",
}
OAKFIELD = DemoSchool(
    urn="100001",
    la="823",
    estab="2001",
    name="Oakfield Primary School",
    town="Oakfield",
    cohorts={2019: 30, 2020: 30, 2021: 31, 2022: 30, 2023: 30, 2024: 30, 2025: 30, 2026: 30},
    staff=(
        Member("ada", "Ada Admin", "School business manager", Role.ADMINISTRATOR),
        Member("hana", "Hana Head", "Headteacher", Role.HEAD),
        Member("sena", "Sena Senco", "SENCO", Role.SENCO),
        Member("tom", "Tom Teacher", "Class teacher, 4B", Role.TEACHER, "4"),
        Member("asha", "Asha Assistant", "Teaching assistant", Role.ASSISTANT),
        Member("olu", "Olu Office", "Office manager", Role.OFFICE),
        Member("gus", "Gus Governor", "Governor", Role.GOVERNOR),
        Member("nia", "Nia Nightjar", "Class teacher, RH", Role.TEACHER, "R"),
        Member("wilf", "Wilf Wren", "Class teacher, 1W", Role.TEACHER, "1"),
        Member("femi", "Femi Swift", "Class teacher, 2R", Role.TEACHER, "2"),
        Member("kasia", "Kasia Lark", "Class teacher, 3E", Role.TEACHER, "3"),
        Member("raj", "Raj Martlet", "Class teacher, 5C", Role.TEACHER, "5"),
        Member("lena", "Lena Dove", "Class teacher, 6M", Role.TEACHER, "6"),
        TARA,
    ),
    head="hana",
    office="olu",
    neighbours=(("823", "2990", "199990", "Mossgate Primary School"), ("823", "2991", "199991", "Fennel Road School")),
    # Each September, and after each child who came later in a year.
    imports=tuple(sorted((*SEPTEMBERS, date(2025, 3, 10), date(2026, 1, 19), date(2026, 10, 15)))),
    # Hazel, Willow, Rowan, Elm, Birch, Cedar, Maple.
    class_names={"R": "RH", "1": "1W", "2": "2R", "3": "3E", "4": "4B", "5": "5C", "6": "6M"},
    stand_out=(
        StandsOut(2022, 11, TWO_OF_A_NAME),
        StandsOut(2024, 8, TWO_OF_A_NAME),
        StandsOut(2022, 30, {"joins": date(2026, 10, 12)}),
        StandsOut(2020, 12, {"leaving": date(2025, 5, 23)}),
        StandsOut(2021, 5, {"leaving": date(2026, 2, 13)}),
        StandsOut(2024, 19, {"leaving": date(2026, 10, 9)}),
        StandsOut(2023, 13, {"joins": date(2026, 1, 12), "from_abroad": True, "temporary": True}),
        StandsOut(
            2021,
            21,
            {"joins": date(2025, 3, 3), "from_abroad": True, "temporary": True, "upn_known_on": date(2026, 2, 9)},
        ),
        StandsOut(2020, 9, {"in_care": True}),
        StandsOut(2023, 2, {"in_care": True}),
        StandsOut(2022, 6, {"service": True}),
        StandsOut(2025, 14, {"service": True}),
        StandsOut(2020, 17, {"service": True}),
        StandsOut(2022, 4, {"twin": True}),
        StandsOut(2025, 20, {"twin": True}),
    ),
    dips={2023: 0.5},
    trust=TRUST,
)
THORNHILL = DemoSchool(
    urn="100002",
    la="823",
    estab="2002",
    name="Thornhill Primary School",
    town="Thornhill",
    cohorts={2019: 8, 2020: 8, 2021: 9, 2022: 8, 2023: 9, 2024: 9, 2025: 8, 2026: 9},
    staff=(
        Member("theo", "Theo Head", "Headteacher", Role.HEAD, app=True),
        Member("pip", "Pip Office", "Office manager", Role.OFFICE),
        TARA,
    ),
    head="theo",
    office="pip",
    neighbours=(("823", "2992", "199992", "Upper Combe School"),),
    imports=SEPTEMBERS,
    stand_out=(StandsOut(2023, 3, {"service": True}), StandsOut(2021, 2, {"twin": True})),
    trust=TRUST,
)
SCHOOLS = (OAKFIELD, THORNHILL)
