"""What is remembered of people's choices, counted."""

from itrack.accounts.models import Usual


def remembered() -> tuple[int, list[str]]:
    """How many people have choices kept in the schools of the window, and every value kept. Names nobody."""
    rows = list(Usual.objects.values_list("member_id", "choices"))
    return len({member for member, _ in rows}), [value for _, choices in rows for value in choices.values()]
