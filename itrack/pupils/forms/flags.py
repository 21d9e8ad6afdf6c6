"""What people say about pupils' flags, turned into wishes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from itrack.pupils.rules_answers import Flag
from itrack.pupils.rules_overrides import FIRST_YEAR, LAST_YEAR, Wish


def _id() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=2**62)


class FlagsAddress(forms.Form):
    """Whose flags the page shows: a class or a year group, one flag or all of them, and the deed just done."""

    group = _id()
    year_group = forms.CharField(required=False, max_length=20)
    flag = forms.ChoiceField(required=False, choices=[(flag.value, flag.value) for flag in Flag])
    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    done = _id()


class FlagsForm(FlagsAddress):
    """The page of one flag as it is sent back. `every`: a word for everybody whose own was left alone.

    `sure`: the list of changes has been shown.
    """

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    every = forms.CharField(required=False, max_length=10)
    sure = forms.BooleanField(required=False)

    def wishes(self, pupils: Iterable[int]) -> list[Wish]:
        """For those of these pupils whose word was changed."""
        flag, every = self.cleaned_data["flag"], self.cleaned_data["every"]
        found = (_wish(pupil, flag, str(pupil), self.data) for pupil in pupils)
        wished = [wish for wish in found if wish is not None]
        if every:
            # Everybody whose own choice was left as it stood takes the word for all.
            word = "" if every == AS_RECORDED_FOR_ALL else every
            wished = [Wish(w.pupil, w.flag, word, w.seen) if w.says == w.seen else w for w in wished]
        return [wish for wish in wished if wish.says != wish.seen]


AS_RECORDED_FOR_ALL = "recorded"


class PupilFlagsForm(forms.Form):
    """The flags of one pupil's page."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def wishes(self, pupil: int) -> list[Wish]:
        found = (_wish(pupil, flag, flag, self.data) for flag in Flag)
        return [wish for wish in found if wish is not None and wish.says != wish.seen]


class UndoneFor(forms.Form):
    """The pupil on whose page an undo was asked for, if it was one's."""

    pupil = _id()


def _wish(pupil: int, flag: str, field: str, data: Mapping[str, Any]) -> Wish | None:
    """None where the page did not show a choice for this one."""
    says = data.get(f"says-{field}")
    return None if says is None else Wish(pupil, flag, says[:10], data.get(f"was-{field}", "")[:10])
