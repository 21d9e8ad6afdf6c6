"""Every figure of every report of a school's attainment, as plain Python foretells it from the bare rows of that day.

Schools are drawn: what happened in one autumn, to whom, and what is asked of which day. What was not foretold, what
differs, and who is left out for another reason than was foretold: each is a failure that says where.
"""

from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import reading
from itrack.reports.catalogue.all import REPORTS
from tests.cast import Cast
from tests.oracle.asking import Question, answer_to
from tests.oracle.figures import disagreements
from tests.oracle.lived import LIVES, Life, Lived, a_school, schools
from tests.oracle.oracles import ORACLES, as_asked, foretold, of_a_teacher, questions, usual
from tests.oracle.rows import Rows, rows_of


def compared(school: Lived, asked: list[Question]) -> int:
    """How many figures are as foretold; fails at the first answer that is not."""
    known: dict[object, Rows] = {}
    figures = 0
    with reading(school.school):
        for question in asked:
            if question.seen not in known:
                known[question.seen] = rows_of(school.school, question.seen)
            told = foretold(as_asked(question, school), known[question.seen])

            assert disagreements(answer_to(as_asked(question, school), school.cast), told) == [], question
            figures += len(told.cells) + len(told.drawn) + len(told.out)
    return figures


@schools(4)
@given(life=LIVES, more=st.tuples(*(st.lists(questions(report), min_size=2, max_size=2) for report in ORACLES)))
def test_every_figure_is_what_the_rows_of_that_day_say(
    cast: Cast, life: Life, more: tuple[list[Question], ...]
) -> None:
    asked = [*(one for report in ORACLES for one in usual(report)), *(one for some in more for one in some)]
    asked += [of_a_teacher(one) for one in asked if REPORTS[one.report].may.admits(cast.tom)][::4]
    with a_school(cast, life) as school:
        assert compared(school, asked) > 5000
