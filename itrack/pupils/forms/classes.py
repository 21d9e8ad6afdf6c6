"""What people type about classes, turned into values."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms

from itrack.pupils.api import ClassFacts, YearGroupWaiting
from itrack.pupils.rules import why_not_a_upn
from itrack.pupils.rules_answers import Flag
from itrack.pupils.rules_classes import LONGEST_NAME, MOST_CLASSES, first_day, last_day, tidy_name
from itrack.pupils.rules_entry import Joiner, tidy_person, why_not_a_name, why_not_born
from itrack.pupils.rules_years import LADDER, year_group_name
from itrack.ui.words import long_date

NO_TEACHER, NO_CLASS = "", "none"
NO_SUCH_DAY = "There is no such day. Write it as 23/11/2026."
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class Ids(forms.MultipleChoiceField):
    """Ticked rows. Whether they may be ticked is for the action to say, which knows what has changed meanwhile."""

    def valid_value(self, value: str) -> bool:
        return self.is_id(value)

    @staticmethod
    def is_id(text: str) -> bool:
        return text.isascii() and text.isdecimal() and len(text) < 19

    def clean(self, value: Any) -> list[int]:
        return sorted({int(each) for each in super().clean(value)})


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RollFilter(forms.Form):
    """The address of the roll: ids and codes, never a name."""

    on = forms.DateField(
        label="On", required=False, input_formats=DAY_FORMATS, widget=DateInput, error_messages={"invalid": NO_SUCH_DAY}
    )
    group = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    year_group = forms.CharField(required=False, max_length=20)
    flag = forms.ChoiceField(required=False, choices=[(flag.value, flag.value) for flag in Flag])


class YearFilter(forms.Form):
    """The address of the classes: the year in which the academic year starts, and the deed just done."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2100)
    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class MakeClassesForm(forms.Form):
    """How many classes to make of each year group: (code, name, pupils waiting, the usual number)."""

    def __init__(self, data: Any = None, *, groups: Iterable[tuple[str, str, int, int]]) -> None:
        super().__init__(data)
        self.codes: list[str] = []
        for code, name, waiting, usual in groups:
            self.codes.append(code)
            self.fields[f"number-{code}"] = self._number(name, min(waiting, MOST_CLASSES), usual)

    @staticmethod
    def _number(name: str, most: int, usual: int) -> forms.IntegerField:
        said = f"For {name}, write a number from 0 to {most}."
        return forms.IntegerField(
            label=f"Classes for {name}",
            min_value=0,
            max_value=most,
            initial=usual,
            widget=forms.NumberInput(attrs={"class": "input"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
        )

    def beside(self, groups: Iterable[YearGroupWaiting]) -> list[tuple[YearGroupWaiting, forms.BoundField | None]]:
        """Each year group with its field; None where its newcomers join classes there are."""
        return [
            (group, self[f"number-{code}"] if (code := group.year_group) in self.codes else None) for group in groups
        ]

    def numbers(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"number-{code}"] for code in self.codes}


class HelpersForm(forms.Form):
    """Who helps in a class. `seen` are those who did when the page was made."""

    members = forms.TypedMultipleChoiceField(
        required=False,
        coerce=int,
        label="Helpers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose teachers and assistants of the school from the list."},
    )
    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, staff: Sequence[tuple[int, str]], held: Sequence[int] = ()) -> None:
        super().__init__(data, initial={"members": held, "seen": ",".join(map(str, held))})
        self.fields["members"].choices = list(staff)  # type: ignore[attr-defined]

    def seen_members(self) -> list[int]:
        return [int(part) for part in self.cleaned_data["seen"].split(",") if part.isascii() and part.isdecimal()]


class ClassForm(forms.Form):
    """A class's name and teacher. `taken` are the names of the year's other classes."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={
            "required": "A class needs a name.",
            "max_length": f"A name has at most {LONGEST_NAME} characters.",
        },
    )
    teacher = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a teacher from the list, or nobody."},
    )
    seen_name = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_teacher = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        teachers: Sequence[tuple[int, str]],
        taken: Collection[str],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.taken = {name.casefold() for name in taken}
        self._choices("teacher", [(NO_TEACHER, "Nobody yet"), *teachers])

    def _choices(self, field: str, choices: list[tuple[Any, str]]) -> None:
        of_field = self.fields[field]
        assert isinstance(of_field, forms.ChoiceField)  # noqa: S101 - declared above as one
        of_field.choices = choices

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if why := why_not_a_name(name):
            raise forms.ValidationError(why)
        if name.casefold() in self.taken:
            raise forms.ValidationError(f"There is a class called {name} in this year already. Choose another name.")
        return name

    def facts(self) -> ClassFacts:
        return ClassFacts(self.cleaned_data["name"], self.cleaned_data["teacher"])

    def seen(self) -> ClassFacts:
        """What the class was when the form was opened."""
        return ClassFacts(self.cleaned_data["seen_name"], self.cleaned_data["seen_teacher"])


class MoveForm(forms.Form):
    """Which pupils go from which day, and to which class where there are `classes`, (id, name), to choose from."""

    pupils = Ids(error_messages={"required": "Tick the pupils first.", "invalid_choice": "Tick pupils of the list."})
    to = forms.ChoiceField(
        label="To",
        required=False,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a class from the list."),
    )
    day = forms.DateField(
        label="From",
        input_formats=DAY_FORMATS,
        widget=DateInput,
        error_messages={"required": "Say from which day.", "invalid": NO_SUCH_DAY},
    )

    def __init__(
        self, data: Any = None, *, name: str, year: int, classes: Sequence[tuple[int, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"{name}-%s")
        self.year = year
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 - declared above as one
        to.choices = [("", "Choose"), *classes, (NO_CLASS, "No class")]
        to.required = name == "move"

    def clean_to(self) -> int | None:
        to = self.cleaned_data["to"]
        return int(to) if to.isdecimal() else None

    @property
    def ticked(self) -> set[int]:
        """The pupils ticked so far, so that a form sent back keeps its ticks."""
        return {int(pupil) for pupil in self["pupils"].value() or [] if Ids.is_id(pupil)}

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        first, last = first_day(self.year), last_day(self.year)
        if not first <= day <= last:
            raise forms.ValidationError(f"Choose a day from {long_date(first)} to {long_date(last)}.")
        return day


class JoinerForm(forms.Form):
    """A pupil typed in by hand. `classes` are those of the academic year: (id, name)."""

    surname = forms.CharField(label="Legal surname", error_messages={"required": "Write the legal surname."})
    forename = forms.CharField(label="Legal forename", error_messages={"required": "Write the legal forename."})
    dob = forms.DateField(
        label="Date of birth",
        input_formats=DAY_FORMATS,
        widget=DateInput,
        error_messages={"required": "Write the date of birth.", "invalid": NO_SUCH_DAY},
    )
    sex = forms.ChoiceField(
        label="Sex",
        required=False,
        choices=[("", "Not stated"), ("F", "Female"), ("M", "Male")],
        error_messages={"invalid_choice": "Choose from the list."},
    )
    upn = forms.CharField(
        label="UPN, if you know it",
        required=False,
        max_length=40,
        help_text="13 characters. Without it, their transfer file will ask you whether this is the same child.",
    )
    joins = forms.DateField(
        label="First day here",
        help_text="This school year or the next.",
        input_formats=DAY_FORMATS,
        widget=DateInput,
        error_messages={"required": "Write the first day here.", "invalid": NO_SUCH_DAY},
    )
    year_group = forms.ChoiceField(
        label="Year group",
        choices=[("", "Choose"), *((code, year_group_name(code)) for code in LADDER[2:18])],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a year group from the list."),
    )
    group = forms.TypedChoiceField(
        label="Class",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a class from the list, or none."},
    )
    another = Ids(required=False, error_messages={"invalid_choice": "Tick again whether this is another child."})

    def __init__(self, data: Any = None, *, year: int, classes: Sequence[tuple[int, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.year = year
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)  # noqa: S101 - declared above as one
        group.choices = [("", "None yet"), *classes]

    def clean_surname(self) -> str:
        return _person_name(self.cleaned_data["surname"])

    def clean_forename(self) -> str:
        return _person_name(self.cleaned_data["forename"])

    def clean_upn(self) -> str:
        upn = "".join(self.cleaned_data["upn"].split()).upper()
        if upn and (why := why_not_a_upn(upn)):
            raise forms.ValidationError(why)
        return upn

    def clean_joins(self) -> Any:
        joins = self.cleaned_data["joins"]
        if not first_day(self.year) <= joins <= last_day(self.year + 1):
            first, last = long_date(first_day(self.year)), long_date(last_day(self.year + 1))
            raise forms.ValidationError(f"Choose a day from {first} to {last}.")
        return joins

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "dob" in told and "joins" in told and (why := why_not_born(told["dob"], told["joins"])):
            self.add_error("dob", why)
        if told.get("group") and "joins" in told and told["joins"] > last_day(self.year):
            self.add_error("group", "Classes of the next year are filled when it is set up. Choose none yet.")
        return told

    def joiner(self) -> Joiner:
        told = {name: self.cleaned_data[name] for name in JOINER_FIELDS}
        return Joiner(year=self.year + (told["joins"] > last_day(self.year)), **told)


JOINER_FIELDS = ("surname", "forename", "dob", "sex", "upn", "joins", "year_group", "group")


def _person_name(text: str) -> str:
    name = tidy_person(text)
    if why := why_not_a_name(name):
        raise forms.ValidationError(why)
    return name
