"""The filters of a report: what the reader may choose, and what is chosen."""

from django import forms

from itrack.foundation import clock
from itrack.reports.queries.asked import Offered, of_year
from itrack.reports.queries.attainment import Attainment
from itrack.reports.rules.population import CLASS, WHOLE_SCHOOL, YEAR
from itrack.schools.api import year_title

Choices = list[tuple[str, str | list[tuple[str, str]]]]


class Filters(forms.Form):
    """Holds the filters as text. They are understood, and refused, by `ask`; a refusal is put beside its field."""

    year = forms.ChoiceField(label="School year")
    point = forms.ChoiceField(label="Assessment point")
    pupils = forms.ChoiceField(label="Pupils")
    subject = forms.ChoiceField(label="Look closely at", required=False)
    as_at = forms.CharField(label="As it stood on", widget=forms.DateInput(attrs={"type": "date", "class": "input"}))


def filters(found: Attainment, offered: Offered) -> Filters:
    """The filters of this answer, with what it shows chosen."""
    asked = found.asked
    form = Filters(initial={"subject": "", **asked.address, "as_at": asked.seen.isoformat()}, auto_id="f-%s")
    form.fields["as_at"].widget.attrs["max"] = clock.day_of(asked.now).isoformat()
    chosen: dict[str, Choices] = {
        "year": [(str(year), year_title(year)) for year in offered.years],
        "point": [(str(point.slot), point.name) for point in offered.points],
        "pupils": _pupils(found, offered),
        "subject": [("", "Every subject"), *((str(pk), name) for pk, name in offered.subjects)],
    }
    for name, choices in chosen.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
    return form


def _pupils(found: Attainment, offered: Offered) -> Choices:
    classes = [(f"{CLASS}-{row.id}", row.name) for row in offered.classes]
    if not offered.whole_school:
        return list(classes)
    years = [of_year(code) for code in found.year_groups]
    # A year group nobody is in can still be asked for, and then has to show as chosen.
    years += [found.asked.whose] if found.asked.whose.kind == YEAR and found.asked.whose not in years else []
    groups = [("Year groups", [(whose.value, whose.words) for whose in years]), ("Classes", classes)]
    return [(WHOLE_SCHOOL.value, WHOLE_SCHOOL.words), *((head, rows) for head, rows in groups if rows)]
