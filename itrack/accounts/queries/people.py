"""Who a person is in a school."""

from django.db.models import QuerySet

from itrack.accounts.models import Membership, Person
from itrack.foundation.tenancy.windows import as_person
from itrack.foundation.viewer import Role, Viewer
from itrack.schools.api import schools_beside


def viewers_of(*, person: int) -> list[Viewer]:
    """A person's current places, one a school. Opens its own window, so no school need be known yet."""
    with as_person(person):
        return [viewer_at(place) for place in _places(person).select_related("school").order_by("school__name")]


def _places(person: int) -> QuerySet[Membership]:
    """The person's places while they last. The window of `as_person` must be open."""
    return Membership.objects.filter(
        person_id=person, person__is_active=True, joined_at__isnull=False, ended_on__isnull=True
    )


def granted_schools(viewer: Viewer) -> tuple[int, ...]:
    """The schools of the viewer's trust that gave this same person a place of the trust. Opens its own window.

    Such a place is the grant: being of the trust opens nothing.
    """
    with as_person(viewer.person):
        trust = [viewer.school, *(each.id for each in schools_beside(school=viewer.school))]
        found = _places(viewer.person).filter(school_id__in=trust, role=Role.TRUST.value).order_by("school_id")
        return tuple(found.values_list("school_id", flat=True))


def viewer_at(place: Membership, *, sign_in: int = 0, whole_school: bool = False) -> Viewer:
    """The place as pages see it; its `school` must be at hand."""
    return Viewer(
        member=place.pk,
        school=place.school_id,
        person=place.person_id,
        name=place.name,
        job_title=place.job_title,
        role=Role(place.role),
        school_name=place.school.name,
        sign_in=sign_in,
        whole_school=whole_school,
        theme=place.person.theme if sign_in else "",
        density=place.person.density if sign_in else "",
    )


def viewers_named(*, username: str) -> list[Viewer]:
    """The places of a user name, for the command line's `--by`; none for a name nobody has."""
    person = Person.objects.filter(username=username, is_active=True).values_list("pk", flat=True).first()
    return viewers_of(person=person) if person is not None else []


def viewer_named(*, username: str, school: int) -> Viewer | None:
    """The user's place in that school."""
    return next((viewer for viewer in viewers_named(username=username) if viewer.school == school), None)


def is_read_by(*, school: int, role: Role) -> bool:
    """Whether anybody has a place of that role in the school."""
    return Membership.objects.filter(school_id=school, role=role.value, ended_on__isnull=True).exists()


def teachers(*, school: int) -> list[tuple[int, str]]:
    """Members who may be given a class, invited ones too: (membership id, name), by name."""
    rows = Membership.objects.filter(
        school_id=school, ended_on__isnull=True, role__in=[Role.TEACHER, Role.HEAD, Role.SENCO]
    )
    return list(rows.order_by("name").values_list("pk", "name"))


def class_staff(*, school: int) -> list[tuple[int, str]]:
    """Members who may help in a class, invited ones too: (membership id, name), by name."""
    rows = Membership.objects.filter(school_id=school, ended_on__isnull=True, role__in=[Role.TEACHER, Role.ASSISTANT])
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def member_row(*, school: int, member: int) -> QuerySet[Membership]:
    """The member's place in the school while it lasts, for a larger question to take in."""
    return Membership.objects.filter(school_id=school, pk=member, ended_on__isnull=True)


def members(*, school: int) -> list[tuple[int, str]]:
    """Everybody who has or had a place in the school: (membership id, name), by name."""
    return list(Membership.objects.filter(school_id=school).order_by("name", "pk").values_list("pk", "name"))
