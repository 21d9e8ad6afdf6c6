"""What people may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.accounts.rules_people import (
    name_fault,
    near_names,
    settled_user_name,
    suggested,
    tidy_name,
    user_name_fault,
)


@given(st.text(max_size=60))
def test_whatever_passes_as_a_user_name_is_plain_and_has_one_spelling(typed: str) -> None:
    name = settled_user_name(typed)

    if not user_name_fault(name):
        assert name.isascii()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-")
        assert settled_user_name(name.upper()) == name


@given(st.text(max_size=60), st.text(max_size=60))
def test_suggested_names_will_do_and_are_free(typed: str, person: str) -> None:
    near = near_names(typed, person)
    taken = set(near[::2])

    found = suggested(typed, person_name=person, taken=taken)

    assert len(found) == len(set(found)) <= 3
    assert not any(user_name_fault(name) or name in taken for name in found)


@pytest.mark.parametrize(
    "name", ["Zoë O’Brien-Łukasz", "D'Arcy St. John", "Ng", "María José", "Mr. J. Smith, OBE", "李 明"]
)
def test_names_that_people_have_pass(name: str) -> None:
    assert name_fault(tidy_name(f"  {name} ")) == ""


@pytest.mark.parametrize(
    "name", ["", " ", "a.uk", "see evil.example now", "x/y", "<b>", "Tom\tHill", "Tom\u202eHill", "4B"]
)
def test_what_could_become_a_link_or_hide_something_is_refused(name: str) -> None:
    assert name_fault(tidy_name(name))
