"""Everything a governor can get, and what it comes to: numbers by the row and column in which they stand.

A figure is known by (point, subject, kind of group, group, column), however it was got: page, file, data, pack or
drawing. What one of them shows is known, even if another holds it back.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from lxml import html

from itrack.foundation.routes import every_route
from itrack.foundation.tenancy.windows import reading
from itrack.foundation.viewer import Role
from itrack.reports.api import REPORTS, report_data
from itrack.reports.queries.question import Subject
from tests.reports.generated import Generated
from tests.reports.test_exports import csv_rows, xlsx_rows

Place = tuple[str, str, str, str, str]
BAND_HEADS = ("Below", "Working towards", "Expected", "Greater depth")
SECURE, COUNTED, GAP, EVERYBODY = "Expected or above", "Counted", "Gap in points", "Everybody"
# What stands in the place of a subject: all three together, and the roll.
RWM, ROLL = "Reading, writing and maths", "On roll"
# The column in which a headline and a region of the circles stand, as the other reports call it.
HEADLINE, REGION = {"Pupils": SECURE, "Figure": SECURE, "Of": COUNTED}, "Region"
FIRST = ("Subject", "Group", "Reached", "Headline", "Pupils")


def place_of(heads: Collection[str], title: str, kind: str, head: str, column: str) -> Place | None:
    """Where a figure stands, told by what its table's columns are; None for what is counted by rules of its own."""
    if {"Measure", "Year"} & set(heads):
        return None  # statutory outcomes
    if "Headline" in heads:
        subject, _, rest = head.partition(": ")
        return (
            ("", subject, "", "", HEADLINE[column]) if rest == "at expected or above" and column in HEADLINE else None
        )
    if ROLL in heads:
        return "", ROLL, kind, head, column
    if "Reached" in heads:
        return "", RWM, REGION, head, column
    if "Pupils" in heads:
        return ("", ROLL, kind, head, ROLL) if kind else ("", ROLL, "", "", head)
    if not kind:
        return "", {EVERYBODY: title.partition(" by ")[0], "All three together": RWM}.get(head, head), "", "", column
    return "", RWM if title.startswith("By ") else title.partition(" by ")[0], kind, head, column


def whole_of(at: Place) -> Place:
    """What a share is a share of."""
    if at[1] == ROLL:
        return ("", ROLL, "", "", ROLL) if at[2] != "Year group" else (*at[:4], ROLL)
    return ("", RWM, "", "", COUNTED) if at[2] == REGION else (*at[:4], COUNTED)


@dataclass
class Haul:
    """`counts` and `shares` by place. `held` are the places where a figure is held back.

    `gaps` are measured from the group that `bases` has for a subject and kind, `points` from everybody.
    """

    counts: dict[Place, int] = field(default_factory=dict)
    shares: dict[Place, float] = field(default_factory=dict)
    points: dict[Place, int] = field(default_factory=dict)
    gaps: dict[Place, int] = field(default_factory=dict)
    bases: dict[tuple[str, str], str] = field(default_factory=dict)
    held: set[Place] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)
    asked: int = 0

    def count(self, at: Place, n: int) -> None:
        assert self.counts.setdefault(at, n) == n, f"two numbers for {at[1:]}"

    def share(self, at: Place, percent: float) -> None:
        self.shares[at] = percent

    def cell(self, at: Place, text: str) -> None:
        """A cell as it is printed: "33 57%", "57%", "+4", "held back"."""
        text = text.replace("−", "-").replace(",", "").strip()
        if "held back" in text:
            self.held.add(at)
        elif found := re.fullmatch(r"(\d+)(?: (\d+)%)?", text):
            self.count(at, int(found[1]))
            if found[2]:
                self.share(at, int(found[2]))
        elif found := re.fullmatch(r"(\d+)%", text):
            self.share((*at[:4], SECURE), int(found[1]))  # a column of its own, beside the counts
        elif at[4] == "Points from everybody" and text not in ("", "–"):
            self.points[at] = int(text)
        elif at[4] == GAP and text == "from here":
            self.bases[at[1], at[2]] = at[3]
        elif at[4] == GAP and text not in ("", "–"):
            self.gaps[at] = int(text)


def haul(school: Generated, now: Any, *, who: str = "gus", files: bool = True) -> Haul:
    """Asks for everything there is to ask for; without `files` for what pages and data say alone."""
    found, client = Haul(), school.cast.client(who)
    for report in (one.name for one in REPORTS.values() if one.anonymous):
        for said in _questions(school, report):
            _take_page(found, client, f"/reports/{report}", said)
            for kind, rows in (("csv", csv_rows), ("xlsx", xlsx_rows)) if files and said.keys() <= {"subject"} else ():
                answer = client.get(f"/reports/{report}.{kind}?{urlencode(said)}")
                found.asked += 1
                for row in rows(answer):
                    _take_row(found, row)
            _take_data(found, _data(found, school, who, report, said, now))
    for point in ({}, {"year": "2026", "point": "1"}):
        _take_page(found, client, "/reports/governor-pack", point)
        for part in _data(found, school, who, "governor-pack", point, now)["parts"]:
            _take_data(found, part)
    _take_all_else(found, client)
    return found


def _questions(school: Generated, report: str) -> list[dict[str, str]]:
    if REPORTS[report].asks.subject == Subject.NONE:
        return [{}, {"year": "2026", "point": "1"}, {"pupils": "year-4"}, {"as_at": "2026-10-13"}, {"level": "greater"}]
    with reading(school.cast.oakfield):
        from itrack.curriculum.api import subjects

        each = [str(pk) for pk, _ in subjects(school=school.cast.oakfield)]
    asked = [{}, *({"subject": one} for one in each)]
    asked += [{"year": "2026", "point": "1", "subject": each[0]}]
    # What is not a governor's to choose changes nothing.
    return [*asked, {"pupils": "class-1"}, {"as_at": "2026-10-13", "subject": each[1]}]


def _take_page(found: Haul, client: Any, path: str, said: dict[str, str]) -> None:
    answer = client.get(path, said)
    assert answer.status_code == 200, path
    found.asked += 1
    page = html.fromstring(answer.content.decode())
    for table in page.iterfind(".//table"):
        _take_table(found, table)
    for told in page.iterfind(".//svg/desc"):
        _take_drawing(found, told.text_content())
    found.texts += [_text(one) for one in page.iterfind(".//*[@class='finding']")]


def _text(node: Any) -> str:
    return re.sub(r"\s+", " ", " ".join(node.itertext())).strip()


def _take_table(found: Haul, table: Any) -> None:
    title = _text(table.find("caption"))
    heads = [
        (one.find("abbr").get("title") if one.find("abbr") is not None else _text(one))
        for one in table.iterfind("thead/tr/th")
    ]
    kind = ""
    for row in table.iterfind("tbody/tr"):
        cells = [_text(one) for one in row]
        if len(cells) == 1:
            kind = cells[0]
            continue
        for head, text in zip(heads[1:], cells[1:], strict=True):
            if at := place_of(heads, title, kind, cells[0], head):
                found.cell(at, text)


def _take_drawing(found: Haul, told: str) -> None:
    for subject, n, bands in re.findall(r"([A-Z]\w*), (\d+) pupils?: ([^.]+)\.", told):
        found.count(("", subject, "", "", COUNTED), int(n))
        for band, percent in re.findall(r"([a-z ]+) (\d+)%", bands):
            found.share(("", subject, "", "", band.strip().capitalize()), int(percent))
    # Dots, bars and circles: each of their numbers has to stand in a table as well.
    found.drawn |= {int(n) for n in re.findall(r"\b(\d+)(?= of \d| pupils?\b)", told)}
    found.drawn |= {int(n) for n in re.findall(r"\d of (\d+)", told)}


def _take_row(found: Haul, row: dict[str, Any]) -> None:
    """A line of a file: heads are columns, shares are in columns of their own."""
    told = {column: value for column, value in row.items() if value not in ("", None)}
    title, kind = str(told.get("Table") or ""), str(told.get("Divided by") or "")
    first = next((name for name in FIRST if name in told and not (name == "Pupils" and ROLL not in told)), "")
    # A sheet of groups does not say of which subject it is; the CSV does.
    nameless = not title and not {ROLL, "Pupils"} & told.keys()
    if nameless and (kind or told.get(first) == EVERYBODY):
        return
    for column, value in told.items():
        at = None if column == first else place_of(told, title, kind, str(told.get(first)), column.removesuffix(" %"))
        if at is None or column in ("Table", "Divided by", GAP, "Points from everybody"):
            continue
        if value == "held back":
            found.held.add(at)
        elif column.endswith(" %") or column == "Figure":
            found.share(at, float(value) * (100 if isinstance(value, float) else 1))
        elif re.fullmatch(r"\d+(\.0)?", str(value)):
            found.count(at, int(float(value)))


def _data(found: Haul, school: Generated, who: str, report: str, said: dict[str, str], now: Any) -> dict[str, Any]:
    """What the command line is told; the governor pack as its parts."""
    viewer = school.cast.people[who]
    fields = {"year", "point"} if report == "governor-pack" else REPORTS[report].asks.fields
    asked = {name: said.get(name) if name in fields else None for name in ("year", "point", "subject")}
    found.asked += 1
    with reading(viewer.school):
        return report_data(report, viewer=viewer, group=None, as_at=None, now=now, **asked)


def _take_data(found: Haul, told: dict[str, Any]) -> None:
    assert not told.keys() & {"in_view", "counted", "out"}
    found.texts.append(told["finding"])
    for table in told["tables"]:
        for row in table["rows"]:
            _take_data_row(found, table["title"], row)


def _take_data_row(found: Haul, title: str, row: dict[str, Any]) -> None:
    first = next((name for name in FIRST if name in row and not (name == "Pupils" and ROLL not in row)), "")
    if not first:
        return  # statutory outcomes, which count nobody
    for column, cell in row.items():
        at = place_of(row, title, row.get("by", ""), row[first], column.removesuffix(" %"))
        if at and isinstance(cell, dict) and cell.get("hidden"):
            found.held.add(at)
        elif at and isinstance(cell, dict) and "n" in cell:
            assert "pupils" not in cell
            found.count(at, cell["n"])
            if cell.get("percent") is not None:
                found.share(at, cell["percent"])


def _take_all_else(found: Haul, client: Any) -> None:
    """Every other page of a governor's: no name of a pupil, and none of it breaks."""
    for route in every_route():
        declared = route.declared
        if declared is None or declared.writes or route.parameters or Role.GOVERNOR not in declared.may.roles:
            continue
        answer = client.get(f"/{route.pattern}")
        found.asked += 1
        assert answer.status_code in (200, 302), route.pattern
        assert b"Surname" not in (b"" if answer.streaming else answer.content), route.pattern
