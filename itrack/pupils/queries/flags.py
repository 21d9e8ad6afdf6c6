"""Pupils' flags with their reasons and sources, for the pages where people read and set them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from itrack.foundation.viewer import Role
from itrack.pupils.models import Enrolment, Pupil
from itrack.pupils.queries.facts import facts_told
from itrack.pupils.queries.stays import STAY
from itrack.pupils.rules_answers import Facts, Flag, Stay, answer, by_the_record
from itrack.pupils.rules_columns import flags_hidden_from, may_set, reasons_hidden_from
from itrack.pupils.rules_joining import Joining, entry_of, joining
from itrack.pupils.rules_overrides import words_for
from itrack.pupils.rules_reasons import MEANS, TITLES, WITHHELD, reason, says, source_in_words, source_of
from itrack.pupils.rules_years import academic_year, why_year_group, year_group_name


@dataclass(frozen=True, slots=True)
class FlagCell:
    """One flag of one pupil. `set_to` is the school's word, "" for as recorded; `recorded` is what the record says.

    `choices` are the words that somebody may set, none where the reader may not.
    """

    flag: str
    title: str
    means: str
    says: str
    words: str
    why: str
    source: str
    recorded: str
    recorded_why: str
    recorded_source: str
    set_to: str
    choices: list[tuple[str, str]]

    @property
    def is_set(self) -> bool:
        return bool(self.set_to)


@dataclass(frozen=True, slots=True)
class PupilFlags:
    """The flags of one pupil that a reader is told of, how their year group is known, and when they joined."""

    cells: list[FlagCell]
    year: int
    year_group_why: str
    joined: Joining

    @property
    def joined_in(self) -> str:
        """The year group the pupil joined in, "" where it is not known."""
        return year_group_name(self.joined.year_group) if self.joined.year_group else ""

    @property
    def settable(self) -> bool:
        return any(cell.choices for cell in self.cells)


def pupil_flags(*, school: int, pupil: int, role: Role, on: date) -> PupilFlags | None:
    """None for an id the school does not know."""
    facts = facts_of_pupils([pupil], school=school).get(pupil)
    if facts is None:
        return None
    year = academic_year(on)
    return PupilFlags(
        [cell(flag, facts, on=on, role=role) for flag in flags_told(role)],
        year,
        why_year_group(facts.years, year, facts.born),
        joining(facts, on),
    )


def flags_told(role: Role) -> list[Flag]:
    hidden = flags_hidden_from(role)
    return [flag for flag in Flag if flag not in hidden]


def facts_of_pupils(pupils: Collection[int], *, school: int) -> dict[int, Facts]:
    """All that decides these pupils' flags, with its sources; without those the school does not know."""
    told = facts_told(pupils, school=school, sources=True)
    spells = Enrolment.objects.filter(school_id=school, pupil__in=pupils, ended_at__isnull=True)
    stays = [(pupil, Stay(*row)) for pupil, *row in spells.values_list("pupil_id", *STAY)]
    known = Pupil.objects.filter(school_id=school, pk__in=pupils, merged_into__isnull=True)
    return {
        pk: told[pk].facts(
            sex=sex,
            born=born,
            language=language,
            stays=tuple(one for pupil, one in stays if pupil == pk),
            entry=entry_of(phase),
        )
        for pk, sex, born, language, phase in known.values_list("pk", "sex", "dob", "first_language", "school__phase")
    }


def cell(flag: Flag, facts: Facts, *, on: date, role: Role) -> FlagCell:
    """What somebody of this role is told of the flag on that day."""
    found, recorded = answer(flag, facts, on), by_the_record(flag, facts, on)
    settable, withheld = flag in may_set(role), flag in reasons_hidden_from(role)
    held = facts.overrides.get((flag, academic_year(on)))
    return FlagCell(
        flag=flag,
        title=TITLES[flag],
        means=MEANS[flag],
        says=found.says,
        words=says(found),
        why=WITHHELD if withheld else _large(reason(found)),
        source="" if withheld else source_in_words(source_of(found)),
        recorded=says(recorded),
        recorded_why=WITHHELD if withheld else _large(reason(recorded)),
        recorded_source="" if withheld else source_in_words(source_of(recorded)),
        set_to=held.says if held and (settable or not withheld) else "",
        choices=words_for(flag) if settable else [],
    )


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]
