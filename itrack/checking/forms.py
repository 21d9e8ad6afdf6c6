"""What is asked for when marks are put right, read from an address or a form."""

import re
from collections.abc import Callable, Mapping
from itertools import groupby

from django import forms
from django.http import QueryDict

from itrack.checking.queries.moving import Asked, Offered
from itrack.checking.rules.moving import Act, Choices, Chosen, Place
from itrack.pupils.rules_years import LADDER, year_group_name
from itrack.schools.api import year_title

Options = list[tuple[str, str | list[tuple[str, str]]]]

ACTS: Options = [(Act.MOVE.value, "Move"), (Act.COPY.value, "Copy"), (Act.DELETE.value, "Delete")]
EVERYBODY = ""
# Eighteen digits fit the database's numbers; a longer one is nobody's id.
_CLASS, _YEAR = re.compile(r"class-([0-9]{1,18})"), re.compile(r"year-(.+)")
_CHOICE = re.compile(r"at-([0-9]{1,18})-([0-9]{1,18})")
_NUMBER = re.compile(r"[0-9]{1,18}")
REPLACE = "replace"


class MoveForm(forms.Form):
    """Every field is a choice among what the school has, so an answer that is none of them is an address made up."""

    act = forms.ChoiceField(label="What to do", choices=ACTS)
    whose = forms.ChoiceField(label="Whose marks", required=False)
    point = forms.ChoiceField(label="Assessment point")
    subject = forms.ChoiceField(label="Subject")
    assessment = forms.ChoiceField(label="Assessment")
    to_point = forms.ChoiceField(label="To assessment point")
    to_subject = forms.ChoiceField(label="To subject")
    to_assessment = forms.ChoiceField(label="To assessment")

    def __init__(self, data: Mapping[str, str] | QueryDict | None, *, offered: Offered, today: int) -> None:
        main = offered.assessments[0].id if offered.assessments else 0
        usual = {"act": "move", "point": today, "to_point": today, "subject": 0, "to_subject": 0}
        usual |= {"assessment": main, "to_assessment": main, **({k: data.get(k) for k in data} if data else {})}
        super().__init__(data, initial=usual, auto_id="m-%s")
        self._offer(offered)
        if data and data.get("act") == Act.DELETE:
            for name in ("to_point", "to_subject", "to_assessment"):
                self.fields[name].required = False

    def _offer(self, offered: Offered) -> None:
        points = _points(offered)
        subjects: Options = [(str(pk), name) for pk, name in offered.subjects]
        named: Options = [(str(row.id), row.name) for row in offered.assessments]
        told = {"point": points, "assessment": named, "whose": _whose(offered), "to_point": points}
        told |= {"subject": [("0", "All subjects"), *subjects], "to_assessment": named}
        told |= {"to_subject": [("0", "Each to itself"), *subjects]}
        for name, options in told.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = options

    @property
    def source(self) -> list[forms.BoundField]:
        return [self[name] for name in ("act", "whose", "point", "subject", "assessment")]

    @property
    def target(self) -> list[forms.BoundField]:
        return [self[name] for name in ("to_point", "to_subject", "to_assessment")]

    @property
    def asked(self) -> Asked:
        """What is asked for; the form must be valid."""
        given = self.cleaned_data
        number: Callable[[str], int] = lambda name: int(given[name] or 0)  # noqa: E731
        group, year = _CLASS.fullmatch(given["whose"]), _YEAR.fullmatch(given["whose"])
        return Asked(
            Act(given["act"]),
            Place(number("point"), number("subject"), number("assessment")),
            Place(number("to_point"), number("to_subject"), number("to_assessment")),
            int(group[1]) if group else 0,
            year[1] if year else "",
        )


def _points(offered: Offered) -> Options:
    years = groupby(reversed(offered.points), key=lambda point: point.year)
    return [(year_title(year), [(str(point.id), point.name) for point in rows]) for year, rows in years]


def _whose(offered: Offered) -> Options:
    years = [(f"year-{code}", year_group_name(code)) for code in LADDER]
    classes: Options = [
        (f"Classes {year_title(year)}", [(f"class-{pk}", name) for _, pk, name in rows])
        for year, rows in groupby(offered.classes, key=lambda row: row[0])
    ]
    return [(EVERYBODY, "Everybody"), *classes, ("Year groups", list(years))]


def read_choices(sent: QueryDict) -> Choices:
    """What was chosen at the preview: pupils ticked, and the fields at-PUPIL-SUBJECT of those that meet a mark."""
    pupils = {int(text) for text in sent.getlist("pupil") if _NUMBER.fullmatch(text)}
    chosen = sent.get("theirs", "")
    replaced = {
        (int(found[1]), int(found[2]))
        for name, value in sent.items()
        if value == REPLACE and (found := _CHOICE.fullmatch(name))
    }
    return Choices(pupils, Chosen(chosen) if chosen in set(Chosen) else Chosen.KEEP, replaced)
