"""A cell of an answer as a page shows it, each count with the address of the names behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import unescape

from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from itrack.curriculum.rules import BAND_OF
from itrack.reports.rules.answer import (
    Bar,
    Cell,
    Column,
    Count,
    Hidden,
    Mark,
    Mean,
    Nothing,
    Number,
    Percent,
    Person,
    Step,
    Unit,
)
from itrack.reports.rules.beside import change
from itrack.reports.rules.pooled import OneSchool, Pooled
from itrack.ui.charts import tiny_bar
from itrack.ui.words import NOTHING_TO_COUNT, figure, long_date, percent, plural, signed

OPEN_SCHOOL = "open-school"
HIDDEN = SafeString('<span class="held" aria-hidden="true"></span><span class="seen-by-ear">held back</span>')


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the names of a figure stand: the page's address and the question. `page` is "" where nobody is named."""

    page: str
    asked: Mapping[str, str]

    def names(self, key: str) -> str:
        return f"{self.page}?{urlencode({**self.asked, 'cell': key})}" if self.page else ""


def shown(cell: Cell, column: Column, to: Addresses) -> SafeString:
    """The markup of one cell, everything in it escaped."""
    match cell:
        case Count() | Pooled():
            told = _number_of(cell, column, to)
            return format_html("<strong>{}</strong>", told) if column.strong else told
        case OneSchool() | Person():
            return person(cell) if isinstance(cell, Person) else _school(cell)
        case Mark() | Step():
            return _mark(cell) if isinstance(cell, Mark) else _step(cell)
        case Bar():
            return tiny_bar(cell.part, cell.whole, beside=cell.beside)
        case Nothing():
            return format_html('<span class="mute small">{}</span>', cell.why)
        case Hidden():
            return HIDDEN
        case _:
            return _plain(cell)


NO_ADDRESS = Addresses("", {})


def was(then: Cell, now: Cell, column: Column) -> SafeString:
    """Below a figure what it was on the earlier day, and by how much it differs."""
    told = was_said(then, now, column)
    return format_html_join("", '<span class="was">{}</span>', ((words,) for words in told))


def was_said(then: Cell, now: Cell, column: Column) -> list[str]:
    """["was 12 (48%)", "+9 points"]; nothing where there is nothing to compare with."""
    if then is None:
        return []
    by = change_words(now, then, column)
    return [f"was {was_words(then, column)}", *([by] if by else [])]


def was_words(then: Cell, column: Column) -> str:
    if isinstance(then, Count) and column.leading:
        value, of = leading_words(then)
        return f"{value}, {of}" if of else value
    if isinstance(then, Count) and column.share and then.of:
        return f"{figure(then.n)} ({percent(then.n, len(then.of))})"
    return unescape(strip_tags(shown(then, column, NO_ADDRESS)))


def change_words(now: Cell, then: Cell, column: Column) -> str:
    """ "+9 points" of a share, "+3" of pupils or a number, "" for none and where the two are not to be compared."""
    by = change(now, then)
    shares = column.share or column.leading or isinstance(now, Percent)
    if by.points and shares:
        points = int(by.points.decimal or 0)
        return f"{signed(points)} {plural(abs(points), 'point')}" if by.points.value else ""
    if by.number is None or not by.number.value:
        return ""
    return f"{'+' if by.number.value > 0 else ''}{_number(by.number).lstrip('+')}".replace("-", "−")


def _number_of(cell: Count | Pooled, column: Column, to: Addresses) -> SafeString:
    if isinstance(cell, Pooled):
        return _pooled(cell, column)
    return _leading(cell, to) if column.leading else _count(cell, column, to)


def _step(cell: Step) -> SafeString:
    css = f"band {cell.css}" if cell.css else "mute"
    return format_html('<span class="{}" title="{}">{}</span>', css, cell.name, cell.code)


def _plain(cell: Percent | Number | str | date | None) -> SafeString:
    match cell:
        case Percent():
            return escape(percent_words(cell))
        case Number():
            return escape(_number(cell))
        case date():
            return escape(long_date(cell))
        case _:
            return escape(cell or "")


def percent_words(cell: Percent) -> str:
    """ "57%"; "65.2%" where it was published so."""
    if cell.share is None:
        return NOTHING_TO_COUNT
    if not cell.places:
        return percent(cell.share.numerator, cell.share.denominator)
    return f"{Decimal(cell.share.numerator * 100) / cell.share.denominator:.{cell.places}f}%"


def _number(cell: Number) -> str:
    value = cell.decimal
    if value is None:
        return NOTHING_TO_COUNT
    if cell.unit is Unit.MEAN:
        return f"{value:,}".replace("-", "−")
    return signed(int(value)) if cell.unit is Unit.POINTS else figure(int(value))


def leading_words(cell: Count) -> tuple[str, str]:
    """The percentage or the mean, and of how many: ("57%", "33 of 58"), ("104.2", "of 30")."""
    if isinstance(cell, Mean):
        value = f"{cell.decimal}" if cell.decimal is not None else NOTHING_TO_COUNT
        below = f"of {figure(cell.n)}" if cell.n else ""
    else:
        value = percent(cell.n, len(cell.of or ()))
        below = f"{figure(cell.n)} of {figure(len(cell.of or ()))}"
    return value, below


def _leading(cell: Count, to: Addresses) -> SafeString:
    """The percentage or the mean as the link to the names, and of how many below."""
    value, below = leading_words(cell)
    url = to.names(cell.key) if cell.n else ""
    heard = format_html('<span class="seen-by-ear"> {}: see names</span>', cell.spoken)
    told = format_html('<a href="{}">{}{}</a>', url, value, heard) if url else escape(value)
    return format_html('{}<br><span class="small mute">{}</span>', told, below)


def _pooled(cell: Pooled, column: Column) -> SafeString:
    share = ""
    if column.share and cell.of:
        share = format_html(' <span class="small mute">{}</span>', percent(cell.n, cell.of))
    return format_html("{}{}", figure(cell.n), share)


def _school(cell: OneSchool) -> SafeString:
    """A button that goes over to the school; its form is the page's own, OPEN_SCHOOL."""
    if not cell.id:
        return escape(cell.name)
    url = reverse("change-school", kwargs={"school": cell.id})
    return format_html('<button class="as-link" form="{}" formaction="{}">{}</button>', OPEN_SCHOOL, url, cell.name)


def _count(cell: Count, column: Column, to: Addresses) -> SafeString:
    share = ""
    if column.share and cell.of:
        share = format_html(' <span class="small mute">{}</span>', percent(cell.n, len(cell.of)))
    url = to.names(cell.key)
    if not cell.n or not url:
        return format_html("{}{}", figure(cell.n), share)
    heard = format_html('<span class="seen-by-ear"> {} {}: see names</span>', plural(cell.n, "pupil"), cell.spoken)
    return format_html('<a href="{}">{}{}</a>{}', url, figure(cell.n), heard, share)


def person(one: Person) -> SafeString:
    """A pupil's name as a link to their record."""
    try:
        return format_html('<a href="{}">{}</a>', reverse("pupil", kwargs={"pupil": one.id}), one.spoken)
    except NoReverseMatch:
        return escape(one.spoken)


def _mark(cell: Mark) -> SafeString:
    band = BAND_OF.get(cell.band)
    if band is None:
        return escape(cell.code)
    return format_html('<span class="band {}" title="{}">{}</span>', band.css, band.name, cell.code)
