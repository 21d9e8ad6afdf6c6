"""Mail as a real mail server receives it, and what is refused before one is asked."""

import smtplib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.refusal import Refused
from itrack.mailing.api import send
from itrack.mailing.rules.addresses import address_fault, one_line, settled_address
from tests.mailing.conftest import Sink

TOM = "tom@oakfield.example"


def test_a_mail_arrives_as_plain_text_from_whoever_runs_the_product(sink: Sink, settings) -> None:
    settings.OPERATOR = {"name": "Éducation & Söhne", "email": "help@example.org"}

    send(to=TOM, subject="Your place at St Mary’s", text="Dear Tómas,\n\nhttps://itrack.example/x\n")

    [(addressed, mail)] = sink.got
    assert addressed == [TOM]
    assert mail["Subject"] == "Your place at St Mary’s"
    assert mail["From"].addresses[0].display_name == "Éducation & Söhne"
    assert mail["Reply-To"] == "help@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == "Dear Tómas,\n\nhttps://itrack.example/x\n"


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        (f"{TOM}\nBcc: all@thornhill.example", "Hello"),
        (f"{TOM}\r\nBcc: all@thornhill.example", "Hello"),
        (f"{TOM}, theo@thornhill.example", "Hello"),
        (f"Tom <{TOM}>", "Hello"),
        ("", "Hello"),
        (TOM, "Hello\nBcc: all@thornhill.example"),
        (TOM, "Hello\x00"),
        (TOM, "x" * 10_000),
        (TOM, ""),
    ],
)
def test_nothing_can_be_slipped_into_the_head_of_a_mail(sink: Sink, to: str, subject: str) -> None:
    with pytest.raises(Refused):
        send(to=to, subject=subject, text="Hello")

    assert sink.got == []


@given(st.text(max_size=80))
def test_whatever_passes_as_an_address_is_one_line_and_one_address(words: str) -> None:
    address = settled_address(words)

    if not address_fault(address):
        assert address.isascii()
        assert address.count("@") == 1
        assert one_line(address)
        assert not set(address) & set(' ,;<>()[]"\\')


@pytest.mark.parametrize("address", [TOM, "o'brien+school@st-marys.sch.uk", "a.b@1st.example"])
def test_addresses_that_schools_have_pass(address: str) -> None:
    assert address_fault(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "tom",
        "tom@oakfield",
        "tom@@oakfield.example",
        ".tom@a.uk",
        "tom@-a.uk",
        "tоm@oakfield.example",
        "a" * 65 + "@a.uk",
    ],
)
def test_others_are_refused_with_a_sentence(address: str) -> None:
    assert "e-mail address" in address_fault(address)


def test_a_server_that_does_not_take_the_mail_is_an_error_to_be_tried_again(sink: Sink) -> None:
    sink.refuses = True

    with pytest.raises(smtplib.SMTPException):
        send(to=TOM, subject="Hello", text="Hello")
