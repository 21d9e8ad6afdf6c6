"""A pupil's profile on one page, predicted mark by mark from the rows as they stand today."""

from typing import Any

from tests.oracle_progress.groups import after_care, ever_six, group_of, premium
from tests.oracle_progress.of_aims import Standing
from tests.oracle_progress.of_progress import BANDS
from tests.oracle_progress.record import Point, Row, Then
from tests.oracle_progress.told_words import in_words
from tests.oracle_progress.walk import Line, Told, percent

NONE = "–"
FITS = 9


def profile(then: Then, pupil: int, *, for_parents: bool, reader: str = "hana") -> Told:
    told = Told(people=frozenset({pupil}), counted=frozenset({pupil}))
    used = [one for one in then.points if any((of[0], of[2]) == (pupil, one.id) for of in then.marks)]
    _marks(told, then, pupil, used[-FITS:])
    rows = {
        "National assessments": _results(then, pupil),
        "Tests and other assessments": _tests(then, pupil, used),
        "Attendance": _attendance(then, pupil),
        "Targets": _targets(then, pupil, for_parents=for_parents),
        "Objectives": _objectives(then, pupil),
        "For staff": [] if for_parents else _flags(then, pupil, reader),
    }
    told.tables.update({title: lines for title, lines in rows.items() if lines})
    return told


def _head(then: Then, pupil: int, point: Point) -> str:
    return f"Y{then.year_group(pupil, point.year)} {point.short}"


def _marks(told: Told, then: Then, pupil: int, used: list[Point]) -> None:
    """Of the teachers, subject by subject over the points that fit; a subject without any mark has no row."""
    shown = {}
    for pk, name in then.subjects.items():
        if any(then.marks.get((pupil, pk, one.id, then.main)) for one in then.points):
            shown[name] = {_head(then, pupil, one): then.marks.get((pupil, pk, one.id, then.main)) for one in used}
    if shown:
        told.tables["Marks"] = [
            Line({"Subject": name} | {head: _written(mark) for head, mark in held.items()})
            for name, held in shown.items()
        ]
        told.pictures.append(
            {
                (name, head): BANDS.get(mark["band"]) if mark else None
                for name, held in shown.items()
                for head, mark in held.items()
            }
        )


def _written(mark: Row | None) -> Any:
    return (mark["code"], mark["band"]) if mark else NONE


def _tests(then: Then, pupil: int, used: list[Point]) -> list[Line]:
    """Each with its last mark and the one before."""
    lines = []
    for pk, name in then.subjects.items():
        for test in then.assessments[1:]:
            held = [(one, mark) for one in used if (mark := then.marks.get((pupil, pk, one.id, test["id"])))]
            last = [(_written(mark), _head(then, pupil, one)) for one, mark in reversed(held[-2:])]
            if last:
                (now, when), (before, then_at) = (*last, ("", ""))[:2]
                cells = {"Last": now, "When": when, "Before": before, "When before": then_at}
                lines.append(Line({"Test": f"{name}: {test['name']}", **cells}))
    return lines


def _results(then: Then, pupil: int) -> list[Line]:
    heads = ("Assessment", "When", "Result", "In words")
    return [Line(dict(zip(heads, told, strict=True))) for told in in_words(then, pupil, then.held("results", pupil))]


def _attendance(then: Then, pupil: int) -> list[Line]:
    """The two latest years and schools that a file told of."""
    told = sorted(then.held("sessions", pupil), key=lambda row: (-row["year"], row["la"], row["estab"]))[:2]
    return [
        Line(
            {
                "School year": f"{row['year']}/{(row['year'] + 1) % 100:02}",
                "Sessions attended": f"{row['attended']} of {row['possible']}",
                "Share": share(row["attended"], row["possible"]),
            }
        )
        for row in told
    ]


def share(part: int, whole: int) -> str:
    return f"{percent(part, whole)}%" if whole else NONE


def _targets(then: Then, pupil: int, *, for_parents: bool) -> list[Line]:
    lines = []
    for point in then.points:
        for pk, name in then.subjects.items():
            one = Standing(then, pupil, pk, point)
            if one.target:
                track = {"on": "on track"}.get(one.track, one.track) or one.out
                cells = {"Target": _written(one.target), "Last mark": _written(one.mark)}
                cells |= {} if for_parents else {"On track": track}
                lines.append(Line({"Subject": name, "Target for": point.title, **cells}))
    return lines


def _objectives(then: Then, pupil: int) -> list[Line]:
    """The pupil's own year first, whole; of other years what was judged."""
    own, scale = then.year_group(pupil, 2026), {row["id"]: row for row in then.lists["scale"]}
    strands = sorted(then.lists["strands"], key=lambda row: (row["from_year_group"] != own, row["position"]))
    lines = []
    for strand in strands:
        mine, year = strand["from_year_group"] == own, f"Reading, Year {strand['from_year_group']}"
        statements = [row["id"] for row in then.lists["statements"] if row["strand_id"] == strand["id"]]
        held = {
            row["statement_id"]: row["depth_id"]
            for row in then.held("depths", pupil)
            if row["statement_id"] in statements
        }
        applying = [one for one in (statements if mine else held) if held.get(one, "nothing yet") is not None]
        steps = [scale[held[one]] for one in applying if one in held]
        secure, taught = (sum(step[what] for step in steps if step["taught"]) for what in ("secure", "taught"))
        if taught:
            title = year if mine else f"{year}: National curriculum, 2014"
            cells = {
                "Secure of those taught": f"{secure} of {taught}",
                "Share": share(secure, taught),
                "In all": f"{len(applying)}",
            }
            lines.append(Line({"Objectives": title, **cells}))
    return lines


def _flags(then: Then, pupil: int, reader: str) -> list[Line]:
    """What holds today, each flag by itself; a teacher is not told of care."""
    on, sen = then.seen, group_of(then, "sen", pupil, then.seen)
    told = {
        "Free school meals": group_of(then, "meals", pupil, on),
        "Ever-6 free meals": ever_six(then, pupil, on),
        "Looked after": group_of(then, "care", pupil, on),
        "Previously looked after": after_care(then, pupil, on),
        "Disadvantaged": group_of(then, "disadvantage", pupil, on),
        "Service child": group_of(then, "service", pupil, on),
        "Pupil premium": premium(then, pupil, on),
        "EAL": group_of(then, "language", pupil, on),
        "SEN": {"N": "no"}.get(sen, sen),
    }
    words = {"yes": "Yes", "no": "No", "?": "Not known", "K": "SEN support", "E": "EHC plan"}
    hidden = ("Looked after", "Previously looked after") if reader == "tom" else ()
    return [Line({"About": title, "As known": words[held]}) for title, held in told.items() if title not in hidden]
