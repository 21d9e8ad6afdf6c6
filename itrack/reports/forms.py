"""The filters of a report: what the reader may choose, and what is chosen."""

from django import forms

from itrack.reports.queries.asked import year_groups_offered
from itrack.reports.queries.question import Asked, Offered, Subject
from itrack.reports.rules.population import CLASS, WHOLE_SCHOOL, YEAR
from itrack.reports.rules.suppression.holding import FEWEST, MOST
from itrack.reports.rules.together import TOGETHER, three_of
from itrack.schools.api import year_title

Choices = list[tuple[str, str | list[tuple[str, str]]]]


def filters(asked: Asked, offered: Offered) -> forms.Form:
    """The filters this report takes, with what it shows chosen. They hold text: `ask` understands and refuses it."""
    form = forms.Form(initial={"subject": "", **asked.address, "as_at": asked.seen.isoformat()}, auto_id="f-%s")
    for name, field in _fields(asked, offered).items():
        form.fields[name] = field
    return form


def _fields(asked: Asked, offered: Offered) -> dict[str, forms.Field]:
    asks = asked.asks
    fields: dict[str, forms.Field] = {}
    if asks.year:
        fields["year"] = _choice("School year", [(str(year), year_title(year)) for year in offered.years])
    if asks.point:
        fields["point"] = _choice("Assessment point", [(str(point.slot), point.name) for point in offered.points])
    if asks.pupils:
        fields["pupils"] = _choice("Pupils", _pupils(asked, offered))
    if asks.subject != Subject.NONE:
        fields["subject"] = _subject(asked, offered)
    for choice in () if asks.settled else asks.choices:
        fields[choice.name] = _choice(choice.label, list(offered.choices[choice.name]))
    if asks.as_at:
        fields["as_at"] = _day("As it stood on", asked)
        fields["since"] = _day("Compared with", asked)
    return fields


def _day(label: str, asked: Asked) -> forms.CharField:
    attrs = {"type": "date", "class": "input", "max": asked.today.isoformat()}
    return forms.CharField(label=label, required=False, widget=forms.DateInput(attrs=attrs))


def _choice(label: str, choices: Choices | list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices)


def _subject(asked: Asked, offered: Offered) -> forms.ChoiceField:
    each = [(str(pk), name) for pk, name in offered.subjects]
    if asked.asks.subject == Subject.ONE_OR_TOGETHER and three_of(offered.subjects):
        each.append((str(TOGETHER[0]), TOGETHER[1]))
    if asked.asks.subject in (Subject.ONE, Subject.ONE_OR_TOGETHER):
        return _choice("Subject", each)
    return forms.ChoiceField(label="Look closely at", choices=[("", "Every subject"), *each], required=False)


def _pupils(asked: Asked, offered: Offered) -> Choices:
    classes = [(f"{CLASS}-{row.id}", row.name) for row in offered.classes]
    if not offered.whole_school:
        return list(classes)
    years = year_groups_offered(asked)
    # One that somebody came into later can be asked for too, and then has to show as chosen.
    years += [asked.whose] if asked.whose.kind == YEAR and asked.whose not in years else []
    groups = [("Year groups", [(whose.value, whose.words) for whose in years]), ("Classes", classes)]
    return [(WHOLE_SCHOOL.value, WHOLE_SCHOOL.words), *((head, rows) for head, rows in groups if rows)]


class SmallNumbersForm(forms.Form):
    """Up to how many pupils a figure is held back."""

    upto = forms.IntegerField(
        label="Hold back figures of 1 to",
        min_value=FEWEST,
        max_value=MOST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Write a whole number from {FEWEST} to {MOST}."
        ),
    )
