"""What somebody last chose stays chosen: on the account, so that it is there on any device, and nowhere on the device.

    page("mark/", views.mark, may=MARKERS, before=remembering("mark", "group", "subject", "point"))

`remembering` runs before the page's reading window opens and brings `asked`: the address's parts, and where it says
nothing of the named ones, those chosen last (`usual` is then True). Ids and codes only. The page checks them as it
checks an address, and shows itself without them when they no longer fit: a class may be gone, or be another's now.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from itrack.accounts.models import Person, Usual
from itrack.accounts.rules_defaults import DENSITIES, THEMES, may_remember
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Viewer


def remembering(where: str, *names: str) -> Callable[..., Mapping[str, Any]]:
    """A page's `before`: keeps the named parts of its address for next time, and brings the last ones."""

    def before(request: HttpRequest, **named: Any) -> Mapping[str, Any]:
        return recall(request=request, where=where, names=names)

    return before


@keeps("settings_are_remembered_on_the_account")
def recall(*, request: HttpRequest, where: str, names: Sequence[str]) -> Mapping[str, Any]:
    """What the address says, or said last; see `remembering`."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    given = request.GET.dict()
    last = _last(viewer, where)
    if not given.keys() & set(names):
        return {"asked": last | given, "usual": bool(last)}
    # A part that is there and empty says "all": the last choice is then over too.
    said = {name: given[name] for name in names if may_remember(given.get(name, ""))}
    if said != last:
        _keep(viewer, where, said)
    return {"asked": given, "usual": False}


def _last(viewer: Viewer, where: str) -> dict[str, str]:
    rows = Usual.objects.filter(school_id=viewer.school, member_id=viewer.member, where=where)
    return dict(rows.values_list("choices", flat=True).first() or {})


def _keep(viewer: Viewer, where: str, said: dict[str, str]) -> None:
    Usual.objects.update_or_create(
        school_id=viewer.school, member_id=viewer.member, where=where, defaults={"choices": said}
    )


@keeps("settings_are_remembered_on_the_account")
def set_look(*, person: int, theme: str, density: str) -> None:
    """Light or dark, and how tightly tables are set, on every device from the next page on. "" leaves it to the device.

    Raises Refused for a word that is neither.
    """
    if theme not in THEMES or density not in DENSITIES:
        raise Refused("Choose one of the looks that are offered. Nothing was changed.")
    Person.objects.filter(pk=person).update(theme=theme, density=density)
