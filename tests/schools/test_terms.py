"""A year's three terms, told from its assessment points."""

from datetime import date

from itrack.schools.rules import Term, terms_of


def test_a_year_that_is_not_set_up_has_the_usual_terms() -> None:
    assert terms_of(2026, {}) == [
        Term(2026, 1, date(2026, 9, 1), date(2026, 12, 18)),
        Term(2026, 2, date(2027, 1, 4), date(2027, 3, 26)),
        Term(2026, 3, date(2027, 4, 12), date(2027, 7, 22)),
    ]


def test_a_term_ends_with_the_last_point_the_school_uses() -> None:
    hidden = (date(2026, 9, 1), date(2026, 12, 23), False)
    used = (date(2026, 11, 2), date(2026, 12, 11), True)

    autumn = terms_of(2026, {1: hidden, 2: used})[0]

    assert (autumn.name, autumn.starts, autumn.ends) == ("Autumn term", date(2026, 9, 1), date(2026, 12, 11))


def test_where_every_point_of_a_term_is_hidden_their_dates_still_make_it() -> None:
    first, second = (date(2027, 1, 5), date(2027, 2, 10), False), (date(2027, 2, 22), date(2027, 3, 24), False)

    spring = terms_of(2026, {3: first, 4: second})[1]

    assert (spring.starts, spring.ends) == (date(2027, 1, 5), date(2027, 3, 24))
