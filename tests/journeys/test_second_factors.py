"""Second proofs in a real browser: a passkey on the browser's own virtual authenticator, an app, a recovery code."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys import arranging
from tests.journeys.conftest import Arrive
from tests.journeys.product import Product
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.visitor import Visitor

STEP = 30


@contextmanager
def a_device(visitor: Visitor) -> Iterator[str]:
    """A device with a passkey in it, or room for one, whose owner always shows the right finger."""
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("WebAuthn.enable", {"enableUI": False})
    asked = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": asked})
    yield made["authenticatorId"]
    wire.detach()


def password_of(visitor: Visitor, name: str) -> str:
    return visitor.product.logins[name].password


def give_password(visitor: Visitor, name: str) -> None:
    visitor.page.goto("/sign-in")
    visitor.page.get_by_label("User name").fill(name)
    visitor.page.get_by_label("Password").fill(password_of(visitor, name))
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(visitor: Visitor, name: str) -> None:
    visitor.page.goto("/account")
    visitor.looks_everywhere(f"{name}_account")
    visitor.page.get_by_label("Your password").fill(password_of(visitor, name))
    visitor.press("Confirm")
    expect(visitor.page.get_by_role("heading", name="Add a passkey")).to_be_visible()


def leave(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(visitor.heading()).to_have_text("Sign in")


def is_home(visitor: Visitor) -> None:
    expect(visitor.heading()).to_contain_text("Good ")


def code_now(secret: str) -> str:
    return pyotp.TOTP(secret).now()


def next_code(secret: str) -> str:
    """The code after this one, as an app shows it whose clock is half a minute ahead: it is let in as well."""
    return pyotp.TOTP(secret).at(time.time() + STEP)


def test_a_passkey_is_made_and_lets_its_owner_in_with_and_without_password(arrive: Arrive) -> None:
    wilf = arrive("wilf")
    with a_device(wilf):
        confirm(wilf, "wilf")
        wilf.page.get_by_label("What to call it").fill("Office computer")
        wilf.looks_everywhere("account_confirmed")
        wilf.press("Add a passkey")
        wilf.sees("Your recovery codes")
        wilf.looks_everywhere("recovery_codes")
        wilf.page.get_by_role("link", name="I have kept them, go on").click()
        expect(wilf.page.get_by_role("row", name=re.compile("Passkey: Office computer"))).to_be_visible()
        wilf.looks_everywhere("account_with_passkey")
        leave(wilf)

        give_password(wilf, "wilf")
        wilf.sees("Second proof")
        wilf.looks_everywhere("second_factor_passkey")
        wilf.press("Use your passkey")
        is_home(wilf)
        leave(wilf)

        wilf.looks_everywhere("sign_in_with_passkey")
        wilf.press("Sign in with a passkey")
        is_home(wilf)
        expect(wilf.page.get_by_role("link", name="Wilf Wren, Class teacher, 1W")).to_be_visible()


def test_a_device_without_the_passkey_says_so_and_signs_nobody_in(arrive: Arrive) -> None:
    stranger = arrive()
    with a_device(stranger):
        stranger.page.goto("/sign-in")
        stranger.press("Sign in with a passkey")

        expect(stranger.page.get_by_text("Nothing was confirmed, or it took too long.")).to_be_visible()
        expect(stranger.page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()
        stranger.looks()


def test_an_app_and_a_recovery_code_by_keyboard(arrive: Arrive) -> None:
    femi = arrive("femi")
    confirm(femi, "femi")
    tab_to(femi, "Add an app")
    femi.page.keyboard.press("Enter")
    femi.sees("Add an authenticator app")
    femi.looks_everywhere("new_app")
    secret = femi.page.locator("code.secret").inner_text().replace(" ", "")
    used = code_now(secret)
    tab_to(femi, "The code it shows now")
    femi.page.keyboard.type(used)
    femi.page.keyboard.press("Enter")
    expect(femi.heading()).to_have_text("Your recovery codes")
    codes = femi.page.locator("ol.codes code").all_inner_texts()
    tab_to(femi, "I have kept them, go on")
    femi.page.keyboard.press("Enter")
    leave(femi)

    femi.expecting(422)
    give_password(femi, "femi")
    femi.looks_everywhere("second_factor_app")
    expect(femi.page.get_by_label("Code of your app")).to_be_focused()
    femi.page.keyboard.type(used)
    femi.page.keyboard.press("Enter")
    expect(femi.page.get_by_role("alert")).to_contain_text("That code was not accepted.")
    femi.looks_everywhere("second_factor_refused")
    femi.page.get_by_label("Code of your app").fill(next_code(secret))
    femi.page.keyboard.press("Enter")
    is_home(femi)
    leave(femi)

    for attempt in ("taken", "refused"):
        give_password(femi, "femi")
        if attempt == "taken":
            tab_to(femi, "Use a recovery code")
            femi.page.keyboard.press("Enter")
            tab_to(femi, "Recovery code")
            femi.page.keyboard.type(codes[0].upper())
            femi.page.keyboard.press("Enter")
            is_home(femi)
            leave(femi)
        else:
            femi.page.get_by_text("Use a recovery code").click()
            femi.page.get_by_label("Recovery code").fill(codes[0])
            femi.press("Sign in with the recovery code")
            expect(femi.page.get_by_role("alert")).to_contain_text("That recovery code was not accepted.")
            femi.looks()


def test_whose_role_must_have_a_proof_sets_one_up_before_anything_opens(arrive: Arrive, product: Product) -> None:
    arranging.must_have_a_factor(product, "asha", must=True)
    asha = arrive()
    with a_device(asha):
        give_password(asha, "asha")
        asha.sees("Protect your account")
        asha.looks_everywhere("protect")
        asha.page.goto("/pupils/")
        expect(asha.heading()).to_have_text("Sign in")
        asha.page.goto("/protect")
        tab_to(asha, "What to call it")
        asha.page.keyboard.type("Tablet")
        asha.page.keyboard.press("Enter")
        asha.sees("Your recovery codes")
        asha.page.get_by_role("link", name="I have kept them, go on").click()
        is_home(asha)
    arranging.must_have_a_factor(product, "asha", must=False)


def test_somebody_of_two_schools_goes_over_to_the_other(arrive: Arrive, product: Product) -> None:
    arranging.also_teaches_at(product, "lena", "100002")
    lena = arrive("lena")

    tab_to(lena, "Change school")
    lena.page.keyboard.press("Enter")
    expect(lena.page.get_by_role("button", name="Thornhill Primary School")).to_be_visible()
    lena.looks_everywhere("change_school")
    tab_to(lena, "Thornhill Primary School")
    lena.page.keyboard.press("Enter")

    expect(lena.page.locator(".whose .school")).to_contain_text("Thornhill Primary School")
    is_home(lena)
    lena.page.goto("/account")
    lena.looks_everywhere("account_of_two_schools")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_leader_of_the_demo_signs_in_with_the_printed_secret(arrive: Arrive, scripts: bool) -> None:
    theo = arrive(scripts=scripts)
    secret = theo.product.logins["theo"].totp_secret
    assert secret

    give_password(theo, "theo")
    # The other of the two tests may have used this step up.
    theo.page.get_by_label("Code of your app").fill(code_now(secret) if scripts else next_code(secret))
    theo.press("Sign in with the code")

    is_home(theo)


def test_without_scripts_a_sentence_stands_where_a_passkey_would(arrive: Arrive) -> None:
    stranger = arrive(scripts=False)

    stranger.page.goto("/sign-in")

    expect(stranger.page.get_by_text("This browser does not offer passkeys here")).to_be_visible()
    expect(stranger.page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
