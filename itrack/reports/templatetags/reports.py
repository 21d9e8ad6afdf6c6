"""What the pages of reports ask of a template: drawings, and the forms a report is taken away in."""

from django import template
from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import Picture
from itrack.reports.shown.drawings import drawing

register = template.Library()


@register.simple_tag
def drawn(picture: Picture) -> SafeString:
    return drawing(picture)
