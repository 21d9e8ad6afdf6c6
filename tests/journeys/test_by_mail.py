"""A school arrives and its first administrator comes in by mail; who forgot their password comes back by it."""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor

GOOD, NEW = "Lantern-otter-teapot-47", "Gondola-Badger-trumpet-9"
WILLOW = ("--urn", "100009", "--la", "823", "--estab", "2009", "--name", "Willow Primary School")
WENDY = ("--administrator", "Wendy Willow", "--email", "wendy@willow.example")


def follow(visitor: Visitor, subject: str) -> None:
    """Waits for the mail and opens the link in it."""
    mail = visitor.page.locator("article", has=visitor.page.get_by_role("heading", name=subject))
    for _ in range(60):
        visitor.page.goto("/outbox")
        if mail.count():
            break
        visitor.page.wait_for_timeout(500)
    mail.first.get_by_role("link").first.click()


@pytest.fixture(scope="session")
def willow(product: Product) -> None:
    """A new school, on the product's own database."""
    product.asked("schools", "add", *WILLOW, *WENDY, "--home", str(product.home))


@pytest.mark.usefixtures("willow")
def test_a_new_schools_administrator_takes_the_invitation_up_and_is_led_on(arrive: Arrive) -> None:
    wendy = arrive()
    wendy.expecting(410, 422)
    follow(wendy, "Your place at Willow Primary School in iTRACK")
    wendy.page.go_back()
    wendy.looks_everywhere("outbox")
    link = wendy.page.locator("a[href*='/invitation/']").first.get_attribute("href")
    assert link
    wendy.page.goto(link)

    wendy.sees("Your place at Willow Primary School")
    assert link.rpartition("/")[2] not in wendy.page.url
    wendy.looks_everywhere("invitation")
    wendy.page.get_by_label("User name").fill("hana")
    wendy.page.get_by_label("Password", exact=True).fill("short")
    wendy.press("Make the account mine")
    expect(wendy.page.get_by_role("alert")).to_contain_text("your invitation is still good")
    expect(wendy.page.locator("#u-error")).to_contain_text("Nobody has: wendy.willow")
    wendy.looks_everywhere("invitation_refused")

    wendy.page.get_by_label("User name").focus()
    wendy.page.keyboard.press("ControlOrMeta+A")
    wendy.page.keyboard.type("Wendy")
    wendy.page.keyboard.press("Tab")
    wendy.page.keyboard.type(GOOD)
    wendy.page.keyboard.press("Enter")

    expect(wendy.page).to_have_url(re.compile("/protect"))
    secret = "".join(wendy.page.locator("code.secret").inner_text().split())
    wendy.page.get_by_label("The code it shows now").fill(pyotp.TOTP(secret).now())
    wendy.press("Add this app and go on")
    wendy.go("I have kept them, go on")
    expect(wendy.heading()).to_contain_text("Good ")
    expect(wendy.page.locator("main")).to_contain_text("Year and terms")
    late = arrive()
    late.expecting(410)
    late.page.goto(link)
    late.sees("This link leads nowhere")
    late.looks_everywhere("link_gone")


def test_who_forgot_the_password_sets_a_new_one_by_mail(arrive: Arrive, product: Product) -> None:
    raj = arrive()
    raj.expecting(422)
    raj.page.goto("/sign-in")
    raj.go("Forgotten your password or user name?")
    raj.sees("Forgotten your password or user name?")
    raj.looks_everywhere("forgotten")
    raj.page.get_by_label("Your user name, or your e-mail address").fill("raj@oakfield.example")
    raj.page.keyboard.press("Enter")
    raj.sees("Look in your mail")
    raj.looks_everywhere("help_is_coming")

    follow(raj, "A new password for iTRACK")
    raj.sees("Set a new password")
    raj.looks_everywhere("new_password")
    raj.page.get_by_label("Password", exact=True).fill("Oakfield-2026")
    raj.press("Set this password")
    expect(raj.page.get_by_role("alert")).to_contain_text("The old one stays, and your link is still good.")
    raj.looks_everywhere("new_password_refused")
    raj.page.get_by_label("Password", exact=True).fill(NEW)
    raj.press("Set this password")

    expect(raj.heading()).to_contain_text("Good ")
    raj.press("Sign out")
    raj.page.get_by_label("User name").fill("raj")
    raj.page.get_by_label("Password", exact=True).fill(NEW)
    raj.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(raj.heading()).to_contain_text("Good ")


def test_who_forgot_the_user_name_is_sent_it_without_scripts_too(arrive: Arrive) -> None:
    nia = arrive(scripts=False)
    nia.page.goto("/forgotten")
    nia.page.get_by_label("Your user name, or your e-mail address").fill("nia@oakfield.example")
    nia.press("Send my user name")
    expect(nia.heading()).to_have_text("Look in your mail")

    follow(nia, "Your user name for iTRACK")

    expect(nia.heading()).to_have_text("Sign in")
