"""Who helps in a class."""

from itrack.pupils.models import ClassHelper


def helpers_of(*, school: int, group: int) -> list[tuple[int, str]]:
    """(membership id, name) of those who help in the class beside its teacher, by name."""
    rows = ClassHelper.objects.filter(school_id=school, group_id=group, ended_at__isnull=True)
    return list(rows.order_by("member__name", "member_id").values_list("member_id", "member__name"))
