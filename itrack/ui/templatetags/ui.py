"""The components as template tags. `{% load ui %}`; the gallery at /ui/ shows each of them in each state.

{% band mark.band %}   {% state "Saved at 14:32" "ok" %}   {% banner "bad" "Three were refused." %}…{% endbanner %}
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from itrack.ui import charts, words
from itrack.ui.parts import BandLike, Count, Fact, Link

register = template.Library()
Kind = Literal["", "ok", "wait", "bad"]


@register.simple_tag
def band(band: BandLike | None, full: bool = False) -> SafeString:
    """A chip: the letter, or letter and name. Nothing known yet is said as "not yet"."""
    if band is None:
        return format_html('<span class="mute">{}</span>', "not yet")
    if full:
        return format_html('<span class="band {}">{} {}</span>', band.css, band.letter, band.name)
    return format_html('<span class="band {}" title="{}">{}</span>', band.css, band.name, band.letter)


@register.simple_tag
def stacked_bars(rows: Iterable[charts.Row], title: str, noun: str = "pupil", key: str = "") -> SafeString:
    """The drawing of charts.stacked_bars. Put it in a <figure class="stack"> with a key, and its table beside it."""
    return charts.stacked_bars(rows, title=title, noun=noun, key=key)


@register.inclusion_tag("ui/key_of_bands.html")
def key_of_bands(bands: Iterable[BandLike]) -> dict[str, Any]:
    return {"bands": bands}


@register.simple_tag
def state(said: str, kind: Kind = "") -> SafeString:
    """A live word beside a thing. `kind` picks shape and colour; the words carry the meaning."""
    return format_html('<span class="state {}">{}</span>', kind, said)


@register.simple_block_tag
def banner(content: str, kind: Kind = "", title: str = "", role: str = "") -> SafeString:
    """What stays true until dealt with: what happened (`title`), then what was kept and what to do (the content)."""
    strong = format_html("<strong>{}</strong> ", title) if title else ""
    heard = format_html(' role="{}"', role) if role else ""
    return format_html('<div class="banner {}"{}>{}{}</div>', kind, heard, strong, _inside(content))


@register.simple_block_tag
def finding(content: str) -> SafeString:
    return format_html('<p class="finding">{}</p>', _inside(content))


@register.simple_block_tag
def toast(content: str) -> SafeString:
    """What was just done and can be undone. Give its Undo as a form in the content; errors are banners."""
    return format_html('<div class="toast" role="status">{}</div>', _inside(content))


@register.simple_block_tag
def empty_state(content: str, title: str, level: int = 3) -> SafeString:
    """Why there is nothing here, and the way to fill it. Under the page's own heading its `level` is 2."""
    opening = '<div class="empty stack"><h{0}>{1}</h{0}>{2}</div>'
    return format_html(opening, level, title, _inside(content))


@register.simple_block_tag
def register_table(content: str, label: str) -> SafeString:
    """Wrap every table that can be wider than a phone: the wrapper scrolls, takes the keyboard, and has a name."""
    opening = '<div class="scroll" tabindex="0" role="group" aria-label="{}">'
    return format_html(opening + "{}</div>", label, _inside(content))


@register.simple_block_tag
def more(content: str, summary: str, opened: bool = False) -> SafeString:
    """What a reader may want next; never what they need first."""
    is_open = SafeString(" open") if opened else ""
    return format_html('<details class="more"{}><summary>{}</summary>{}</details>', is_open, summary, _inside(content))


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """A question before what is hard to take back. `<button commandfor="NAME" command="show-modal">` opens it."""
    opening = '<dialog id="{0}" aria-labelledby="{0}-title"><h2 id="{0}-title">{1}</h2>'
    return format_html(opening + "{2}</dialog>", name, title, _inside(content))


@register.inclusion_tag("ui/progress.html")
def progress(done: int, total: int, label: str, noun: str = "", words_shown: bool = True) -> dict[str, Any]:
    """A share done, in words and as a bar: "Applying" 5 of 8 pupils. Not for attainment, which is a drawing."""
    said = f"{words.figure(done)} of {words.count_of(total, noun) if noun else words.figure(total)}"
    return {"done": done, "total": max(total, 1), "label": label, "said": said, "words_shown": words_shown}


@register.inclusion_tag("ui/counts.html")
def counts(counts: Iterable[Count]) -> dict[str, Any]:
    return {"counts": counts}


@register.inclusion_tag("ui/facts.html")
def facts(facts: Iterable[Fact], small: bool = False) -> dict[str, Any]:
    return {"facts": facts, "small": small}


@register.inclusion_tag("ui/trail.html")
def trail(*steps: Link | str) -> dict[str, Any]:
    """The way here: links, then where one is as plain words."""
    return {"steps": steps}


@register.inclusion_tag("ui/tabs.html")
def tabs(tabs: Iterable[Link], label: str) -> dict[str, Any]:
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("ui/choices.html")
def choices(links: Iterable[Link], label: str) -> dict[str, Any]:
    """The same page for another year, say: a row of links in the page's head, one of them current."""
    return {"links": links, "label": label}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "Pages") -> dict[str, Any]:
    """Links to the other pages, keeping the rest of the query. Says nothing when there is one page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "label": label, "query": context["request"].GET}


@register.inclusion_tag("ui/field.html")
def field(field: BoundField, wide: bool = False) -> dict[str, Any]:
    """A form's field with its label, hint and error, the last two tied to the control for who listens."""
    tick = isinstance(field.field.widget, forms.CheckboxInput)
    return {"field": field, "wide": wide, "tick": tick}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: forms.Form, kept: str = "Nothing was saved.") -> dict[str, Any]:
    """The refused fields as links. For one refused field the sentence under it is enough, so nothing is shown."""
    refused = [form[name] for name in form.errors if name in form.fields]
    shown = len(refused) > 1 or bool(form.non_field_errors())
    return {"form": form, "refused": refused, "kept": kept, "shown": shown}


@register.filter
def count_of(n: int, noun: str) -> str:
    """{{ 30|count_of:"pupil" }} → 30 pupils; {{ 2|count_of:"child/children" }} → 2 children."""
    return words.count_of(n, noun)


@register.filter
def plural(n: int, noun: str) -> str:
    return words.plural(n, noun)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """{{ 33|percent_of:58 }} → 57%."""
    return words.percent(part, whole)


@register.filter
def figure(n: int) -> str:
    return words.figure(n)


@register.filter
def breakable(path: str) -> SafeString:
    """{{ "itrack.pupils.api"|breakable }}: code that a narrow column breaks at its signs, not in a word."""
    return format_html_join("", "{}<wbr>", ((part,) for part in re.split(r"(?<=[._/])", path)))


@register.filter
def signed(n: int) -> str:
    return words.signed(n)


@register.filter
def long_date(day: date | None) -> str:
    """{{ day|long_date }} → 23 November 2026; a moment is taken in the school's time."""
    return words.long_date(_here(day)) if day else ""


@register.filter
def short_date(day: date | None) -> str:
    """{{ day|short_date }} → Fri 4 Dec."""
    return words.short_date(_here(day)) if day else ""


@register.filter
def clock_time(moment: datetime | None) -> str:
    """{{ moment|clock_time }} → 14:32, in the school's time."""
    return words.clock_time(_moment_here(moment)) if moment else ""


def _inside(content: str) -> SafeString:
    """The rendered inside of a block tag. Its variables were escaped as it rendered; stripping must not undo that."""
    return SafeString(content.strip())


def _here(day: date) -> date:
    return _moment_here(day) if isinstance(day, datetime) else day


def _moment_here(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
