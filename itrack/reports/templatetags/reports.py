"""What the pages of reports ask of a template: drawings, and the forms a report is taken away in."""

from django import template
from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import Picture
from itrack.reports.rules.suppression.held import Held
from itrack.reports.shown.cells import Addresses
from itrack.reports.shown.drawings import drawing
from itrack.reports.shown.layout import held_back

register = template.Library()


@register.simple_tag
def drawn(picture: Picture, to: Addresses | None = None) -> SafeString:
    """The picture as a drawing, linked to the names behind its figures where the reader sees names."""
    return drawing(picture, to.names) if to else drawing(picture)


@register.filter
def held_words(held: Held, stands: str) -> str:
    """{{ answer.held|held_words:"a dot stands for them" }}."""
    return held_back(held, stands)
