"""The dated facts about a pupil: meals, special needs, year group, care, service family, Welsh learning needs.

Each row has a key, so that a later file adds to the history instead of replacing it. A row whose key cannot be read
is left out. So is a spell that ends before it starts: kept without its end it would say that it still runs.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from itrack.imports.rules import codes
from itrack.imports.rules.rows import CircumstanceRow
from itrack.imports.rules.text import day, spoken, truth, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itrack.imports.rules.raw import Facts, RawPupil, Texts

MEALS: Final = "free school meals"
SPECIAL_NEEDS: Final = "special educational needs"


def circumstances(raw: RawPupil, facts: Facts) -> tuple[CircumstanceRow, ...]:
    """Every circumstance that could be read, one for each kind and key; the file's first wins."""
    if not raw.rows and raw.texts.keys().isdisjoint(_OF_TEXTS):
        return ()
    found: dict[tuple[str, str], CircumstanceRow] = {}
    for row in _all(raw, facts):
        if found.setdefault((row.kind, row.key), row) != row:
            raw.warnings.append(f"{_ENTRY[row.kind]} is in the file twice and differs. The first is kept.")
    return tuple(found.values())


def dated(raw: RawPupil, row: Texts, key: str, what: str) -> date | None:
    """A date that may be absent; a warning where it is written but is no date."""
    written = row.get(key, "")
    if written and day(written) is None:
        raw.warnings.append(f"A date in the {what} history is written “{written}”. It is left out.")
    return day(written) if written else None


def _all(raw: RawPupil, facts: Facts) -> Iterator[CircumstanceRow]:
    for kind, read in _OF_ROWS.items():
        for texts in raw.rows.get(kind, ()):
            if row := read(raw, texts):
                yield row
    for key, read_text in _OF_TEXTS.items():
        if raw.texts.get(key) and (row := read_text(raw, facts)):
            yield row


def _meals(raw: RawPupil, row: Texts) -> CircumstanceRow | None:
    country, category = row.get("country", "").upper(), row.get("category", "").upper()
    if (spell := _spell(raw, row, MEALS)) is None:
        return None
    starts, ends = spell
    checked_on = dated(raw, row, "checked_on", MEALS)
    known = _known(raw, country, codes.COUNTRIES | {""}, "country of a free school meals spell")
    return CircumstanceRow(
        "fsm", f"{starts}|{country}", country, category, None, starts, ends, checked_on,
        known and category in codes.MEAL_CATEGORIES,
    )  # fmt: skip


def _special_needs(raw: RawPupil, row: Texts) -> CircumstanceRow | None:
    provision = row.get("provision", "").upper()
    if not provision:
        raw.warnings.append("A special educational needs spell does not say which provision. It is left out.")
        return None
    if (spell := _spell(raw, row, SPECIAL_NEEDS)) is None:
        return None
    known = _known(raw, provision, codes.SEN_PROVISIONS, "special educational needs provision")
    return CircumstanceRow("sen", spell[0].isoformat(), provision, "", None, *spell, None, known)


def _spell(raw: RawPupil, row: Texts, what: str) -> tuple[date, date | None] | None:
    if (starts := day(row.get("starts", ""))) is None:
        raw.warnings.append(f"A spell in the {what} history has no start date we can read. It is left out.")
        return None
    ends = dated(raw, row, "ends", what)
    if ends and ends < starts:
        days = f"starts on {spoken(starts)} and ends on {spoken(ends)}"
        raw.warnings.append(f"A spell in the {what} history {days}. It is left out.")
        return None
    return starts, ends


def _type_of_need(raw: RawPupil, row: Texts) -> CircumstanceRow | None:
    if not (code := row.get("code", "").upper()):
        return None
    known = _known(raw, code, codes.SEN_NEEDS, "type of special educational need")
    return _undated("sen_need", code, known=known, key=code, rank=whole_number(row.get("rank", "")))


def _learning_need(_raw: RawPupil, row: Texts) -> CircumstanceRow | None:
    code = row.get("code", "").upper()
    return _undated("aln_need", code, known=code in codes.ALN_NEEDS, key=code) if code else None


def _year_group(raw: RawPupil, facts: Facts) -> CircumstanceRow | None:
    code, year = raw.texts["year_group"].upper(), facts.academic_year
    if year is None:
        raw.warnings.append(f"Year group {code} is left out: the file does not say for which academic year.")
        return None
    known = _known(raw, code, codes.YEAR_GROUPS, "year group")
    return CircumstanceRow(
        "year", str(year), code, "", None, date(year, 9, 1), date(year + 1, 8, 31), None, known
    )  # fmt: skip


def _care(raw: RawPupil, _facts: Facts) -> CircumstanceRow | None:
    in_care = truth(raw.texts["in_care"])
    if in_care is None:
        raw.warnings.append("Whether the pupil is looked after is not written as true or false. It is left out.")
        return None
    return _undated("care", "yes" if in_care else "no", detail=raw.texts.get("care_authority", ""))


def _service(raw: RawPupil, _facts: Facts) -> CircumstanceRow:
    code = raw.texts["service"].upper()
    return _undated("service", code, known=_known(raw, code, codes.SERVICE, "service child code"))


def _additional_learning(raw: RawPupil, _facts: Facts) -> CircumstanceRow:
    code = raw.texts["aln"].upper()
    return _undated("aln", code, detail=raw.texts.get("aln_plan", ""), known=code in codes.ALN_OUTCOMES)


def _stage_of_english(raw: RawPupil, _facts: Facts) -> CircumstanceRow:
    code = raw.texts["eal_stage"].upper()
    return _undated("eal_stage", code, known=_known(raw, code, codes.EAL_STAGES, "stage of English"))


def _undated(
    kind: str, code: str, *, known: bool = True, key: str = "", detail: str = "", rank: int | None = None
) -> CircumstanceRow:
    return CircumstanceRow(kind, key, code, detail, rank, None, None, None, known)


def _known(raw: RawPupil, code: str, known: frozenset[str], label: str) -> bool:
    if code not in known:
        raw.warnings.append(f"The {label} “{code}” is not on our list. It is kept as written.")
    return code in known


_OF_ROWS: Final[dict[str, Callable[[RawPupil, Texts], CircumstanceRow | None]]] = {
    "fsm": _meals,
    "sen": _special_needs,
    "sen_need": _type_of_need,
    "aln_need": _learning_need,
}
_OF_TEXTS: Final[dict[str, Callable[[RawPupil, Facts], CircumstanceRow | None]]] = {
    "year_group": _year_group,
    "in_care": _care,
    "service": _service,
    "aln": _additional_learning,
    "eal_stage": _stage_of_english,
}
_ENTRY: Final = {
    "fsm": "A free school meals spell",
    "sen": "A special educational needs spell",
    "sen_need": "A type of special educational need",
    "aln_need": "A type of additional learning need",
}
