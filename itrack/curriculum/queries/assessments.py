"""What a school assesses, by name, and the scheme by which new marks of it are read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.http import Http404

from itrack.curriculum.models import AssessmentName, MarkOption
from itrack.curriculum.queries.subjects import subject_rows
from itrack.curriculum.rules_schemes import SHORT_NAMES, Kind, Option, Scale, rules_of
from itrack.foundation.changes.pointing import rows_in_use
from itrack.schools.rules import fingerprint


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment to choose: `subjects` are the ids of those it is for, none for all; `read_only`: it is history."""

    id: int
    name: str
    scheme: int
    kind: Kind
    subjects: tuple[int, ...]
    read_only: bool

    def is_for(self, subject: int) -> bool:
        return not self.subjects or subject in self.subjects


def assessments(*, school: int) -> list[AssessmentRow]:
    """All of them in the school's order, the main one first."""
    rows = AssessmentName.objects.filter(school_id=school).order_by("position", "pk")
    told = rows.values_list("pk", "name", "scheme_id", "scheme__kind", "subjects", "read_only")
    return [AssessmentRow(pk, name, scheme, Kind(kind), tuple(of), only) for pk, name, scheme, kind, of, only in told]


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment as its settings show it. `used`: it has marks. `main`: it is the first. `of`: subjects' names."""

    id: int
    name: str
    scheme: int
    scheme_name: str
    version: int
    kind: Kind
    locked: bool
    position: int
    subjects: tuple[int, ...]
    of: tuple[str, ...]
    read_only: bool
    used: bool
    main: bool

    @property
    def kind_name(self) -> str:
        return SHORT_NAMES[self.kind]

    @property
    def seen(self) -> str:
        return fingerprint([self.name, self.subjects])


class AssessmentLines(list[AssessmentLine]):
    """The assessments in the school's order."""

    @property
    def seen(self) -> str:
        return fingerprint((line.id, line.position) for line in self)


def assessment_lines(*, school: int) -> AssessmentLines:
    """All assessments in three questions, the main one first."""
    used = rows_in_use(AssessmentName, school=school)
    names = dict(subject_rows(school=school).values_list("pk", "name"))
    rows = AssessmentName.objects.filter(school_id=school).select_related("scheme").order_by("position", "pk")
    return AssessmentLines(_line(row, names, row.pk in used, main=place == 0) for place, row in enumerate(rows))


def _line(row: AssessmentName, names: Mapping[int, str], used: bool, *, main: bool) -> AssessmentLine:
    of = row.scheme
    only = tuple(names[subject] for subject in row.subjects if subject in names)
    told = row.pk, row.name, of.pk, of.name, of.version, Kind(of.kind), of.locked, row.position
    return AssessmentLine(*told, tuple(row.subjects), only, row.read_only, used, main)


def assessment_line(*, school: int, assessment: int) -> AssessmentLine:
    """One assessment; 404 when this school has no such one."""
    found = next((line for line in assessment_lines(school=school) if line.id == assessment), None)
    if found is None:
        raise Http404
    return found


def assessment_rows(*, school: Any) -> QuerySet[AssessmentName, Any]:
    """The assessments, for a larger question to take in; `facts` is what `assessment_of` reads."""
    told = JSONObject(
        subjects="subjects",
        read_only="read_only",
        lowest="scheme__lowest",
        highest="scheme__highest",
    )
    return AssessmentName.objects.filter(school_id=school).annotate(facts=Cast(told, TextField()))


def used_option_rows(*, school: Any) -> QuerySet[MarkOption, Any]:
    """The marks of every scheme that an assessment uses now, for a larger question to take in."""
    used = AssessmentName.objects.filter(school_id=school).values("scheme_id")
    return MarkOption.objects.filter(school_id=school, scheme_id__in=used)


def main_scheme(*, school: Any) -> QuerySet[AssessmentName, Any]:
    """The id of the scheme of the main assessment, for a larger question to take in."""
    return AssessmentName.objects.filter(school_id=school).order_by("position", "pk").values("scheme_id")[:1]


def main_assessment(*, school: Any) -> QuerySet[AssessmentName, Any]:
    """The id of the main assessment, for a larger question to take in."""
    return AssessmentName.objects.filter(school_id=school).order_by("position", "pk").values("pk")[:1]


@dataclass(frozen=True, slots=True)
class Named:
    """An assessment as marks are saved for it."""

    id: int
    name: str
    scale: Scale
    subjects: tuple[int, ...]
    read_only: bool


def named(*, school: int, assessment: int = 0) -> Named | None:
    """The assessment with its scale, 0 for the main one, in one question; None when there is no such one."""
    about, options = named_rows(school=school, assessment=assessment)
    return named_of(about.union(options, all=True))


def named_rows(*, school: int, assessment: int) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """The assessment and the marks of its scheme, each as (kind, id, id or place, facts), for a larger question."""
    rows = AssessmentName.objects.filter(school_id=school).order_by()
    asked = rows.filter(pk=assessment or Subquery(main_assessment(school=school)))
    facts = JSONObject(
        **{name: name for name in ("name", "subjects", "read_only")},
        **{name: f"scheme__{name}" for name in ("kind", "lowest", "highest", "bands")},
        scheme="scheme__name",
    )
    options = MarkOption.objects.filter(school_id=school, scheme_id__in=asked.values("scheme_id")).order_by()
    told = JSONObject(**{name: name for name in ("code", "name", "band")})
    return (
        asked.values_list(Value("assessment", TextField()), "pk", "scheme_id", Cast(facts, TextField())),
        options.values_list(Value("option", TextField()), "pk", "position", Cast(told, TextField())),
    )


def named_of(rows: Iterable[tuple[str, int, int, str]]) -> Named | None:
    """What `named_rows` asked for, out of all that the larger question answered."""
    told = list(rows)
    about = next((row for row in told if row[0] == "assessment"), None)
    if about is None:
        return None
    facts = json.loads(about[3])
    places = sorted((place, pk, words) for kind, pk, place, words in told if kind == "option")
    options = [Option(pk, **json.loads(words)) for _, pk, words in places]
    low, high = (None if facts[word] is None else Decimal(str(facts[word])) for word in ("lowest", "highest"))
    held, rules = {option.code: option for option in options}, rules_of(facts["bands"])
    scale = Scale(about[2], facts["scheme"], Kind(facts["kind"]), held, low, high, rules)
    return Named(about[1], facts["name"], scale, tuple(facts["subjects"]), facts["read_only"])
