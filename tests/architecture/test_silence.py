"""Nothing of a pupil is left where it does not belong: logs, output, refusals, the queue, the audit log, addresses."""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from itrack.foundation import bulk
from itrack.foundation.routes import every_route
from itrack.foundation.tenancy.windows import writing
from itrack.imports.actions.queue import apply_queued
from itrack.imports.models import Batch
from itrack.imports.sources.refused import Refused as FileRefused
from tests.architecture.world import OURS, World, address, ask, text_of
from tests.cast import NOW
from tests.imports.ctf_maker import ctf, element, opened, pupil, texts, upn

SURNAME, FORENAME, STREET, PHONE, NUMBER = "Qzvorrel", "Ibbatine", "Xylograph Row", "01632 960987", upn(777)
TOKENS = (SURNAME, FORENAME, STREET, PHONE, NUMBER)
HOME = element("Address", texts({"Street": STREET})) + element("Phones", texts({"PhoneNo": PHONE}))
FILE = ctf(pupil(HOME, upn=NUMBER, surname=SURNAME, forename=FORENAME), pupil(surname=SURNAME, forename=None))


def told(text: str) -> list[str]:
    return [token for token in TOKENS if token.casefold() in text.casefold()]


@contextmanager
def the_log() -> Iterator[StringIO]:
    """Everything the program's own handler writes, from DEBUG up."""
    [console] = [one for one in logging.getLogger().handlers if one.get_name() == "console"]
    written, level, root = StringIO(), logging.getLogger().level, logging.getLogger()
    stream = console.setStream(written)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.setLevel(level)
        console.setStream(stream)


def upload(world: World) -> int:
    file = SimpleUploadedFile("roll.xml", FILE.encode())
    answer = world.client("olu").post("/import/file", {"file": file})
    assert answer.status_code == 302, answer.content
    with writing(world.ours.id):
        return Batch.objects.order_by("-pk").values_list("pk", flat=True)[0]


def kept_beside_the_record() -> str:
    """The queue, the sessions and the audit log as text."""
    tables = ("procrastinate_jobs", "procrastinate_events", "django_session", "foundation_auditentry")
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute("select coalesce(string_agg(t::text, '|'), '') from TABLE t".replace("TABLE", table))
            found += cursor.fetchone()
    return "".join(found)


def test_an_import_leaves_nothing_in_logs_output_queue_or_audit(world: World, capfd) -> None:
    with the_log() as log:
        batch = upload(world)
        client = world.client("olu")
        assert FORENAME in client.get(f"/import/{batch}").content.decode(), "the page itself must show the pupil"
        client.post(f"/import/{batch}/apply")
        apply_queued(school=world.ours.id, batch=batch, by=world.cast.olu.member, at=NOW)

    with writing(world.ours.id):
        assert Batch.objects.get(pk=batch).state == "applied"
        assert not told(kept_beside_the_record())
    assert not told(log.getvalue() + "".join(capfd.readouterr()))


def test_an_import_that_breaks_down_in_the_database_says_nothing_of_the_pupil(world: World, monkeypatch, capfd) -> None:
    batch = upload(world)
    # A column of another type than the program believes: PostgreSQL repeats the value and the line it came in.
    monkeypatch.setattr(bulk, "column_types", lambda model, columns: dict.fromkeys(columns, "integer"))

    with the_log() as log:
        with pytest.raises(psycopg.Error) as error, transaction.atomic():
            apply_queued(school=world.ours.id, batch=batch, by=world.cast.olu.member, at=NOW)
        logging.getLogger("procrastinate.worker").error("Job imports.apply failed", exc_info=error.value)

    assert told("".join(traceback.format_exception(error.value))), "nothing was quoted, so nothing could leak"
    assert "InvalidTextRepresentation" in log.getvalue(), "the log must still say what broke"
    assert not told(log.getvalue() + "".join(capfd.readouterr()))


def test_a_page_that_breaks_down_says_nothing_of_the_pupil(world: World, monkeypatch, capfd) -> None:
    batch = upload(world)

    def careless(**_: object) -> None:
        raise KeyError(f"{FORENAME} {SURNAME}")

    monkeypatch.setattr("itrack.imports.queries.batches.progress_of", careless)
    client = world.client("olu")
    client.raise_request_exception = False
    with the_log() as log:
        answer = client.get(f"/import/{batch}")

    assert answer.status_code == 500
    assert "KeyError" in log.getvalue()
    assert not told(log.getvalue() + answer.content.decode() + "".join(capfd.readouterr()))


@pytest.mark.parametrize(
    "broken", [FILE[:-40], FILE.replace("</Surname>", "</Forename>", 1), FILE.replace("</CTfile>", "")]
)
def test_a_broken_file_is_refused_without_quoting_it(broken: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        list(opened(broken))

    chain = "".join(traceback.format_exception(refusal.value))
    assert not told(str(refusal.value))
    assert not told("\n".join(line for line in chain.splitlines() if not line.startswith("    ")))


def test_no_address_title_or_header_names_a_pupil(world: World) -> None:
    client, shown, wrong = world.client("ada"), [], []
    for route in [route for route in every_route() if not route.declared.writes]:
        answer = ask(client, route, address(route, world.ours))
        page = text_of(answer)
        outside = [
            *re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
            *re.findall(r'(?:href|action|src|hx-get)="(.*?)"', page),
        ]
        shown.append(OURS[1] in page)
        if re.search("|".join(OURS), " ".join([*outside, repr(answer.headers)])):
            wrong.append(route.pattern)

    assert any(shown), "no page showed the pupil, so this proves nothing"
    assert not wrong, wrong


def test_the_audit_log_names_nobody(world: World) -> None:
    with writing(world.ours.id):
        said = kept_beside_the_record()

    assert "import.done" in said
    assert not re.search("|".join(OURS), said)
