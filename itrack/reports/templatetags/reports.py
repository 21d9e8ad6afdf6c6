"""What the pages of reports ask of a template: drawings, and the forms a report is taken away in."""

from django import template
from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import Picture
from itrack.reports.shown.cells import Addresses
from itrack.reports.shown.drawings import drawing

register = template.Library()


@register.simple_tag
def drawn(picture: Picture, to: Addresses | None = None) -> SafeString:
    """The picture as a drawing, linked to the names behind its figures where the reader sees names."""
    return drawing(picture, to.names) if to else drawing(picture)
