"""The table of what marks mean: one line for everybody, others for a year group, a time of the year or a subject."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_schemes import Kind, Scale
from itrack.curriculum.rules_thresholds import (
    LONGEST_TABLE,
    WHENS,
    YEAR_GROUPS,
    CodeBand,
    Cut,
    Line,
    Where,
    faults,
    is_cut,
    lines_of,
    steps,
)

BLANK_LINES = 3
UPPER = [band.code for band in BANDS[1:]]
CHOOSE = "Choose from the list."
type Told = dict[str, str]


class BandsForm(forms.Form):
    """The lines of a scheme. Those left blank are passed over, those ticked are taken out."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    lines = forms.IntegerField(min_value=0, max_value=LONGEST_TABLE + BLANK_LINES, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, scale: Scale, subjects: Mapping[int, str], seen: str) -> None:
        self.scale, self.names = scale, subjects
        held = self._held()
        super().__init__(data, initial={"seen": seen, "lines": len(held) + BLANK_LINES})
        # Whoever sends a number of their own gets at most as many lines as a table may have.
        self.number = min(self._sent(data, len(held) + BLANK_LINES), LONGEST_TABLE + BLANK_LINES)
        for at in range(self.number):
            self._add(at, self._told(held[at]) if at < len(held) else {})

    def _held(self) -> list[Line]:
        held = lines_of(self.scale)
        if self.scale.numeric and (not held or held[0].where != Where()):
            return [Cut(Where(), ""), *held]
        return held

    @staticmethod
    def _sent(data: Any, usual: int) -> int:
        sent = str((data or {}).get("lines", ""))
        return int(sent) if sent.isdecimal() and len(sent) < 4 else usual

    @staticmethod
    def _told(line: Line) -> Told:
        where = {"year": line.where.year_group, "when": line.where.when, "subject": str(line.where.subject or "")}
        if isinstance(line, CodeBand):
            return where | {"code": line.code, "band": line.band}
        return where | {"lowest": line.lowest} | dict(line.starts)

    def _add(self, at: int, told: Told) -> None:
        for name, field in self._fields(at).items():
            field.initial = told.get(name, "")
            self.fields[f"{name}-{at}"] = field

    def _fields(self, at: int) -> dict[str, forms.Field]:
        of = f"line {at + 1}" if at or not self.scale.numeric else "everybody"
        where = {} if of == "everybody" else self._where(of)
        if not is_cut(self.scale.kind):
            codes = [("", "Choose"), *((code, f"{code} {option.name}") for code, option in self.scale.options.items())]
            bands = [("", "None: counted nowhere"), *((band.code, band.name) for band in BANDS)]
            return where | {"code": _choice(f"Mark, {of}", codes), "band": _choice(f"Band, {of}", bands)}
        lowest = [("", "No bands" if not where else "Choose"), *((band.code, band.name) for band in BANDS)]
        starts = {band.code: self._start(f"{band.name} from, {of}") for band in BANDS[1:]}
        return where | {"lowest": _choice(f"Lowest marks, {of}", lowest)} | starts

    def _where(self, of: str) -> dict[str, forms.Field]:
        return {
            "gone": forms.BooleanField(required=False, label=f"Take out {of}"),
            "year": _choice(f"Year group, {of}", [("", "Any year"), *YEAR_GROUPS.items()]),
            "when": _choice(f"Time, {of}", list(WHENS.items())),
            "subject": _choice(f"Subject, {of}", [("", "Any subject"), *self.names.items()]),
        }

    def _start(self, label: str) -> forms.Field:
        if self.scale.kind is Kind.LADDER:
            return _choice(label, [("", "–"), *((code, code) for code in steps(self.scale))])
        return forms.CharField(
            label=label, required=False, max_length=8,
            widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"max_length": "That is too long for a score."},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            told = self._lines()
            for fault in faults([line for _, line in told], self.scale):
                at = told[min(fault.line, len(told) - 1)][0]
                name = f"{fault.field}-{at}"
                self.add_error(name if name in self.fields else None, fault.sentence)
        return self.cleaned_data

    def told(self) -> list[Line]:
        """The lines as they were typed."""
        return [line for _, line in self._lines()]

    def _lines(self) -> list[tuple[int, Line]]:
        found = ((at, self._line(at)) for at in range(self.number) if not self._of(at, "gone"))
        return [(at, line) for at, line in found if line is not None]

    def _line(self, at: int) -> Line | None:
        where = Where(self._of(at, "year"), self._of(at, "when"), int(self._of(at, "subject") or 0))
        if not is_cut(self.scale.kind):
            code = self._of(at, "code")
            return CodeBand(where, code, self._of(at, "band")) if code or where != Where() else None
        starts = [(band, _plain(text)) for band in UPPER if (text := self._of(at, band))]
        line = Cut(where, self._of(at, "lowest"), tuple(starts))
        return line if line != Cut(Where(), "") else None

    def _of(self, at: int, name: str) -> str:
        typed = self.cleaned_data.get(f"{name}-{at}")
        return str(typed).strip() if typed else ""

    def beside(self) -> Sequence[dict[str, forms.BoundField]]:
        """Each line with its fields by name."""
        return [
            {name: self[f"{name}-{at}"] for name in (*_NAMES, *UPPER) if f"{name}-{at}" in self.fields}
            for at in range(self.number)
        ]


_NAMES = ("year", "when", "subject", "code", "band", "lowest", "gone")


def _choice(label: str, choices: Sequence[tuple[Any, str]]) -> forms.Field:
    return forms.ChoiceField(
        label=label, required=False, choices=choices, error_messages={"invalid_choice": CHOOSE},
        widget=forms.Select(attrs={"class": "input"}),
    )  # fmt: skip


def _plain(text: str) -> str:
    """ "085.0" is 85; what is no number stays as it was typed, to be refused by name."""
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return text
    return f"{value.normalize():f}" if value.is_finite() else text
