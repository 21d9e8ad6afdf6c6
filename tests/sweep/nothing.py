"""What a control does while it is unplugged: nothing, in a form its callers can go on with.

By default a context manager opens and closes nothing, and anything else answers None. Where that would only make
the caller stumble, the honest form of "nothing" stands here, by the function's full name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module, reload
from inspect import isgeneratorfunction, unwrap
from pkgutil import walk_packages
from typing import Any

PAGE = "itrack.foundation.page.page"


def _bare_page(route: str, view: Any, *, name: str = "", **declared: Any) -> Any:
    """A URL without a guard and without a window: whoever asks is answered."""
    from django.http import HttpResponse
    from django.template.response import SimpleTemplateResponse
    from django.urls import path

    from itrack.foundation.page import Declaration

    def answer(request: Any, **named: Any) -> HttpResponse:
        response = view(request, **named)
        return response.render() if isinstance(response, SimpleTemplateResponse) else response

    called = name or view.__name__.replace("_", "-")
    told = Declaration(route, called, declared["may"], declared.get("writes", False), declared.get("logged", False))
    answer.__dict__["page"] = told
    return path(route, answer, name=called)


def _endless_link(*, key: str, purpose: Any, at: Any) -> Any:
    """A link that is never used up and never lapses."""
    from itrack.accounts.queries.links import followed

    return followed(key=key, purpose=purpose, now=at)


INSTEAD: dict[str, Callable[..., Any]] = {PAGE: _bare_page, "itrack.accounts.actions.links.use_link": _endless_link}


def instead_of(name: str, function: Any) -> Callable[..., Any]:
    if name in INSTEAD:
        return INSTEAD[name]
    if isgeneratorfunction(unwrap(function)):
        return lambda *args, **named: nullcontext()
    return lambda *args, **named: None


@contextmanager
def rebuilt_for(control: str) -> Iterator[None]:
    """Pages are built when their addresses are first read, so without `page` they are built anew, and anew after."""
    if control != PAGE:
        yield
        return
    _rebuild()
    try:
        yield
    finally:
        _unplug_nothing()
        _rebuild()


def _unplug_nothing() -> None:
    import_module("tests.sweep.plugin").Switch.off = ""


def _rebuild() -> None:
    from django.urls import clear_url_caches

    import itrack

    names = [one.name for one in walk_packages(itrack.__path__, "itrack.") if one.name.endswith(".urls")]
    for name in [*(name for name in names if name != "itrack.config.urls"), "itrack.config.urls"]:
        reload(import_module(name))
    clear_url_caches()
