"""Two browsers want one account, and somebody guesses at a password: what each person sees and can do about it."""

import re

from playwright.sync_api import expect

from itrack.accounts.rules_holdups import GUESSES
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor


def type_in(visitor: Visitor, name: str, password: str) -> None:
    visitor.page.goto("/sign-in")
    visitor.page.get_by_label("User name").fill(name)
    visitor.page.get_by_label("Password").fill(password)
    visitor.press(re.compile("^Sign in$"))


def guess_until_held(visitor: Visitor, name: str) -> None:
    for number in range(GUESSES.free):
        type_in(visitor, name, f"Wrong-{number}")
        expect(visitor.page.get_by_role("alert")).to_contain_text("That did not match.")
    type_in(visitor, name, "Wrong-again")


def test_who_was_put_out_is_told_and_puts_the_other_out(arrive: Arrive) -> None:
    nia = arrive("nia")
    other = arrive("nia")
    expect(other.page.get_by_role("status")).to_contain_text("You were signed in somewhere else too.")
    other.looks_everywhere("put_out")

    nia.go("Mark")

    nia.sees("Sign in")
    told = nia.page.get_by_role("alert")
    expect(told).to_contain_text("somebody signed in with your user name. Was this you?")
    nia.looks_everywhere("over_replaced")
    nia.press("It was not me")
    expect(told).to_contain_text("The other sign-in is over.")
    nia.looks()

    other.go("Pupils")
    other.sees("Sign in")
    expect(other.page.get_by_role("alert")).to_contain_text("This sign-in was ended from another browser.")


def test_somebody_who_guesses_waits_and_the_owner_does_not(arrive: Arrive) -> None:
    kasia, stranger = arrive("kasia"), arrive()
    kasia.press("Sign out")
    stranger.expecting(422, 429)

    guess_until_held(stranger, "kasia")

    told = stranger.page.get_by_role("alert")
    expect(told).to_contain_text(re.compile(r"Too many tries\. Wait \d+ seconds?\."))
    stranger.looks_everywhere("held_up")
    # Even with the right password, so that a guess that hits is not told from one that does not.
    type_in(stranger, "kasia", kasia.product.logins["kasia"].password)
    expect(told).to_contain_text("Too many tries.")

    kasia.sign_in("kasia")
