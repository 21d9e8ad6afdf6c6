"""The class list and the sheet for a pupil-progress meeting, predicted pupil by pupil from the rows."""

from collections.abc import Iterator
from typing import Any

from tests.oracle_progress.groups import KINDS, group_of
from tests.oracle_progress.of_aims import Tracks, last_mark
from tests.oracle_progress.of_progress import BANDS, ORDER
from tests.oracle_progress.record import Row
from tests.oracle_progress.view import Question, View, view
from tests.oracle_progress.walk import Line, Of, Told, percent

# How a group is written in a narrow column: what is usual is left empty.
WRITTEN = {
    "sex": {"f": "G", "m": "B"},
    "disadvantage": {"yes": "D"},
    "meals": {"yes": "M"},
    "sen": {"K": "K", "E": "E"},
    "care": {"yes": "L"},
    "service": {"yes": "S"},
    "language": {"yes": "EAL"},
    "born": {"autumn": "Aut", "spring": "Spr", "summer": "Sum"},
    "joined": {"earlier": "earlier", "now": "this year"},
}
CONCERNS = {
    "below": "Below in a subject",
    "dropped": "In a lower band than before",
    "off": "Below the way to a target",
    "absent": "Missed a tenth of sessions or more",
}
WHAT = "What the record shows"


def listed(asked: Question, seen: View) -> list[int]:
    """Class by class, and by name."""
    return sorted(seen.inside, key=lambda who: (seen.classes[who][1], asked.then.by_name(who)))


def kinds_told(asked: Question) -> dict[str, tuple[str, dict[str, str]]]:
    """A teacher is not told who is in care."""
    return {kind: told for kind, told in KINDS.items() if asked.reader == "hana" or kind != "care"}


def _marks(asked: Question, who: int) -> dict[str, Any]:
    """The last mark in each subject, in brackets where it is of an earlier point."""
    told: dict[str, Any] = {}
    for pk, name in asked.then.subjects.items():
        found = last_mark(asked.then, who, pk, (asked.year, asked.slot))
        told[name] = ""
        if found:
            mark, point = found
            told[name] = (mark["code"] if point == asked.point else f"({mark['code']})", mark["band"])
    return told


def _heading(seen: View, who: int) -> str:
    return seen.classes[who][1] or "No class"


def class_list(asked: Question) -> Told:
    then, seen = asked.then, view(asked)
    told = Told(people=seen.people, counted=seen.inside, out=seen.outs)
    groups = {who: {kind: group_of(then, kind, who, seen.first) for kind in kinds_told(asked)} for who in seen.inside}
    told.standing[""] = {who: ", ".join(worth_a_word(asked, seen, who)) for who in seen.inside}
    if seen.inside:
        told.tables["Class list"] = [
            Line(
                {"Pupil": who, **_marks(asked, who)}
                | {
                    title: "?" if groups[who][kind] == "?" else WRITTEN[kind].get(groups[who][kind], "")
                    for kind, (title, _) in kinds_told(asked).items()
                },
                _heading(seen, who),
            )
            for who in listed(asked, seen)
        ]
        told.tables["In numbers"] = [
            Line({"Group": words, "Pupils": Of(members, seen.inside)}, title)
            for kind, (title, codes) in kinds_told(asked).items() for code, words in codes.items()
            if (members := frozenset(who for who in seen.inside if groups[who][kind] == code))
        ]  # fmt: skip
    return told


def worth_a_word(asked: Question, seen: View, who: int) -> Iterator[str]:
    """The groups that are said at a meeting, in words."""
    for kind, (_, words) in kinds_told(asked).items():
        group = group_of(asked.then, kind, who, seen.first)
        if kind not in ("sex", "born") and group in WRITTEN[kind]:
            yield words[group]


def concerns(asked: Question, who: int, below_the_way: list[str]) -> dict[str, list[str]]:
    """By kind, what there is to talk about, in words."""
    then = asked.then
    bands = {name: _now_and_before(asked, who, pk) for pk, name in then.subjects.items()}
    low = [name for name, (now, _) in bands.items() if now == "below"]
    fell = [
        f"{name}: from {BANDS[before].lower()} to {BANDS[now].lower()}"
        for name, (now, before) in bands.items() if now and before and ORDER.index(now) < ORDER.index(before)
    ]  # fmt: skip
    missed = sessions(asked, who)
    told = {
        "below": [f"Below in {_joined(low)}"] if low else [],
        "dropped": fell,
        "off": [f"Below the way to the target in {_joined(below_the_way)}"] if below_the_way else [],
        "absent": [],
    }
    if missed and missed[1] and missed[0] * 10 >= missed[1]:
        year = year_of_sessions(asked)
        said = f"Missed {missed[0]} of {missed[1]} sessions in {year}/{(year + 1) % 100}"
        told["absent"] = [f"{said} ({percent(*missed)}%)"]
    return told


def _now_and_before(asked: Question, who: int, subject: int) -> tuple[str, str]:
    earlier = [(one.year, one.slot) for one in asked.then.points if (one.year, one.slot) < (asked.year, asked.slot)]
    ends = [(asked.year, asked.slot), max(earlier)]
    now, before = (last_mark(asked.then, who, subject, end) for end in ends)
    return now[0]["band"] if now else "", before[0]["band"] if before else ""


def sessions(asked: Question, who: int) -> tuple[int, int] | None:
    """(missed, possible) at this school in the year that is told; None where no file told of any."""
    year = year_of_sessions(asked)
    rows = [row for row in asked.then.held("sessions", who) if row["year"] == year and is_ours(row)]
    missed = sum(row["authorised"] + row["unauthorised"] for row in rows)
    possible = sum(row["possible"] for row in rows)
    return (missed, possible) if possible else None


def year_of_sessions(asked: Question) -> int:
    """That of the point, else the last before it there are totals of, of whatever school and pupil."""
    told = {row["year"] for row in asked.then.facts["sessions"]}
    return max((year for year in told if year <= asked.year), default=max(told, default=asked.year))


def is_ours(row: Row) -> bool:
    """A row without a school's number is ours; Oakfield is 823/2001."""
    return (row["la"], row["estab"]) in {("", ""), ("823", "2001")}


def _joined(names: list[str]) -> str:
    running = [name if name.isupper() else name[0].lower() + name[1:] for name in names]
    return " and ".join([", ".join(running[:-1]), running[-1]]) if len(running) > 1 else running[0]


def meeting(asked: Question) -> Told:
    then, seen = asked.then, view(asked)
    told = Told(people=seen.people, counted=seen.inside, out=seen.outs, standing={"": {}})
    if not seen.inside:
        return told
    aimed = {name: Tracks(then, seen, pk, then.point(asked.year, 6)) for pk, name in then.subjects.items()}
    below = {who: [name for name, of in aimed.items() if who in of.on("below")] for who in seen.inside}
    said = {who: concerns(asked, who, below[who]) for who in seen.inside}
    told.tables[WHAT] = _numbers(asked, seen, said, frozenset().union(*(one.counted for one in aimed.values())))
    words = {who: [one for kind in CONCERNS for one in held[kind]] for who, held in said.items()}
    told.standing[""] = {who: "; ".join(held) for who, held in words.items()}
    some = sorted(filter(words.get, words), key=lambda who: (seen.classes[who][1], -len(words[who]), then.by_name(who)))
    rest = [who for who in listed(asked, seen) if not words[who]]
    for title, people in (("To talk about", some), ("Everybody else", rest)):
        told.tables[title] = [_talked_of(asked, seen, who, words[who]) for who in people]
    return told


def _numbers(
    asked: Question, seen: View, said: dict[int, dict[str, list[str]]], with_target: frozenset[int]
) -> list[Line]:
    """How many of each kind, of those of whom it can be said."""
    told_of = frozenset(who for who in seen.inside if sessions(asked, who))
    of = dict.fromkeys(CONCERNS, seen.inside) | {"off": with_target, "absent": told_of}
    return [_of_kind(kind, frozenset(who for who in said if said[who][kind]), of[kind]) for kind in CONCERNS]


def _of_kind(kind: str, pupils: frozenset[int], of: frozenset[int]) -> Line:
    """How many, of those of whom it can be said; where there are none, why not."""
    unknown = {"off": "nothing: no targets", "absent": "nothing: not recorded"}.get(kind, "")
    return Line({WHAT: CONCERNS[kind], "Pupils": Of(pupils, of) if of else unknown, "Of": len(of) or None})


def _talked_of(asked: Question, seen: View, who: int, words: list[str]) -> Line:
    groups = ", ".join(worth_a_word(asked, seen, who))
    return Line(
        {"Pupil": who, "Groups": groups, **_marks(asked, who), WHAT: "; ".join(words), "Agreed": ""},
        _heading(seen, who),
    )
