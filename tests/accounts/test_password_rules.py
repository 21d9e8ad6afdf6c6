"""What a password must be, told from the password and the words around its owner."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.accounts.rules_passwords import ALONE, BESIDE, LONGEST, TOO_LONG, faults, settled, too_long
from itrack.accounts.rules_words import WORDS, generated

TOM = ("Oakfield Primary School", "Tom Teacher", "tom", "tom.teacher@oakfield.example", "Hatfield")
GOOD = "mint-Bungalow-saucepan-8"


def told(password: str, *, second_factor: bool = False, classes: bool = True) -> list[str]:
    return faults(password, words=TOM, second_factor=second_factor, classes=classes)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "Three plain words 7",
        "Grüße an die Welt 7",
        "Ἄνδρα μοι Ἔννεπε Μοῦσα 9",
        "Correct-horse-7",
        "🦉Owls at dusk 31🦉",
    ],
)
def test_a_long_password_of_any_letters_and_signs_will_do(password: str) -> None:
    assert told(password) == []


def test_fifteen_characters_are_enough_alone_and_twelve_beside_a_second_factor() -> None:
    fourteen, twelve, eleven = "Lute-gecko-83x", "Lute-geck-83", "Lute-geck-8"
    assert (len(fourteen), len(twelve), len(eleven)) == (ALONE - 1, BESIDE, BESIDE - 1)

    assert told(fourteen) == ["It has 14 characters. It needs at least 15, because a password is all you sign in with."]
    assert told(fourteen + "q") == []
    assert told(twelve, second_factor=True) == []
    assert told(eleven, second_factor=True) == ["It has 11 characters. It needs at least 12."]


def test_a_password_of_128_characters_is_taken_whole_and_a_longer_one_is_refused_rather_than_cut() -> None:
    longest = (GOOD + " and more of the same, none of it twice: pebble, quiver, thimble, walnut 12 ") * 2
    longest = longest[:LONGEST]

    assert told(longest) == []
    assert told(longest + "x") == [TOO_LONG]
    assert told("Aa1-" * 2500) == [TOO_LONG]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("mint-bungalow-saucepan-8", "It needs a capital letter."),
        ("MINT-BUNGALOW-SAUCEPAN-8", "It needs a small letter."),
        ("mint-Bungalow-saucepan-x", "It needs a digit."),
        ("mint-bungalow-saucepan-x", "It needs a capital letter and a digit."),
        ("-----::::::;;;;;;", "It needs a capital letter, a small letter and a digit."),
    ],
)
def test_capitals_small_letters_and_digits_are_asked_for_as_long_as_the_policy_promises_them(
    password: str, said: str
) -> None:
    assert said in told(password)
    assert said not in told(password, classes=False)


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("Oakfield-mint-saucepan-8", "oakfield"),
        ("mint-saucepan-oakfield2026X", "oakfield"),
        ("0akf1eld-Saucepan-mint-8", "oakfield"),
        ("OÀKFIELD-saucepan-mint-8", "oakfield"),
        ("HATFIELD saucepan mint 8", "hatfield"),
        ("TomSaucepanMintPebble2026", "tom"),
        ("Saucepan.tom.pebble.2026", "tom"),
        ("iTrack-saucepan-mint-8", "itrack"),
        ("My-Passw0rd-saucepan-8", "password"),
    ],
)
def test_words_that_others_connect_with_the_owner_are_refused_by_name(password: str, word: str) -> None:
    assert any(f"“{word}”" in one for one in told(password))


def test_a_short_name_inside_another_word_is_no_reason_to_refuse() -> None:
    assert told("mint-Atomic-saucepan-8") == []


@pytest.mark.parametrize(
    ("password", "row"),
    [
        ("mint-Saucepan-12345", "12345"),
        ("mint-Saucepan-9876", "9876"),
        ("Mint-qwertyuiop-8", "qwertyuiop"),
        ("Mint-saucepan-edcba-8", "edcba"),
        ("Mint-saucepan-8888", "8888"),
        ("Mint-saucepan-!!!!!8", "!!!!!"),
    ],
)
def test_rows_of_the_alphabet_the_keyboard_and_one_sign_are_refused(password: str, row: str) -> None:
    assert told(password) == [f"It contains “{row}”, which follows the alphabet, the keyboard or itself."]


@pytest.mark.parametrize("password", ["Liberty-understudy-7", "Poverty-overstuffed-7"])
def test_a_row_that_happens_to_stand_in_a_word_is_let_pass(password: str) -> None:
    assert told(password) == []


@pytest.mark.parametrize("password", ["Aa1Aa1Aa1Aa1Aa1", "Monkey1Monkey1Mon", "Letmein Letmein 1"])
def test_what_a_program_would_guess_soon_is_refused_with_the_reason(password: str) -> None:
    [said] = told(password)

    assert said.startswith("A program would guess it soon.")


@pytest.mark.parametrize("sign", ["\x00", "\t", "\n", "\x7f", "\ud83e", "\uffff"])
def test_what_is_no_text_is_refused_in_words(sign: str) -> None:
    assert told(GOOD + sign) == ["It holds a character that is not text, such as a tab or half an emoji."]


def test_a_letter_and_its_accent_are_one_character_however_they_are_typed() -> None:
    composed, apart = "Crème-brûlée-à-midi-8", unicodedata.normalize("NFD", "Crème-brûlée-à-midi-8")
    assert composed != apart

    assert settled(composed) == settled(apart)
    assert settled("Ｆｕｌｌ ｗｉｄｔｈ") == "Full width"


def test_one_character_that_unfolds_into_many_cannot_pass_for_a_short_password() -> None:
    unfolding = "\ufdfa" * 20

    assert len(settled(unfolding)) > LONGEST
    assert too_long(unfolding)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_every_text_gets_an_answer_in_sentences(text: str, second_factor: bool) -> None:
    for said in told(text, second_factor=second_factor):
        assert said.endswith(".")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "Oakfield", "St Mary's", "Green", "Ann Lea"]), max_size=8))
def test_what_is_offered_satisfies_every_rule_whoever_it_is_for(around: list[str]) -> None:
    offered = generated(avoid=around)

    assert faults(offered, words=around, second_factor=False) == []
    assert not any(part in offered.casefold() for part in around if part in WORDS)


def test_what_is_offered_is_new_each_time_and_drawn_from_enough_plain_words() -> None:
    assert len({generated() for _ in range(200)}) == 200
    assert len(set(WORDS)) == len(WORDS) >= 1000
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8 for word in WORDS)
