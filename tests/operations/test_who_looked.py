"""Who looked: read by leaders, filtered, kept for a year."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from itrack.foundation import audit, clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.routes import every_route
from itrack.foundation.tenancy.windows import reading, writing
from itrack.operations.api import forget_old_entries
from itrack.operations.rules import look_in_words
from tests.cast import Cast, a_pupil

NOW = clock.now()


@pytest.fixture
def amara(cast: Cast) -> int:
    with writing(cast.oakfield):
        return a_pupil(cast.deed("olu"), "Acorn", "Amara")


def page(cast: Cast, query: str = "") -> str:
    answer = cast.client("hana").get(f"/privacy/looks{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_look_at_a_pupils_record_is_shown_with_who_and_whom(cast: Cast, amara: int) -> None:
    cast.client("sena").get(f"/pupils/{amara}")

    told = page(cast)

    assert "Acorn, Amara" in told
    assert "Sena Senco" in told
    assert "Opened the pupil’s record" in told


def test_the_page_can_be_narrowed_to_one_pupil_one_colleague_and_some_days(cast: Cast, amara: int) -> None:
    cast.client("sena").get(f"/pupils/{amara}")
    today = clock.day_of(clock.now())

    assert "Who looked at Acorn, Amara" in page(cast, f"?pupil={amara}")
    assert "Opened the pupil’s record" in page(cast, f"?member={cast.sena.member}&since={today}&until={today}")
    assert "Opened the pupil’s record" not in page(cast, f"?member={cast.tom.member}")
    assert "Opened the pupil’s record" not in page(cast, f"?until={today - timedelta(days=1)}")


def test_nobody_is_said_to_have_seen_what_they_were_not_shown(cast: Cast, amara: int) -> None:
    tom = cast.client("tom")
    assert tom.get(f"/pupils/{amara}").status_code == 404, "Amara is in no class of his"
    assert tom.get("/pupils/999999").status_code == 404

    told = page(cast, f"?member={cast.tom.member}")

    assert "Opened the pupil’s record" not in told
    assert told.count("nothing was shown") == 2


def test_whoever_asked_for_what_is_not_theirs_or_not_for_their_role_is_shown(cast: Cast, amara: int) -> None:
    cast.client("sena").get(f"/pupils/{amara}")
    tom, gus = cast.client("tom"), cast.client("gus")
    tom.get("/targets/pupils/999999")
    gus.get(f"/pupils/{amara}")

    told = page(cast)

    assert told.count("not there or not theirs; nothing was shown") == 1
    assert told.count("not for their role; nothing was shown") == 1
    assert told.count("Opened the pupil’s record") == 1


def test_the_panel_beside_the_marks_is_a_look_too(cast: Cast, amara: int) -> None:
    assert cast.client("hana").get(f"/mark/results/{amara}").status_code == 200

    assert "Read a pupil’s results beside the marks" in page(cast, f"?pupil={amara}")


def test_what_was_taken_out_by_file_or_read_on_the_command_line_is_shown(cast: Cast) -> None:
    with writing(cast.oakfield):
        for verb in ("record.sent", "report.seen"):
            audit.record(school=cast.oakfield, by=cast.olu.member, at=NOW, verb=verb)

    told = page(cast, f"?member={cast.olu.member}")

    assert "Wrote pupils’ records into a transfer file" in told
    assert "Read a report on the command line" in told


@pytest.mark.parametrize("query", ["?pupil=x", "?since=2026-13-01", f"?member={'9' * 40}", "?before=-1", "?pupil=%00"])
def test_an_address_that_cannot_be_read_says_so_and_shows_the_rest(cast: Cast, query: str) -> None:
    assert "could not be read" in page(cast, query)


def test_the_other_schools_pupil_has_no_name_here(cast: Cast) -> None:
    with writing(cast.thornhill):
        theirs = a_pupil(cast.deed("theo"), "Quillfeather", "Zebedee")

    assert "Quillfeather" not in page(cast, f"?pupil={theirs}")


def test_more_than_a_hundred_looks_are_paged(cast: Cast, amara: int) -> None:
    with writing(cast.oakfield):
        for _ in range(120):
            audit.record(school=cast.oakfield, by=cast.tom.member, at=NOW, verb="pupil.seen", subject="pupil",
                         subject_id=amara)  # fmt: skip
    first = page(cast, f"?member={cast.tom.member}")

    assert first.count("Opened the pupil’s record") == 100
    older = first.split("?member=")[-1].split('"')[0].replace("&amp;", "&")
    assert page(cast, f"?member={older}").count("Opened the pupil’s record") == 20


def test_every_logged_page_has_words_for_its_look() -> None:
    logged = {route.declared.name for route in every_route() if route.declared and route.declared.logged}

    assert not [name for name in logged if look_in_words(f"{name}.seen").startswith(f"Opened {name[:5]}")]


def test_a_look_is_forgotten_after_a_year_and_not_a_day_before(cast: Cast) -> None:
    with writing(cast.oakfield):
        for days in (367, 364):
            audit.record(school=cast.oakfield, by=None, at=NOW - timedelta(days=days), verb="pupil.seen")
        before = AuditEntry.objects.count()

        assert forget_old_entries(school=cast.oakfield, at=NOW) == 1
        assert AuditEntry.objects.count() == before - 1


def test_the_database_holds_on_to_a_young_entry_whatever_the_program_says(cast: Cast) -> None:
    with writing(cast.oakfield):
        audit.record(school=cast.oakfield, by=None, at=NOW, verb="pupil.seen")
        with connection.cursor() as cursor:
            cursor.execute("delete from foundation_auditentry where verb = 'pupil.seen'")
        assert AuditEntry.objects.filter(verb="pupil.seen").exists()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update foundation_auditentry set verb = 'nothing'")


def test_nobody_can_forget_in_the_reading_window(cast: Cast) -> None:
    with reading(cast.oakfield), pytest.raises(DatabaseError):
        forget_old_entries(school=cast.oakfield, at=NOW)
