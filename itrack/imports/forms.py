"""Turns what is posted to the import pages into values."""

from collections.abc import Mapping

from django import forms

from itrack.foundation.refusal import Refused

PREFIX = "choice-"


class FileForm(forms.Form):
    """One transfer file, dropped or picked."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": "Choose a file first."},
        widget=forms.FileInput(attrs={"accept": ".xml,.zip", "class": "input wide"}),
    )


def choices_in(posted: Mapping[str, str]) -> dict[int, str]:
    """{"choice-17": "ours"} → {17: "ours"}."""
    found = {}
    for name, value in posted.items():
        number = name.removeprefix(PREFIX)
        if number == name:
            continue
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            raise Refused("The form did not come back whole. Nothing was noted; open the page again.")
        found[int(number)] = value[:40]
    return found
