"""The file we send: read back it says what we hold, and nothing we did not mean to send."""

import json
import stat
from argparse import Namespace
from contextlib import nullcontext
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.config.cli import sending
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.imports import api
from itrack.imports.queries.outgoing import rows_to_send
from itrack.imports.rules.outgoing import destination
from itrack.imports.rules.rows import CircumstanceRow, Header, PupilRow, Rejected, ResultRow, SchoolRef, SchoolSpellRow
from itrack.imports.rules.text import tidy
from itrack.imports.sources.ctf import open_ctf
from itrack.imports.sources.ctf_writer import write_ctf
from itrack.pupils.api import known_pupils
from itrack.pupils.models import Enrolment
from itrack.pupils.rules import check_letter
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.imports.ctf_maker import basic_details, ctf, element, pupil, texts, upn

SAMPLES = Path(__file__).parents[1] / "samples"
CLASS = SAMPLES / "class_year_5.xml"
SOURCE = SchoolRef("823", "2001", "100001", "Oakfield Primary School")
CARE = element("LookedAfter", texts({"InCare": "true", "CareAuthority": "823"}))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def a_header(year: int = 2026) -> Header:
    return Header("26.0", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), "partial", "iTRACK", SOURCE, SOURCE, year)


def readable(text: str) -> bool:
    return bool(text) and text.isprintable() and tidy(text) == text


NAMES = st.text(min_size=1, max_size=30).map(tidy).filter(readable) | st.sampled_from(
    ["O’Brien & Sons", "<Ada>", "Élan"]
)
DAYS = st.dates(date(2005, 1, 1), date(2026, 11, 1))
MAYBE = st.none() | DAYS
NUMBERS = st.integers(0, 999).map(lambda n: check_letter(f"823299822{n:03}") + f"823299822{n:03}")


@st.composite
def spells(draw) -> tuple[date, date | None]:
    starts, ends = draw(DAYS), draw(MAYBE)
    return starts, ends if ends is None or ends >= starts else None


@st.composite
def circumstances(draw) -> tuple[CircumstanceRow, ...]:
    meals = draw(st.lists(spells(), max_size=3, unique_by=lambda one: one[0]))
    needs = draw(st.lists(spells(), max_size=3, unique_by=lambda one: one[0]))
    checked, country, provision = draw(MAYBE), draw(st.sampled_from(["", "ENG", "WLS"])), draw(st.sampled_from("NKE"))
    kinds = draw(st.lists(st.sampled_from(["SPLD", "ASD", "MLD"]), unique=True))
    rows = [
        CircumstanceRow("fsm", f"{start}|{country}", country, "TFSM", None, start, end, checked, True)
        for start, end in meals
    ]
    rows += [CircumstanceRow("sen", f"{start}", provision, "", None, start, end, None, True) for start, end in needs]
    rows += [CircumstanceRow("sen_need", code, code, "", 1, None, None, None, True) for code in kinds]
    if draw(st.booleans()):
        rows.append(CircumstanceRow("year", "2026", "R", "", None, date(2026, 9, 1), date(2027, 8, 31), None, True))
    return tuple(rows)


RESULTS = st.lists(
    st.builds(
        ResultRow,
        stage=st.sampled_from(["KS1", "KS2"]), locale=st.sampled_from(["", "ENG"]), year=st.integers(2015, 2026),
        subject=st.sampled_from(["ENG", "MAT"]), method=st.just("TT"), component=st.sampled_from(["MTC", "REA"]),
        status=st.sampled_from(["", "R"]), qualifier=st.sampled_from(["", "MT"]), result=st.sampled_from(["21", "GDS"]),
        result_date=MAYBE, recognised=st.just(True),
    ),
    max_size=4,
    unique_by=lambda row: (row.stage, row.year, row.subject, row.component, row.qualifier),
).map(lambda rows: tuple(sorted(rows, key=lambda row: row.stage)))  # fmt: skip
SCHOOLS = st.lists(
    st.builds(
        lambda name, spell, last: SchoolSpellRow("823", "2990", "", name, *spell, "", last),
        NAMES, spells(), st.none() | st.booleans(),
    ),
    max_size=3, unique=True,
).map(tuple)  # fmt: skip
FIELDS = st.fixed_dictionaries(
    {"legal_surname": NAMES, "legal_forename": NAMES, "dob": DAYS.map(str)},
    optional={
        "middle_names": NAMES, "preferred_surname": NAMES, "preferred_forename": NAMES, "sex": st.sampled_from("FM"),
        "ethnicity": st.just("WBRI"), "first_language": st.just("PNJ"), "enrol_status": st.just("C"),
    },
)  # fmt: skip
ROWS = st.builds(
    lambda upn, former, fields, facts, results, schools: PupilRow(
        0, upn, former if former != upn else "", fields, facts, results, (), schools, ()
    ),
    st.just("") | NUMBERS, st.just("") | NUMBERS, FIELDS, circumstances(), RESULTS, SCHOOLS,
)  # fmt: skip


def read_back(rows: list[PupilRow]) -> list[PupilRow | Rejected]:
    file = BytesIO()
    write_ctf(file, a_header(), rows)
    return list(open_ctf(file, today=TODAY))


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=4, unique_by=lambda row: row.upn or row.fields["legal_surname"]))
def test_a_file_of_ours_read_back_says_the_same_of_every_pupil(rows: list[PupilRow]) -> None:
    told = read_back(rows)

    assert [stripped(row) for row in told] == [stripped(row) for row in rows]


def stripped(row: PupilRow | Rejected) -> object:
    """Everything but the line. A warning would be a difference."""
    assert isinstance(row, PupilRow), row
    facts = set(row.circumstances)
    return row.upn, row.former_upn, row.fields, facts, row.results, row.attendance, row.schools, row.warnings


def sent(cast: Cast, school: int, **to: str) -> bytes:
    """The whole roll of a school as its file."""
    who, file = cast.olu, BytesIO()
    with writing(school):
        pupils = api.whole_roll(school=school, on=TODAY)
        api.send(school=school, pupils=pupils, to=destination("") or SOURCE, by=who.member, at=NOW, into=file)
    return file.getvalue()


def taken(cast: Cast, school: int, who: str, file: bytes) -> dict[str, object]:
    """Imports the file; returns the receipt."""
    by = cast.people[who].member
    with writing(school):
        batch = api.preview(school=school, file=BytesIO(file), by=by, at=NOW)
        receipt = api.receipt_counts(school=school, batch=batch)
        api.apply(school=school, batch=batch, by=by, at=NOW)
    return receipt


def records(school: int) -> list[object]:
    """What the school holds of everybody, as far as a file of ours says it."""
    with reading(school):
        pupils = [
            one.id for one in sorted(known_pupils(school=school), key=lambda one: (one.upn, one.surname, one.dob))
        ]
        return [stripped(row) for row in rows_to_send(school=school, pupils=pupils, year=2026)]


@pytest.fixture
def oakfield(cast: Cast) -> int:
    """Oakfield with the class of the sample and one pupil in care."""
    taken(cast, cast.oakfield, "olu", CLASS.read_bytes())
    in_care = ctf(pupil(CARE, basic_details(NCyearActual="3"), upn=upn(901), surname="Wren"))
    taken(cast, cast.oakfield, "olu", in_care.encode())
    return cast.oakfield


def test_the_whole_roll_stands_equal_in_an_empty_school(cast: Cast, oakfield: int) -> None:
    before = records(oakfield)

    receipt = taken(cast, cast.thornhill, "theo", sent(cast, oakfield))

    assert len(before) > 20
    assert records(cast.thornhill) == before
    assert (receipt["rejected"], receipt["ignored"], receipt["new"]) == ([], {}, len(before))


def test_the_whole_roll_is_unchanged_in_its_own_school_and_read_without_a_warning(cast: Cast, oakfield: int) -> None:
    with reading(oakfield):
        without_number = [one.id for one in known_pupils(school=oakfield) if not one.upn]

    receipt = taken(cast, oakfield, "olu", sent(cast, oakfield))

    # Who has no number is asked about, as in any file: a name never decides.
    assert len(without_number) == receipt["conflict"] == 1
    assert (receipt["new"], receipt["changed"]) == (0, 0)
    assert receipt["unchanged"] + receipt["conflict"] == receipt["pupils"] == len(records(oakfield))
    assert (receipt["rejected"], receipt["warnings"]) == ([], [])


def test_two_files_of_one_moment_are_the_same_and_hold_neither_care_nor_judgements(cast: Cast, oakfield: int) -> None:
    first, second = sent(cast, oakfield), sent(cast, oakfield)

    assert first == second
    assert first.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert b"<CTFversion>26.0</CTFversion>" in first
    assert b"<DateTime>2026-11-23T10:00:00</DateTime>" in first
    assert b"<Sex>" in first
    assert b"Gender" not in first
    assert b"LookedAfter" not in first


@pytest.mark.parametrize(
    ("text", "la", "estab"),
    [("", "XXX", "XXXX"), ("823/2002", "823", "2002"), (" 8232002 ", "823", "2002"), ("mmm/mmmm", "MMM", "MMMM")],
)
def test_a_destination_is_read(text: str, la: str, estab: str) -> None:
    found = destination(text)

    assert found
    assert (found.la, found.estab) == (la, estab)


@pytest.mark.parametrize("text", ["82/2002", "823/20022", "823-2002", "<a>", "٨٢٣/2002", "The Grange"])
def test_what_is_no_destination_is_none(text: str) -> None:
    assert destination(text) is None


class TestThePage:
    def test_the_office_sends_a_leaver_who_comes_first(self, cast: Cast) -> None:
        with writing(cast.oakfield):
            deed = cast.deed("olu")
            leaver, stays = a_pupil(deed, "Wren", "Will"), a_pupil(deed, "Acorn", "Amara")
            Enrolment.objects.filter(school_id=cast.oakfield, pupil=leaver).update(ends=date(2026, 11, 6))
        olu = cast.client("olu")

        page = olu.get("/import/send").content.decode()
        answer = olu.post("/import/send/make", {"pupils": [leaver], "to": "823/2002", "who": "ticked"})

        assert page.index("Wren, Will") < page.index("Acorn, Amara")
        assert answer["Content-Disposition"] == 'attachment; filename="8232001_CTF_8232002_001.xml"'
        assert answer["Cache-Control"] == "no-store"
        rows = list(open_ctf(BytesIO(answer.content), today=TODAY))
        assert [row.fields["legal_surname"] for row in rows] == ["Wren"]
        with reading(cast.oakfield):
            entry = AuditEntry.objects.get(verb="record.sent")
        assert (entry.by_id, entry.counts) == (cast.olu.member, {"pupils": 1, "results": 0})
        assert stays

    def test_the_whole_roll_is_sent_by_its_own_button(self, cast: Cast, oakfield: int) -> None:
        answer = cast.client("ada").post("/import/send/make", {"who": "roll"})

        assert answer["Content-Disposition"] == 'attachment; filename="8232001_CTF_XXXXXXX_001.xml"'
        assert len(list(open_ctf(BytesIO(answer.content), today=TODAY))) == len(records(oakfield))

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Tick the pupils first"),
            ({"who": "roll", "to": "The Grange"}, "Write where it goes as 823/2002"),
            ({"pupils": ["Acorn"]}, "Tick pupils of the list."),
        ],
    )
    def test_a_form_that_cannot_be_read_makes_no_file(self, cast: Cast, oakfield: int, typed: dict, said: str) -> None:
        answer = cast.client("olu").post("/import/send/make", typed)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        with reading(oakfield):
            assert not AuditEntry.objects.filter(verb="record.sent").exists()

    def test_two_of_one_name_are_told_apart_by_their_birthdays(self, cast: Cast) -> None:
        with writing(cast.oakfield):
            deed = cast.deed("olu")
            a_pupil(deed, "Wren", "Will", dob=date(2018, 5, 1))
            a_pupil(deed, "Wren", "Will", dob=date(2017, 10, 2))
            a_pupil(deed, "Acorn", "Amara", dob=date(2018, 1, 9))

        page = cast.client("olu").get("/import/send").content.decode()

        assert "born 1 May 2018" in page
        assert "born 2 October 2017" in page
        assert "9 January 2018" not in page

    def test_another_schools_pupil_is_not_there(self, cast: Cast) -> None:
        with writing(cast.thornhill):
            theirs = a_pupil(cast.deed("theo"), "Hidden", "Child")

        assert cast.client("olu").post("/import/send/make", {"pupils": [theirs]}).status_code == 404

    def test_an_empty_roll_makes_no_file(self, cast: Cast) -> None:
        olu = cast.client("olu")

        assert "There is nobody to send" in olu.get("/import/send").content.decode()
        assert olu.post("/import/send/make", {"who": "roll"}).status_code == 409

    @pytest.mark.parametrize("who", ["hana", "tom", "sena", "gus"])
    def test_others_than_the_office_may_not(self, cast: Cast, who: str) -> None:
        client = cast.client(who)

        assert client.get("/import/send").status_code == 403
        assert client.post("/import/send/make", {"who": "roll"}).status_code == 403


class TestTheCommand:
    @pytest.fixture
    def run(self, cast: Cast, oakfield: int, monkeypatch):
        """`itrack ctf export` on this test's database."""
        monkeypatch.setattr(sending, "standing", lambda asked: nullcontext())

        def run(out: Path, **more: object) -> dict[str, object]:
            asked = {
                "school": "100001",
                "by": "olu",
                "to": "",
                "pupils": None,
                "out": out,
                "force": False,
                "json": True,
            }
            data, _ = sending.export_file(Namespace(**asked | more))
            return json.loads(json.dumps(data))

        return run

    def test_it_writes_the_roll_for_its_owner_alone(self, run, tmp_path: Path) -> None:
        told = run(tmp_path / "roll.xml", to="823/2002")

        assert stat.S_IMODE((tmp_path / "roll.xml").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["roll.xml"]
        with (tmp_path / "roll.xml").open("rb") as file:
            assert len(list(open_ctf(file, today=TODAY))) == told["pupils"] > 20
        assert (told["version"], told["destination"]) == ("26.0", "823/2002")

    def test_it_writes_those_listed_by_number_or_id_once(self, run, oakfield: int, tmp_path: Path) -> None:
        with reading(oakfield):
            one, two, *_ = known_pupils(school=oakfield)
        (tmp_path / "list").write_text(f"{one.upn.lower()}\r\n\n{two.id}\n{one.id}\n")

        assert run(tmp_path / "two.xml", pupils=tmp_path / "list")["pupils"] == 2

    def test_it_leaves_a_file_that_is_there_unless_told(self, run, tmp_path: Path) -> None:
        out = tmp_path / "roll.xml"
        out.write_text("mine")

        with pytest.raises(Refused, match="is there already"):
            run(out)
        assert out.read_text() == "mine"
        run(out, force=True)
        assert out.read_bytes().startswith(b"<?xml")
        assert stat.S_IMODE(out.stat().st_mode) == 0o600

    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"by": "tom"}, "The role teacher may not do this."),
            ({"by": "theo"}, "There is no such user in that school."),
            ({"to": "nowhere"}, "--to: Write where it goes"),
            ({"pupils": Path("/nonexistent")}, "the list cannot be read"),
            ({"out": Path("/nonexistent/roll.xml")}, "the file cannot be written"),
        ],
    )
    def test_what_it_will_not_do_it_says(self, run, tmp_path: Path, more: dict, sentence: str) -> None:
        with pytest.raises(Refused, match=sentence):
            run(**{"out": tmp_path / "roll.xml"} | more)
        assert list(tmp_path.iterdir()) == []

    def test_a_stranger_in_the_list_is_told_by_line_and_nothing_is_left(self, run, tmp_path: Path) -> None:
        (tmp_path / "list").write_text(f"{upn(901)}\n{upn(555)}\n")

        with pytest.raises(Refused, match="Line 2 of the list") as refusal:
            run(tmp_path / "two.xml", pupils=tmp_path / "list")

        assert upn(555) not in str(refusal.value)
        assert [path.name for path in tmp_path.iterdir()] == ["list"]
