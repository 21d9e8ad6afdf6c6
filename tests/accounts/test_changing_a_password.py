"""Changing one's own password on its page."""

import re

from django.contrib.auth.hashers import check_password
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from itrack.accounts.models import Person
from tests.cast import PASSWORD, Cast

NEW = "mint-Bungalow-saucepan-8"


def send(client: Client, **typed: str):
    return client.post("/account/password/set", {"current": PASSWORD, "password": NEW} | typed)


def is_now(cast: Cast, name: str, password: str) -> bool:
    return check_password(password, Person.objects.get(pk=cast.people[name].person).password)


def test_the_password_is_changed_and_this_browser_stays_signed_in(cast: Cast) -> None:
    browser = cast.client("tom")

    answer = send(browser)

    assert (answer.status_code, answer["Location"]) == (303, "/account/password?done")
    assert is_now(cast, "tom", NEW)
    page = browser.get(answer["Location"])
    assert page.status_code == 200
    assert "Your password was changed." in page.content.decode()


def test_a_copied_cookie_is_worth_nothing_after_the_change(cast: Cast) -> None:
    browser = cast.client("tom")
    thief = Client()
    thief.cookies["itrack_session"] = browser.cookies["itrack_session"].value
    assert thief.get("/").status_code == 200

    send(browser)

    assert thief.get("/").status_code == 302
    assert browser.get("/").status_code == 200


def test_the_registered_address_is_told_by_mail(cast: Cast) -> None:
    before = ProcrastinateJob.objects.count()

    send(cast.client("tom"))

    [job] = ProcrastinateJob.objects.order_by("-id")[: ProcrastinateJob.objects.count() - before]
    assert (job.task_name, job.args) == ("accounts.password_changed", {"person": cast.tom.person})


def test_without_the_password_of_now_nothing_changes(cast: Cast) -> None:
    browser = cast.client("tom")

    for wrong in ("", "not it at all 7X", PASSWORD + " "):
        answer = send(browser, current=wrong)
        assert answer.status_code == 422
        assert "That is not your password." in answer.content.decode()

    assert is_now(cast, "tom", PASSWORD)


def test_who_guesses_at_the_password_of_now_is_held_up(cast: Cast) -> None:
    browser = cast.client("tom")

    answers = [send(browser, current=f"Guess number {number}").status_code for number in range(8)]

    assert answers[0] == 422
    assert answers[-1] == 429
    assert send(browser).status_code == 429
    assert is_now(cast, "tom", PASSWORD)


def test_a_weak_one_is_refused_with_every_reason_beside_the_field(cast: Cast) -> None:
    answer = send(cast.client("tom"), password="oakfield7")

    page = answer.content.decode()
    assert answer.status_code == 422
    for reason in ("It has 9 characters.", "It needs a capital letter.", "It contains “oakfield”"):
        assert reason in page
    assert 'aria-invalid="true"' in page
    assert is_now(cast, "tom", PASSWORD)


def test_the_page_offers_one_that_can_be_taken_without_scripts_and_another_each_time(cast: Cast) -> None:
    browser = cast.client("tom")
    offers = [offered(browser) for _ in range(5)]
    assert len(set(offers)) == 5

    answer = send(browser, password="", thought_up=offers[-1])

    assert answer.status_code == 303
    assert is_now(cast, "tom", offers[-1])


def offered(browser: Client) -> str:
    page = browser.get("/account/password").content.decode()
    [found] = re.findall(r'name="thought_up" value="([^"]+)"', page)
    return found


def test_enter_sends_what_was_typed_rather_than_what_was_offered(cast: Cast) -> None:
    page = cast.client("tom").get("/account/password").content.decode()
    form = page.split('action="/account/password/set"')[1]

    assert "thought_up" not in re.findall(r"<button[^>]*>", form)[0]


def test_ten_thousand_characters_get_a_sentence(cast: Cast) -> None:
    answer = send(cast.client("tom"), password="Aa1-" * 2500)

    assert answer.status_code == 422
    assert "It is longer than 128 characters." in answer.content.decode()
