"""Going over to another of one's schools."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from itrack.accounts.actions.stays import move_stay
from itrack.accounts.queries.people import viewers_of
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def change_school(request: SchoolRequest, school: int) -> HttpResponse:
    """A school the person has no place in is not there for them. `next` is the page of ours to begin with there."""
    me = request.member
    to = next((place for place in viewers_of(person=me.person) if place.school == school), None)
    if to is None:
        raise Http404
    if to.school != me.school:
        move_stay(request=request, viewer=me, to=to, at=clock.now())
    onto = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(onto, allowed_hosts=None)
    return HttpResponseRedirect(onto if safe else "/", status=303)
