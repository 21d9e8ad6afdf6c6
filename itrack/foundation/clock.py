"""The one place that reads the clock. Views and commands call it and pass the answer down as `at=`."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day at that moment in a British school."""
    return moment.astimezone(LONDON).date()


def midnight(day: date) -> datetime:
    """The moment at which that day begins in a British school."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
