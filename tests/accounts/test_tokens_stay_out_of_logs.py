"""A link opens an account, so no log holds one: not when its page breaks down, not when its form has lapsed."""

import logging

import pytest
from django.test import Client

from itrack.foundation.discretion import Discreet
from tests.accounts.test_taking_up import invited
from tests.architecture.test_silence import the_log
from tests.cast import Cast


def test_a_page_that_breaks_down_logs_no_token(cast: Cast, monkeypatch, capfd) -> None:
    path = invited(cast)

    def careless(**_: object) -> None:
        raise KeyError(path)

    monkeypatch.setattr("itrack.accounts.views.following.followed", careless)
    client = Client(raise_request_exception=False)
    with the_log() as log:
        answer = client.get(path)
        logging.getLogger("waitress").error("Exception while serving %s", path)
        logging.getLogger("django.security.csrf").warning("Forbidden (%s): %s", "CSRF cookie not set.", path)

    token = path.rpartition("/")[2]
    assert answer.status_code == 500
    assert "/invitation/…" in log.getvalue()
    assert token not in log.getvalue() + answer.content.decode() + "".join(capfd.readouterr())


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_link_asked_in_another_way_logs_no_token(cast: Cast, method: str, capfd) -> None:
    path = invited(cast)

    with the_log() as log:
        getattr(Client(enforce_csrf_checks=True), method)(path)

    assert path.rpartition("/")[2] not in log.getvalue() + "".join(capfd.readouterr())


def test_the_log_still_tells_files_and_plain_addresses() -> None:
    line = "in /srv/itrack/promises/pupil_data_arrives_by_transfer_file_by_hand_x.py, of /school/people/17"

    said = Discreet().format(logging.LogRecord("x", logging.ERROR, "", 0, line, None, None))

    assert said == line
