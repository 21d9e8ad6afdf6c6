"""The annual reports to parents of a class, predicted from the rows: each figure on the paper, and what is missing."""

from typing import Any

from itrack.ui.pdf.blocks import Facts, Register, Sheet, Words
from tests.oracle_progress.of_progress import BANDS
from tests.oracle_progress.of_pupil import share
from tests.oracle_progress.record import Row, Then
from tests.oracle_progress.told_words import in_words

type Paper = list[Any]
YEAR = 2026
NOTHING_WRITTEN = "Nothing has been written yet."
NO_SESSIONS = "The record has no attendance for this year yet."


def class_today(then: Then, group: int) -> list[int]:
    """Whoever is on roll and in the class today, by name."""
    here = [
        who for who in then.pupils if then.since(who, then.seen) and then.class_on(who, then.seen, YEAR)[0] == group
    ]
    return sorted(here, key=then.by_name)


def paper_of(sheet: Sheet) -> Paper:
    """All that stands on the paper but its headings: texts, tables and facts, in their order."""
    told: Paper = []
    for block in sheet.blocks:
        match block:
            case Words():
                told.append(block.text)
            case Register():
                told.append([[cell.text for cell in line.cells] for _, lines in block.bodies for line in lines])
            case Facts():
                told.append([list(row) for row in block.rows])
    return told


def paper(then: Then, who: int) -> Paper:
    comments = {row["subject_id"]: row["text"] for row in then.held("comments", who) if row["year"] == YEAR}
    subjects = [[name, achieved(then, who, pk) or "–", comments.get(pk) or "–"] for pk, name in then.subjects.items()]
    results = [list(words) for words in in_words(then, who, of_year(then, who))]
    told = [comments.get(None) or NOTHING_WRITTEN, subjects, *([results] if results else [])]
    return [*told, *attendance(then, who), talking(then, who)]


def of_year(then: Then, who: int) -> list[Row]:
    """A result is of the year by the summer it ends in."""
    return [row for row in then.held("results", who) if row["year"] == YEAR + 1]


def achieved(then: Then, who: int, subject: int) -> str:
    """The last mark of this year; one without a band only where there is none with a band."""
    held = [
        (point, mark)
        for point in then.points
        if point.year == YEAR
        if (mark := then.marks.get((who, subject, point.id, then.main)))
    ]
    last = max(held, key=lambda one: (bool(one[1]["band"]), one[0].slot), default=None)
    if last is None:
        return ""
    point, mark = last
    return f"{BANDS.get(mark['band']) or then.called(mark['code'])}, at {point.name}"


def sessions(then: Then, who: int) -> tuple[int, list[Row]]:
    """(the year by which the file calls it, its rows): a year named by its end goes before one named by its start."""
    rows = [row for row in then.held("sessions", who) if row["year"] in (YEAR, YEAR + 1)]
    year = max((row["year"] for row in rows), default=0)
    return year, [row for row in rows if row["year"] == year]


def attendance(then: Then, who: int) -> Paper:
    year, rows = sessions(then, who)
    names = ("possible", "attended", "authorised", "unauthorised")
    possible, attended, authorised, unauthorised = (sum(row[name] for row in rows) for name in names)
    if not possible:
        return [NO_SESSIONS]
    facts = [
        ["Attended", f"{attended} of {possible} sessions ({share(attended, possible)})"],
        ["Absent with leave", f"{authorised} sessions ({share(authorised, possible)})"],
        ["Absent without leave", f"{unauthorised} sessions ({share(unauthorised, possible)})"],
    ]
    return [facts, f"Sessions are half days, of the year the record calls {year}."]


def discuss(then: Then) -> str:
    return then.facts["words"][0]["discuss"] if then.facts["words"] else ""


def talking(then: Then, who: int) -> str:
    """How to talk about the report, and with whom: in the lived school Tom alone has a class."""
    group = then.class_on(who, then.seen, YEAR)[0]
    taught = any(row["teacher_id"] for row in then.lists["groups"] if row["id"] == group)
    parts = [discuss(then), "Tom Teacher is the class teacher." if taught else ""]
    return "\n\n".join(filter(None, parts)) or NOTHING_WRITTEN


def missing(then: Then, who: int) -> list[str]:
    """What the law wants and this report lacks."""
    comments = {row["subject_id"] for row in then.held("comments", who) if row["year"] == YEAR}
    bare = [name for pk, name in then.subjects.items() if pk not in comments and not achieved(then, who, pk)]
    tables = any(row["component"] == "MTC" for row in of_year(then, who))
    lacks = {
        "a comment on general progress": None not in comments,
        f"a mark or a comment in {_and(bare)}": bool(bare),
        "attendance of the year": attendance(then, who) == [NO_SESSIONS],
        "the result of the multiplication tables check": then.year_group(who, YEAR) == "4" and not tables,
        "how to discuss the report": not discuss(then),
    }
    return [words for words, lacking in lacks.items() if lacking]


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def state(then: Then, who: int) -> str:
    return next((row["state"] for row in then.held("states", who) if row["year"] == YEAR), "draft")
