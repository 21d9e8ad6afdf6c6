"""The steps of the wizard, each a form made of what the plan holds."""

from collections.abc import Sequence
from typing import Any

from django import forms

from itrack.pupils.rules_classes import LONGEST_NAME, first_day, last_day, tidy_name
from itrack.pupils.rules_entry import why_not_a_name
from itrack.pupils.rules_years import LADDER, NO_YEAR_GROUP, year_group_name, year_group_order
from itrack.rollover.api import Plan
from itrack.rollover.forms.choosing import FROM_THE_LIST, Step, choice, day, destinations
from itrack.rollover.rules.outcome import AS_CHOSEN
from itrack.rollover.rules.plan import NO_CLASS, NOWHERE, ClassChoice, Cohort, Mover, OwnWay, PointChoice
from itrack.rollover.rules.suggest import is_past
from itrack.schools.rules import LONGEST_POINT_NAME, PointFacts, faults, tidy
from itrack.ui.words import long_date

NEW_ROWS = 3
OLDEST_OFFERED = "6"  # a special school goes on further; its year groups are offered where there are pupils


class DatesForm(Step):
    """The new year's assessment points that the school shows; the others move along unseen."""

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"seen": plan.seen})
        self.year, self.points = plan.year, plan.choices.points
        for point in self.shown:
            self.fields[f"name-{point.slot}"] = forms.CharField(
                label=f"Name of {point.name}",
                initial=point.name,
                max_length=LONGEST_POINT_NAME,
                widget=forms.TextInput(attrs={"class": "input"}),
                error_messages={"required": f"{point.name} needs a name."},
            )
            self.fields[f"opens-{point.slot}"] = day(f"{point.name} opens", initial=point.opens_on)
            self.fields[f"closes-{point.slot}"] = day(f"{point.name} closes", initial=point.closes_on)

    @property
    def shown(self) -> list[PointChoice]:
        return [point for point in self.points if point.shown]

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            told = [PointFacts(p.slot, p.name, p.opens_on, p.closes_on) for p in self.chosen() if p.shown]
            for fault in faults(self.year, told):
                self.add_error(f"{fault.field}-{fault.slot}", fault.sentence)
        return self.cleaned_data

    def chosen(self) -> list[PointChoice]:
        return [self._typed(point) if point.shown else point for point in self.points]

    def _typed(self, point: PointChoice) -> PointChoice:
        typed, slot = self.cleaned_data, point.slot
        name, opens, closes = tidy(typed[f"name-{slot}"]), typed[f"opens-{slot}"], typed[f"closes-{slot}"]
        return PointChoice(slot, name, opens, closes, shown=True)

    def beside(self) -> list[tuple[PointChoice, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (point, self[f"name-{point.slot}"], self[f"opens-{point.slot}"], self[f"closes-{point.slot}"])
            for point in self.shown
        ]


class ClassesForm(Step):
    """The classes of the new year: a name and year groups each, and some empty rows for more."""

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"seen": plan.seen})
        self.held = {one.key: one for one in plan.choices.classes}
        numbers = [int(key[1:]) for key in self.held if key[1:].isdecimal()]
        first = max(numbers, default=0) + 1
        self.new = [f"c{first + n}" for n in range(NEW_ROWS)]
        years = [(code, short_year(code)) for code in _offered(plan)]
        for key in (*self.held, *self.new):
            one = self.held.get(key, ClassChoice(key, "", ()))
            self.fields[f"name-{key}"] = forms.CharField(
                label=f"Name of {one.name}" if one.name else "Name of another class",
                initial=one.name,
                required=False,
                max_length=LONGEST_NAME,
                widget=forms.TextInput(attrs={"class": "input"}),
            )
            self.fields[f"years-{key}"] = forms.MultipleChoiceField(
                label=f"Year groups of {one.name}" if one.name else "Year groups of another class",
                choices=years,
                initial=one.years,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages=FROM_THE_LIST,
            )

    def clean(self) -> dict[str, Any]:
        names: set[str] = set()
        for key in (*self.held, *self.new):
            name = tidy_name(self.cleaned_data.get(f"name-{key}", ""))
            if why := why_not_a_name(name):
                self.add_error(f"name-{key}", why)
            elif name and name.casefold() in names:
                self.add_error(f"name-{key}", f"Another class is called {name}. Choose another name.")
            names.add(name.casefold())
        return self.cleaned_data

    def chosen(self) -> list[ClassChoice]:
        typed = self.cleaned_data
        rows = [(key, tidy_name(typed[f"name-{key}"]), tuple(typed[f"years-{key}"])) for key in (*self.held, *self.new)]
        return [ClassChoice(key, name, years) for key, name, years in rows if name]

    def beside(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """(name as it stands, name, year groups) of each row."""
        return [
            (self.held[key].name if key in self.held else "", self[f"name-{key}"], self[f"years-{key}"])
            for key in (*self.held, *self.new)
        ]


def short_year(code: str) -> str:
    """As it stands beside a box in a row of boxes: "R", "4"."""
    return "None" if code == NO_YEAR_GROUP else code


def _offered(plan: Plan) -> list[str]:
    """The year groups a class can take: from Reception to the school's oldest, and whichever else there are."""
    last = min(year_group_order(plan.turn.facts.last), year_group_order(OLDEST_OFFERED))
    usual = {code for code in LADDER if year_group_order("R") <= year_group_order(code) <= last}
    here = {
        one.then for one in plan.turn.facts.movers if year_group_order(one.then) <= last or one.then == NO_YEAR_GROUP
    }
    return sorted(usual | here | {code for one in plan.choices.classes for code in one.years}, key=year_group_order)


class MovesForm(Step):
    """Where each class goes, by the year group its pupils will be in."""

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"seen": plan.seen})
        facts = plan.turn.facts
        self.last = facts.last
        names = {source.id: source.name for source in facts.sources} | {NO_CLASS: "In no class yet"}
        options = destinations(plan.choices.classes)
        known = {value for value, _ in options}
        self.rows: list[tuple[Cohort, str, list[Mover]]] = []
        for (source, then), movers in facts.cohorts.items():
            into = plan.choices.routes.get((source, then), NOWHERE)
            label = f"{names[source]}, {year_group_name(then)} next: goes to"
            initial = into if into in known else NOWHERE
            self.fields[_cohort(source, then)] = choice(label, options, initial=initial, required=True)
            self.rows.append(((source, then), names[source], movers))

    def chosen(self) -> dict[Cohort, str]:
        return {cohort: self.cleaned_data[_cohort(*cohort)] for cohort, _, _ in self.rows}

    def beside(self) -> list[tuple[str, str, int, forms.BoundField]]:
        """(class, year group next year, pupils, field)."""
        return [
            (name, self._then(cohort[1]), len(movers), self[_cohort(*cohort)]) for cohort, name, movers in self.rows
        ]

    def _then(self, code: str) -> str:
        return year_group_name(code) + (", elsewhere" if is_past(code, self.last) else "")


def _cohort(source: int, then: str) -> str:
    return f"to-{source}-{then}"


class PupilsForm(Step):
    """Which pupils of one class go another way."""

    def __init__(self, data: Any = None, *, plan: Plan, source: int) -> None:
        super().__init__(data, initial={"seen": plan.seen})
        self.plan = plan
        self.movers = [mover for mover in plan.turn.facts.movers if mover.source == source]
        options = destinations(plan.choices.classes)
        words = dict(options)
        single = [option for option in options if not option[0].startswith("share:")]
        codes = [(code, year_group_name(code)) for code in _offered(plan)]
        for mover in self.movers:
            own = plan.choices.own.get(mover.id, AS_CHOSEN)
            usual = words.get(plan.choices.routes.get(mover.cohort, NOWHERE), "No class yet")
            name = plan.turn.lines[mover.id].spoken
            into = own.into if own.into in words else ""
            self.fields[f"into-{mover.id}"] = choice(
                f"{name} goes to", [("", f"As the class: {usual}"), *single], initial=into
            )
            told = [("", f"{year_group_name(mover.then)}, as usual"), *codes]
            self.fields[f"year-{mover.id}"] = choice(f"Year group of {name}", told, initial=own.year_group)

    def chosen(self) -> dict[int, OwnWay]:
        typed = self.cleaned_data
        return {mover.id: OwnWay(typed[f"into-{mover.id}"], self._year(mover)) for mover in self.movers}

    def _year(self, mover: Mover) -> str:
        year_group: str = self.cleaned_data[f"year-{mover.id}"]
        return "" if year_group == mover.then else year_group

    def beside(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """(pupil, into, year group)."""
        lines = self.plan.turn.lines
        return [(lines[one.id], self[f"into-{one.id}"], self[f"year-{one.id}"]) for one in self.movers]


class LeaversForm(Step):
    """The last day of those who leave; for some of them another than for the rest."""

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"seen": plan.seen})
        self.plan, self.year = plan, plan.year
        self.fields["last_day"] = day("Last day of all who leave", initial=plan.choices.last_day)
        for mover, _ in plan.outcome.leavers:
            own = plan.choices.own.get(mover.id, AS_CHOSEN)
            name = plan.turn.lines[mover.id].spoken
            self.fields[f"last-{mover.id}"] = day(f"Another last day for {name}", initial=own.last_day, required=False)

    def clean(self) -> dict[str, Any]:
        first, last = first_day(self.year - 1), last_day(self.year - 1)
        for name in list(self.fields):
            told = self.cleaned_data.get(name)
            if name.startswith("last") and told and not first <= told <= last:
                self.add_error(name, f"Choose a day from {long_date(first)} to {long_date(last)}.")
        return self.cleaned_data

    def chosen(self) -> dict[int, Any]:
        return {mover.id: self.cleaned_data[f"last-{mover.id}"] for mover, _ in self.plan.outcome.leavers}

    def beside(self) -> list[tuple[Any, forms.BoundField]]:
        return [(self.plan.turn.lines[one.id], self[f"last-{one.id}"]) for one, _ in self.plan.outcome.leavers]


class StaffForm(Step):
    """The teacher and the helpers of each class."""

    def __init__(
        self, data: Any = None, *, plan: Plan, teachers: Sequence[tuple[int, str]], staff: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(data, initial={"seen": plan.seen})
        self.classes, self.names = plan.choices.classes, dict(staff)
        for one in self.classes:
            self.fields[f"teacher-{one.key}"] = forms.TypedChoiceField(
                label=f"Teacher of {one.name}",
                choices=[("", "Nobody yet"), *teachers],
                coerce=int,
                empty_value=None,
                required=False,
                initial=one.teacher,
                error_messages=FROM_THE_LIST,
            )
            self.fields[f"helpers-{one.key}"] = forms.TypedMultipleChoiceField(
                label=f"Helpers of {one.name}",
                choices=list(staff),
                coerce=int,
                required=False,
                initial=one.helpers,
                widget=forms.CheckboxSelectMultiple,
                error_messages=FROM_THE_LIST,
            )

    def chosen(self) -> dict[str, tuple[int | None, list[int]]]:
        typed = self.cleaned_data
        return {one.key: (typed[f"teacher-{one.key}"], typed[f"helpers-{one.key}"]) for one in self.classes}

    def beside(self) -> list[tuple[ClassChoice, forms.BoundField, forms.BoundField, list[str]]]:
        """(class, teacher, helpers, names of the helpers as the plan has them)."""
        return [
            (
                one,
                self[f"teacher-{one.key}"],
                self[f"helpers-{one.key}"],
                [self.names[member] for member in one.helpers if member in self.names],
            )
            for one in self.classes
        ]


class PlanFilter(forms.Form):
    """The address of the wizard: the class looked at (0: those in none), and the deed just done."""

    group = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class ApplyForm(Step):
    """That what was shown shall be done; `digest` says what that was."""

    digest = forms.CharField(max_length=40, widget=forms.HiddenInput)
