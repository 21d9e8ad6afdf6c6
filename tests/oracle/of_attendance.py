"""Attendance: sessions missed of all that were possible, who missed a tenth or more of their own, a subject beside."""

from fractions import Fraction

from tests.oracle import sums
from tests.oracle.asking import Question
from tests.oracle.figures import Exact, Foretold, Oracle, Who
from tests.oracle.of_attainment import divided
from tests.oracle.of_groups import one_subject
from tests.oracle.rows import Rows
from tests.oracle.view import Standing, View

# From this share of their own sessions (in it) to that (not in it).
BANDS = {
    "Under 5% missed": (Fraction(0), Fraction(1, 20)),
    "5% to under 10%": (Fraction(1, 20), Fraction(1, 10)),
    "10% to under 50%": (Fraction(1, 10), Fraction(1, 2)),
    "50% or more": (Fraction(1, 2), Fraction(2)),
}


def attendance(rows: Rows, question: Question) -> Oracle:
    view = question.view(rows)
    one, year = one_subject(view, question.subject), year_told_of(rows, question)
    known, unknown = sessions(rows, view, year)
    unmarked = {(pupil, one.name, why) for pupil, why in one.out.items() if pupil in known}
    out = {(pupil, "Sessions", why) for pupil, why in unknown.items()} | unmarked
    told = Oracle(people=view.people, counted=frozenset(known), out=out)
    told.standing = {one.name: one.said, "Sessions": _said(known, unknown)}
    if known:
        beside = Absence(known, one)
        beside.row(told, "", "Everybody", frozenset(known))
        for kind, parts in {"Year group": view.by_year(), **divided(view, question)}.items():
            for words, members in parts.items():
                beside.row(told, kind, words, members)
        _draw(told, known, view)
        for words, (least, most) in BANDS.items():
            beside.band(told, words, least, most)
    return told


def year_told_of(rows: Rows, question: Question) -> int:
    """The year asked for, else that of the point or the last before it there are totals of."""
    told = {line["year"] for lines in rows.sessions.values() for line in lines}
    usual = max((year for year in told if year <= 2026), default=max(told, default=2026))
    return int(question.chosen.get("sessions") or usual)


def sessions(rows: Rows, view: View, year: int) -> tuple[dict[int, tuple[int, int]], dict[int, str]]:
    """Pupil → (missed, possible) at this school, or why that is not known. A row without a school's number is ours."""
    title, known, unknown = f"{year}/{(year + 1) % 100}", {}, {}
    ours = {("", ""), (rows.school["la"], rows.school["estab"])}
    for pupil in view.people:
        told = [line for line in rows.sessions.get(pupil, []) if line["year"] == year]
        own = [line for line in told if (line["la"], line["estab"]) in ours]
        possible = sum(line["possible"] for line in own)
        if possible:
            known[pupil] = sum(line["authorised"] + line["unauthorised"] for line in own), possible
        elsewhere = told and not own
        if not possible:
            none = f"No file told of sessions in {title}"
            unknown[pupil] = f"Sessions of {title} at another school alone" if elsewhere else none
    return known, unknown


def _said(known: dict[int, tuple[int, int]], unknown: dict[int, str]) -> dict[int, str]:
    told = {
        pupil: f"{sums.mean(100 * Fraction(missed, possible))}%, {missed} of {possible} sessions"
        for pupil, (missed, possible) in known.items()
    }
    return told | {pupil: f"Not counted: {why}" for pupil, why in unknown.items()}


class Absence:
    """Absence of those whose sessions are known, with where they stand in a subject."""

    def __init__(self, known: dict[int, tuple[int, int]], subject: Standing) -> None:
        self.known, self.subject = known, subject
        inside = f"{subject.name[:1].lower()}{subject.name[1:]}"
        self.reached, self.marked = f"Expected or above in {inside}", f"With a mark in {inside}"

    def row(self, told: Oracle, kind: str, words: str, members: frozenset[int]) -> None:
        own = frozenset(self.known) & members
        missed, possible = pooled(self.known, own)
        persistent = frozenset(pupil for pupil in own if 10 * self.known[pupil][0] >= self.known[pupil][1])
        rate = sums.share(missed, possible)
        cells: dict[str, Foretold] = {
            "Absence %": Exact(None if rate is None else 100 * rate, sums.mean(None if rate is None else 100 * rate)),
            "Sessions missed": Exact(missed, f"{missed:,}"),
            "Sessions possible": Exact(possible, f"{possible:,}"),
            "Persistent absence": Who(persistent, own),
            "Counted": Who(own),
        }
        told.say(kind, words, cells | self._beside(own), len(own))

    def _beside(self, own: frozenset[int]) -> dict[str, Foretold]:
        marked = self.subject.counted & own
        return {self.reached: Who(self.subject.secure & own, marked), self.marked: Who(marked)}

    def band(self, told: Oracle, words: str, least: Fraction, most: Fraction) -> None:
        who = frozenset(
            pupil for pupil, (missed, possible) in self.known.items() if least <= Fraction(missed, possible) < most
        )
        marked = self.subject.counted & who
        told.say("", words, {"Pupils": Who(who, frozenset(self.known)), **self._beside(who)}, len(marked))
        told.drawn["share", "", words] = len(self.subject.secure & who), len(marked)


def pooled(known: dict[int, tuple[int, int]], who: frozenset[int]) -> tuple[int, int]:
    """All sessions missed and all that were possible, not the mean of pupils' rates."""
    return sum(known[one][0] for one in who), sum(known[one][1] for one in who)


def _draw(told: Oracle, known: dict[int, tuple[int, int]], view: View) -> None:
    everybody = frozenset(known)
    told.drawn["share", "", "Everybody"] = pooled(known, everybody)
    for words, members in view.by_year().items():
        if members & everybody:
            told.drawn["share", "Year group", words] = pooled(known, members & everybody)
