"""Evidence for who has an account: that only administrators manage them, that reviews are asked for and kept, and
that nothing stays open to who left."""

from collections import Counter
from datetime import date, datetime, timedelta

from itrack.accounts.api import standing
from itrack.foundation import clock
from itrack.foundation.promise import Seen
from itrack.foundation.routes import every_route
from itrack.promises.evidence import catalog
from itrack.promises.evidence.everywhere import everywhere
from itrack.promises.evidence.words import listed
from itrack.schools.api import every_school
from itrack.staff.api import Review, moves_told, reminders_sent, reviews, roles_that_differ
from itrack.staff.rules.reviews import Reminder, State

FOLDER, ADMINISTRATORS = "school/people", ["administrator"]
REVIEWS = "staff_staffreview"
ROUND = "staff.remind"
# The round comes every morning; a day without one is a fault that the next morning mends.
SLACK = timedelta(days=2)


def accounts_are_managed() -> Seen:
    """Counts the pages that change accounts and who may open them, and what people who left still have open."""
    pages = [route.declared for route in every_route() if route.declared and route.pattern.startswith(FOLDER)]
    deeds = [page for page in pages if page.writes]
    loose = [page.name for page in deeds if page.may.words() != ADMINISTRATORS]
    with everywhere() as schools:
        told = standing(now=clock.now())
    return Seen(
        holds=bool(deeds) and not loose and not told.open_to_leavers,
        observed=f"{told.active} people have an account at {schools} schools, {told.administrators} of them as "
        f"administrators; {told.invited} are invited and {told.left} were removed. Sign-ins or links still open to "
        f"somebody removed: {told.open_to_leavers}. {len(deeds)} pages change accounts; those that open to anybody "
        f"but administrators: {listed(loose)}.",
    )


def accounts_are_reviewed() -> Seen:
    """Counts the reviews of every school by how they stand, checks each seal, and looks for a reminder left out."""
    now, last = clock.now(), last_round()
    told, forgotten = _reviews_of_all(clock.day_of(now), clock.day_of(last) if last else None)
    counted = Counter(review.asked.state.value for review in told)
    torn = [review.title for review in told if review.signed and not review.signed.whole]
    fresh = last is None or now - last <= SLACK
    rights = may_change_what_was_signed()
    return Seen(
        holds=not (torn or forgotten or rights) and fresh,
        observed=f"Reviews asked for: {len(told)}, of which {_counts(counted)}. Seals that no longer fit: "
        f"{listed(torn)}; overdue reviews nobody was reminded of: {forgotten}. The program’s rights to change what "
        f"was signed: {listed(rights)}. The last morning round was "
        f"{f'on {clock.day_of(last).isoformat()}' if last else 'not yet: none has come since the start (0)'}.",
    )


def _reviews_of_all(today: date, last: date | None) -> tuple[list[Review], int]:
    """Every review of every school, and how many were overdue at the last round without a reminder on record."""
    told: list[Review] = []
    forgotten = 0
    with everywhere():
        for school in every_school():
            sent, own = reminders_sent(school=school.id), reviews(school=school.id, day=today)
            told += own
            forgotten += sum(
                (*one.asked.key, Reminder.OVERDUE.value) not in sent
                for one in own
                if one.asked.state is State.OVERDUE and last is not None and last > one.asked.term.ends
            )
    return told, forgotten


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{counted[state.value]} {state.value}" for state in State)


def last_round() -> datetime | None:
    """When the morning round last ran to its end; None when it has not yet."""
    [[found]] = catalog.ask(
        "select max(e.at) from procrastinate_jobs j join procrastinate_events e on e.job_id = j.id "
        "where j.task_name = %s and e.type = 'succeeded'",
        [ROUND],
    )
    return found if isinstance(found, datetime) else None


def may_change_what_was_signed() -> list[str]:
    rights = ("update", "delete")
    asked = [f"has_table_privilege('{catalog.PROGRAM}', '{REVIEWS}', '{right}')" for right in rights]
    [held] = catalog.ask(f"select {', '.join(asked)}")
    return [right for right, has in zip(rights, held, strict=True) if has]


def changes_take_effect() -> Seen:
    """Counts who joined, moved and left in a year, and looks for a role or a sign-in that did not follow."""
    now = clock.now()
    with everywhere() as schools:
        told, differ = moves_told(since=now - timedelta(days=365)), roles_that_differ()
        left_open = standing(now=now).open_to_leavers
    said = ", ".join(f"{words.lower()} {number}" for words, number in sorted(told.items())) or "none"
    return Seen(
        holds=not (differ or left_open),
        observed=f"In the last 12 months at {schools} schools: {said}. Members whose role is not the one they were "
        f"last given: {differ}. Sign-ins or links still open to somebody who left: {left_open}.",
    )
