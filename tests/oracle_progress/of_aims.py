"""Target analysis and objectives, predicted pupil by pupil from the rows."""

from typing import Any

from tests.oracle_progress.of_progress import BANDS, ORDER
from tests.oracle_progress.record import LADDER, Point, Row, Then
from tests.oracle_progress.view import Question, View, view
from tests.oracle_progress.walk import Line, Of, Told

TRACKS = {"below": "Below", "on": "On track", "ahead": "Ahead"}


def last_mark(
    then: Then, pupil: int, subject: int, until: tuple[int, int], assessment: int = 0
) -> tuple[Row, Point] | None:
    """The last mark up to a point; one without a band is passed over while there is one that has a band."""
    found = [
        (bool(mark["band"]), point.year, point.slot, mark, point)
        for point in then.points if (point.year, point.slot) <= until
        if (mark := then.marks.get((pupil, subject, point.id, assessment or then.main)))
    ]  # fmt: skip
    return max(found, key=lambda one: one[:3])[3:] if found else None  # type: ignore[return-value]


class Standing:
    """One pupil's target in a subject beside the last mark: on which `track`, or why `out`."""

    def __init__(self, then: Then, pupil: int, subject: int, aim: Point) -> None:
        rows = [row for row in then.held("targets", pupil) if (row["point_id"], row["subject_id"]) == (aim.id, subject)]
        self.target = next((row for row in rows if row["assessment_id"] == then.main), None)
        found = last_mark(then, pupil, subject, (aim.year, aim.slot))
        self.mark, self.at = found or (None, None)
        self.out = self._why_not(then)
        self.track, self.reached = "", False
        if not self.out and self.target and self.mark and self.at:
            wanted = ORDER.index(wanted_by(then, self.target["band"], self.at, aim))
            here = ORDER.index(self.mark["band"])
            self.track = "below" if here < wanted else "ahead" if here > wanted else "on"
            self.reached = here >= ORDER.index(self.target["band"])

    def _why_not(self, then: Then) -> str:
        if self.target is None:
            return "No target set"
        if self.mark is None:
            return "No mark yet"
        code = self.mark["code"]
        return "" if self.mark["band"] else f"Only code {code}, {then.called(code).lower()}"

    def said(self, year: int) -> str:
        """Where the pupil stands, in words."""
        if not self.track or not self.target or not self.mark:
            return f"Not counted: {self.out[0].lower()}{self.out[1:]}"
        target = f"{self.target['code']} ({BANDS[self.target['band']].lower()})"
        return f"{TRACKS[self.track]}: {self.mark['code']} at {self.when(year)}, target {target}"

    def when(self, year: int) -> str:
        if self.at is None:
            return ""
        return self.at.short if self.at.year == year else f"{self.at.short}, {self.at.title[-7:]}"


def wanted_by(then: Then, band: str, at: Point, aim: Point) -> str:
    """The target's own band, unless the school says that on the way a lower one will do."""
    steps = then.facts["rules"][0]["steps"] if then.facts["rules"] else {}
    return band if at == aim else steps.get(band, {}).get(f"{at.slot}", band)


class Tracks:
    """One subject: everybody in view, by track or left out with a reason."""

    def __init__(self, then: Then, seen: View, subject: int, aim: Point) -> None:
        self.name = then.subjects[subject]
        self.told = {pupil: Standing(then, pupil, subject, aim) for pupil in seen.inside}

    def on(self, *tracks: str) -> frozenset[int]:
        return frozenset(pupil for pupil, one in self.told.items() if one.track in tracks)

    @property
    def counted(self) -> frozenset[int]:
        return self.on(*TRACKS)

    @property
    def out(self) -> dict[int, str]:
        return {pupil: one.out for pupil, one in self.told.items() if one.out}


def targets(asked: Question) -> Told:
    """`asked.slot` is that of the last point of the year that had begun, or its first: this report asks for none."""
    then, aim = asked.then, asked.then.point(asked.year, int(asked.choice("target")))
    seen = view(asked)
    found = {pk: Tracks(then, seen, pk, aim) for pk in then.subjects}
    marked = [one for one in found.values() if one.counted]
    one = found.get(asked.subject) or min(
        marked, key=lambda of: len(of.on("on", "ahead")) / len(of.counted), default=None
    )
    if one is None:
        return Told()
    told = Told(
        people=seen.people, counted=frozenset().union(*(of.counted for of in found.values())), out=_outs(seen, found)
    )
    told.standing.update(
        {of.name: {who: held.said(asked.year) for who, held in of.told.items()} for of in found.values()}
    )
    told.tables["By subject"] = [_subject(of) for of in found.values()]
    told.tables[f"{one.name}, pupil by pupil"] = _pupil_by_pupil(then, seen, one, asked.year)
    told.pictures.append(
        {(of.name, words): len(of.on(track)) for of in found.values() for track, words in TRACKS.items()}
    )
    return told


def _subject(one: Tracks) -> Line:
    shares = {words: Of(one.on(track), one.counted) for track, words in TRACKS.items()}
    reached = frozenset(pupil for pupil, held in one.told.items() if held.reached)
    return Line(
        {"Subject": one.name, **shares}
        | {
            "On track or ahead": Of(one.on("on", "ahead"), one.counted),
            "At the target already": Of(reached, one.counted),
        }
        | {"Counted": Of(one.counted), "Not counted": Of(frozenset(one.out))}
    )


def _pupil_by_pupil(then: Then, seen: View, one: Tracks, year: int) -> list[Line]:
    lines = []
    for track, words in TRACKS.items():
        for pupil in sorted(one.on(track), key=then.by_name):
            held = one.told[pupil]
            assert held.target, "who is on a track has a target"
            assert held.mark, "and a mark"
            cells: dict[str, Any] = {"Pupil": pupil, "Class": seen.classes[pupil][1], "Of": held.when(year)}
            cells |= {
                "Target": (held.target["code"], held.target["band"]),
                "Last mark": (held.mark["code"], held.mark["band"]),
            }
            lines.append(Line(cells | {"At the target already": "yes" if held.reached else "not yet"}, words))
    return lines


def _outs(seen: View, found: dict[int, Tracks]) -> frozenset[tuple[int, str, str]]:
    where: dict[tuple[int, str], list[str]] = {}
    for one in found.values():
        for pupil, why in one.out.items():
            where.setdefault((pupil, why), []).append(one.name)
    lines = {
        (pupil, "Every subject" if len(names) == len(found) else ", ".join(names), why)
        for (pupil, why), names in where.items()
    }
    return frozenset(lines | {(pupil, "Every subject", why) for pupil, why in seen.outside.items()})


NOTHING = ("–", "Nothing entered yet")


class Judged:
    """The statements of one strand: how deep each pupil whose year's they are is in each."""

    def __init__(self, asked: Question, seen: View) -> None:
        then = asked.then
        [self.strand] = [row for row in then.lists["strands"] if f"{row['id']}" == asked.choice("strand")]
        of = [row for row in then.lists["statements"] if row["strand_id"] == self.strand["id"]]
        told = sorted(of, key=lambda row: (row["position"], row["id"]))
        self.labels = {row["id"]: f"{n}. {row['text']}" for n, row in enumerate(told, start=1)}
        scale = [row for row in then.lists["scale"] if row["framework_id"] == self.strand["framework_id"]]
        self.scale = {row["id"]: row for row in sorted(scale, key=lambda row: row["position"])}
        years = LADDER[LADDER.index(self.strand["from_year_group"]) : LADDER.index(self.strand["to_year_group"]) + 1]
        self.own = frozenset(who for who in seen.inside if then.year_group(who, asked.year) in years)
        self.depths = {(row["pupil_id"], row["statement_id"]): row["depth_id"] for row in then.facts["depths"]}

    def step(self, who: int, statement: int) -> tuple[str, str]:
        """(code, name): of an empty cell, of one that does not apply, or of a step of the scale."""
        if (who, statement) not in self.depths:
            return NOTHING
        depth = self.depths[who, statement]
        return (self.scale[depth]["code"], self.scale[depth]["name"]) if depth else ("/", "Does not apply")

    def who(self, statement: int, *codes: str) -> frozenset[int]:
        return frozenset(who for who in self.own if self.step(who, statement)[0] in codes)


def objectives(asked: Question) -> Told:
    seen = view(asked)
    judged = Judged(asked, seen)
    if not judged.own:
        return Told()
    years = f"Of another year than Year {judged.strand['from_year_group']}, whose statements these are"
    out = {(who, "", years) for who in seen.inside - judged.own} | seen.outs
    told = Told(people=seen.people, counted=judged.own, out=frozenset(out))
    told.standing.update({f"{one}": {who: judged.step(who, one)[1] for who in judged.own} for one in judged.labels})
    told.tables["By statement"] = [_statement(judged, one) for one in judged.labels]
    order = sorted(judged.own, key=lambda who: (seen.classes[who][1], asked.then.by_name(who)))
    told.tables["Pupils by statements"] = [_grid_row(seen, judged, who) for who in order]
    steps = {row["code"]: row["name"] for row in judged.scale.values()} | dict([NOTHING])
    told.pictures.append(
        {
            (judged.labels[one], name): len(judged.who(one, code))
            for one in judged.labels
            for code, name in steps.items()
        }
    )
    return told


def _statement(judged: Judged, one: int) -> Line:
    """Secure is told of those taught; who has no mark counts, to whom it does not apply not."""
    scale = judged.scale.values()
    counted = judged.own - judged.who(one, "/")
    taught = judged.who(one, *(row["code"] for row in scale if row["taught"]))
    secure = judged.who(one, *(row["code"] for row in scale if row["secure"]))
    steps = {row["name"]: Of(judged.who(one, row["code"]), counted) for row in scale}
    steps[NOTHING[1]] = Of(judged.who(one, NOTHING[0]), counted)
    return Line(
        {"Statement": judged.labels[one], **steps, "Taught": Of(taught), "Secure of those taught": Of(secure, taught)}
        | {"Counted": Of(counted), "Does not apply": Of(judged.who(one, "/"))}
    )


def _grid_row(seen: View, judged: Judged, who: int) -> Line:
    steps = {label: judged.step(who, one) for one, label in judged.labels.items()}
    shown = {label: "" if step == NOTHING else step for label, step in steps.items()}
    return Line({"Pupil": who, **shown}, seen.classes[who][1])
