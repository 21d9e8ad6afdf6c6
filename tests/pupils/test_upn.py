"""Unique pupil numbers: the check letter, what cannot be one, and names as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.pupils.rules import (
    UPN_LETTERS,
    check_letter,
    has_known_authority,
    is_temporary_upn,
    name_key,
    why_not_a_upn,
)

BODIES = st.from_regex(rf"[0-9]{{11}}[0-9{UPN_LETTERS}]", fullmatch=True)


def by_hand(body: str) -> str:
    """The sum as one would write it on paper, letter by letter."""
    total = 0
    for place in range(12):
        worth = body[place]
        total += (place + 2) * (int(worth) if worth in "0123456789" else UPN_LETTERS.find(worth))
    while total >= 23:
        total -= 23
    return UPN_LETTERS[total]


@pytest.mark.parametrize(
    ("body", "letter"),
    [
        ("801200005001", "B"),  # 93 mod 23 = 1
        ("674123101121", "R"),  # Wales: 153 mod 23 = 15
        ("207000016049", "P"),  # 266 mod 23 = 13; help pages that print Q have added wrongly
        ("000000000000", "A"),
    ],
)
def test_the_check_letter_is_the_one_worked_out_on_paper(body: str, letter: str) -> None:
    assert check_letter(body) == letter
    assert why_not_a_upn(letter + body) == ""


@given(BODIES)
def test_every_body_has_one_right_letter_and_twenty_two_wrong_ones(body: str) -> None:
    right = [letter for letter in UPN_LETTERS if not why_not_a_upn(letter + body)]

    assert right == [by_hand(body)]


@given(BODIES, st.integers(1, 12), st.sampled_from("0123456789"))
def test_one_mistyped_digit_is_always_noticed(body: str, place: int, digit: str) -> None:
    upn = check_letter(body) + body

    mistyped = upn[:place] + digit + upn[place + 1 :]

    assert (why_not_a_upn(mistyped) == "") == (mistyped == upn) or (place == 12 and is_temporary_upn(upn))


@pytest.mark.parametrize(
    ("upn", "told"),
    [
        ("H82329982611", "has 12 characters"),
        ("H8232998261123", "has 14 characters"),
        ("I823299826112", "I, O and S"),
        ("1823299826112", "not a letter and 12 digits"),
        ("H82329982611S", "I, O and S"),
        ("H8232998261١2", "not a letter and 12 digits"),
        ("J823299826112", "its digits call for H"),
    ],
)
def test_what_cannot_be_a_upn_says_why(upn: str, told: str) -> None:
    assert told in why_not_a_upn(upn)


def test_a_temporary_upn_ends_in_a_letter() -> None:
    body = "82329982601A"
    upn = check_letter(body) + body

    assert why_not_a_upn(upn) == ""
    assert is_temporary_upn(upn)
    assert not is_temporary_upn("H823299826112")
    assert not is_temporary_upn("")


@pytest.mark.parametrize(
    ("authority", "known"), [("823", True), ("674", True), ("943", True), ("999", False), ("00A", False)]
)
def test_an_authority_is_looked_up(authority: str, known: bool) -> None:
    assert has_known_authority(f"A{authority}200000000") is known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Llwyd-Evans", "Gwenllïan"), ("LLWYD EVANS", "gwenllian")),
        (("O’Brannock", "Zoë"), ("O'Brannock ", "Zoe")),
        (("Łukasz", "Søren"), ("Lukasz", "Soren")),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert name_key(*one) == name_key(*other)


def test_different_names_have_different_keys() -> None:
    assert name_key("Ash", "Leyla") != name_key("Ashley", "La")
