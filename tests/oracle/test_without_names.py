"""What governors and the trust see is what is so, or is held back; of one to so many it is always held back.

That nothing held back can be worked out from what is shown is tried elsewhere (tests/reports/test_subtraction.py).
"""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.actions import settle_small_numbers
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.pack import Part, ask_pack, governor_pack
from itrack.reports.rules.answer import Hidden
from tests.cast import NOW, Cast
from tests.oracle.asking import CLOSED, THREE, USUAL, Question, answer_to
from tests.oracle.figures import cells_of
from tests.oracle.lived import LIVES, Life, Lived, a_school, schools
from tests.oracle.of_trust import add_up_autumn_1, dashboard_of
from tests.oracle.oracles import ORACLES
from tests.oracle.rows import rows_of
from tests.oracle.seen import beside
from tests.reports.trust import OakAndThorn

THORNHILL, FERNDALE = "Thornhill Primary School", "Ferndale Primary School"


def asked_by(who: str, cast: Cast) -> list[Question]:
    """All that there is to ask at the point that has closed, whoever's it is."""
    found = []
    for report in ORACLES:
        if REPORTS[report].may.admits(cast.people[who]):
            of = {"attainment": [*THREE, "Science"], "groups": [*THREE, "Science"]}.get(report, [""])
            found += [
                Question(report, seen=CLOSED, slot=1, subject=one, who=who, chosen=USUAL.get(report, {})) for one in of
            ]
    return found


OTHERS = st.fixed_dictionaries(
    {name: st.fixed_dictionaries({code: st.integers(0, 14) for code in "BWEG"}) for name in (THORNHILL, FERNDALE)}
)


@schools(3)
@given(life=LIVES, upto=st.sampled_from((5, 3, 8)), others=OTHERS)
def test_who_sees_no_names_sees_what_is_so_or_that_it_is_held_back(
    cast: Cast, life: Life, upto: int, others: dict[str, dict[str, int]]
) -> None:
    with a_school(cast, life, pupils=75) as school:
        with writing(school.school):
            settle_small_numbers(school=school.school, by=cast.hana.member, at=NOW, upto=upto)
        trust = OakAndThorn(cast, others)
        trust.gives(cast.thornhill, trust.ferndale)
        add_up_autumn_1(trust)
        with reading(school.school):
            seen = within_the_school(school, upto)
        of_schools(trust, upto)

    assert seen[True] > 100, "nothing is held back, so nothing is shown by this"
    assert seen[False] > 100


def within_the_school(school: Lived, upto: int) -> Counter[bool]:
    """How many figures are held back, and how many are shown and so."""
    seen: Counter[bool] = Counter()
    rows = rows_of(school.school, CLOSED, named=False)
    for question in (*asked_by("gus", school.cast), *asked_by("tara", school.cast)):
        answer = answer_to(question, school.cast)

        assert beside(answer, question, rows, upto) == [], question
        seen += Counter(isinstance(cell, Hidden) for cell, _ in cells_of(answer).values())
    for part in governor_pack(ask_pack(viewer=school.cast.gus, said={"year": "2026", "point": "1"}, now=NOW)[0]):
        assert beside(part.answer, as_in_the_pack(part), rows, upto) == [], part.report.name
    return seen


def as_in_the_pack(part: Part) -> Question:
    """What the part of the pack was asked."""
    subject = part.asked.subject[1] if part.asked.subject else ""
    return Question(part.report.name, seen=CLOSED, slot=1, subject=subject, chosen=part.asked.chosen, who="gus")


def of_schools(trust: OakAndThorn, upto: int) -> None:
    """The roll-ups of three schools, each by its own rule, as the trust sees them beside each other."""
    limits = {name: upto if pk == trust.cast.oakfield else 5 for pk, name in trust.names.items()}
    for subject in ("Reading", "Writing"):
        assert dashboard_of(trust, subject).wrong(limits) == [], subject
