"""What people type about the school's people, turned into values."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from itrack.accounts.api import PlaceFacts, PlaceRow
from itrack.foundation.viewer import Role
from itrack.mailing.rules.addresses import settled_address
from itrack.staff.actions.inviting import NewPerson
from itrack.staff.actions.reviews import KEEP, REMOVE
from itrack.staff.queries.people import Asked, Person, State
from itrack.staff.rules.details import tidy, why_not_a_job_title, why_not_a_name, why_not_an_address
from itrack.staff.rules.paste import COLUMNS, MOST_ROWS
from itrack.staff.rules.roles import TEACH, WORDS, role_name

LARGEST = 2**62
LONGEST_PASTE = 100_000
ROLES = [(role.value, told.name) for role, told in WORDS.items()]
MEANT = (date(2000, 1, 1), date(2100, 1, 1))
NO_SUCH_DAY = "There is no such day. Write it as 23/11/2026."


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "input"})


class DayField(forms.DateField):
    """A day near enough to be meant."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=DayInput,
            error_messages={"invalid": NO_SUCH_DAY},
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not MEANT[0] <= value <= MEANT[1]:
            raise forms.ValidationError(NO_SUCH_DAY)


class PeopleFilter(forms.Form):
    """The address of the list: what it is narrowed to, and the deed just done."""

    words = forms.CharField(label="Name or job title", required=False, max_length=80)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "All"), *ROLES])
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "Everybody here"),
            (State.ACTIVE, "Active"),
            (State.INVITED, "Invited"),
            (State.LEFT, "Removed"),
            ("all", "All, removed too"),
        ],
    )
    look = forms.BooleanField(label="Worth a look", required=False)
    invited = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    again = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    pasted = forms.IntegerField(required=False, min_value=0, max_value=MOST_ROWS)
    move = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def asked(self) -> Asked:
        told = self.cleaned_data
        state = {"": "here", "all": ""}.get(told["state"], told["state"])
        return Asked(told["words"], Role(told["role"]) if told["role"] else None, state, told["look"])


class _Details(forms.Form):
    """A name and a job title, as both forms ask for them."""

    name = forms.CharField(label="Name", required=False, max_length=1000)
    job_title = forms.CharField(label="Job title", required=False, max_length=1000)

    def clean_name(self) -> str:
        return _checked(self.cleaned_data["name"], why_not_a_name)

    def clean_job_title(self) -> str:
        return _checked(self.cleaned_data["job_title"], why_not_a_job_title)


def _checked(typed: str, judged: Callable[[str], str]) -> str:
    said = tidy(typed)
    if why := judged(said):
        raise forms.ValidationError(why)
    return said


class PersonForm(_Details):
    """What can be changed of somebody's place, and what it was when the form was opened."""

    role = forms.ChoiceField(
        label="Role",
        choices=ROLES,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a role from the list."),
    )
    seen_name = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen_job_title = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen_role = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, held: PlaceRow) -> None:
        now = {"name": held.name, "job_title": held.job_title, "role": held.role.value}
        super().__init__(data, initial=now | {f"seen_{field}": value for field, value in now.items()})

    def facts(self) -> PlaceFacts:
        told = self.cleaned_data
        return PlaceFacts(told["name"], told["job_title"], Role(told["role"]))

    def seen(self) -> PlaceFacts:
        """What the form showed; a role that is none was not shown by it."""
        told = self.cleaned_data
        role = told["seen_role"] if told["seen_role"] in Role else self.initial["role"]
        return PlaceFacts(told["seen_name"], told["seen_job_title"], Role(role))


class InviteForm(_Details):
    """Somebody new. `classes` are those of this year: (id, name)."""

    email = forms.CharField(
        label="E-mail", required=False, max_length=1000, help_text="The invitation goes there and nowhere else."
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose"), *ROLES],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a role from the list."),
    )
    classes = forms.TypedMultipleChoiceField(
        label="Classes",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="For who teaches them. Theirs at once, before the invitation is taken up.",
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), "Tick classes of the list."),
    )

    def __init__(self, data: Any = None, *, classes: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        field = self.fields["classes"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - declared above as one
        field.choices = [(str(pk), name) for pk, name in classes]

    def clean_email(self) -> str:
        address = settled_address(self.cleaned_data["email"])
        if why := why_not_an_address(address):
            raise forms.ValidationError(why)
        return address

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("classes") and told.get("role") and Role(told["role"]) not in TEACH:
            self.add_error("classes", f"{role_name(Role(told['role']))} is no role that teaches. Tick no class.")
        return told

    def person(self) -> NewPerson:
        told = self.cleaned_data
        return NewPerson(told["name"], told["job_title"], told["email"], Role(told["role"]), told["classes"])


class RemoveForm(forms.Form):
    """Who takes the classes over. `teachers` are the others: (id, name)."""

    to = forms.TypedChoiceField(
        label="Their classes go to",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a teacher from the list, or nobody."},
    )

    def __init__(self, data: Any = None, *, teachers: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above as one
        field.choices = [("", "Nobody yet"), *((str(pk), name) for pk, name in teachers)]


class PasteForm(forms.Form):
    """Rows of a spreadsheet, and what the preview of them said."""

    rows = forms.CharField(
        label="Rows",
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 10, "class": "input", "spellcheck": "false"}),
        help_text=f"In this order: {', '.join(COLUMNS).lower()}. At most {MOST_ROWS} rows at a time.",
        error_messages={
            "required": "Paste the rows first.",
            "max_length": "This is more than one paste takes. Paste it in parts.",
        },
    )
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def clean_rows(self) -> str:
        rows = str(self.cleaned_data["rows"])
        if rows.count("\n") > MOST_ROWS + 1:
            raise forms.ValidationError(f"At most {MOST_ROWS} rows at a time. Paste them in parts.")
        return rows


class ReviewForm(forms.Form):
    """A decision for each person: keep, remove, or another role. Who is worth a look needs one made by hand."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    # The page writes its choices itself: two hundred of them drawn by the framework take seconds.
    roles = ROLES

    def __init__(self, data: Any = None, *, people: Sequence[Person], seen: str) -> None:
        super().__init__(data, initial={"seen": seen})
        self.people = people
        for one in people:
            self.fields[f"decide-{one.member}"] = self._decision(one)

    @staticmethod
    def _decision(one: Person) -> forms.ChoiceField:
        others = [(role, name) for role, name in ROLES if role != one.place.role]
        said = f"Decide about {one.place.name}."
        return forms.ChoiceField(
            label=f"Decision about {one.place.name}",
            choices=[
                *([("", "Decide")] if one.look_again else []),
                (KEEP, f"Keep as {one.role_inside}"),
                ("Change to", others),
                (REMOVE, "Remove"),
            ],
            initial="" if one.look_again else KEEP,
            error_messages=dict.fromkeys(("required", "invalid_choice"), said),
        )

    def beside(self) -> list[tuple[Person, forms.BoundField]]:
        return [(one, self[f"decide-{one.member}"]) for one in self.people]

    def decisions(self) -> dict[int, str]:
        return {one.member: self.cleaned_data[f"decide-{one.member}"] for one in self.people}


class PeriodForm(forms.Form):
    """From which day to which, both included; the academic year so far when the address says nothing."""

    first = DayField(label="From")
    last = DayField(label="To")

    def days(self, first: date, last: date) -> tuple[date, date]:
        """The days asked for, with these where the form says none that can be read."""
        told = self.cleaned_data if self.is_bound else {}
        return told.get("first") or first, told.get("last") or last
