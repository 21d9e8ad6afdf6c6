"""`itrack schools add`: what the operator does when a school arrives. Everything after it is the school's own."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from itrack.config.cli.ground import standing
from itrack.foundation import clock

if TYPE_CHECKING:
    from itrack.schools.api import NewSchool


def add(asked: Namespace) -> tuple[Any, str]:
    """Takes the school on and has its first administrator invited."""
    with standing(asked):
        from itrack.accounts.api import take_on

        new = _told(asked)
        person = {"name": asked.administrator, "job_title": asked.job_title, "email": asked.email}
        school = take_on(new=new, **person, at=clock.now())
        return _answer(school, new, person)


def _told(asked: Namespace) -> "NewSchool":
    from itrack.schools.api import NewSchool

    return NewSchool(
        urn=asked.urn,
        la=asked.la,
        estab=asked.estab,
        name=asked.name,
        phase=asked.phase,
        products=tuple(dict.fromkeys(asked.product or ["itrack"])),
        subscribed_from=asked.begins,
        subscribed_until=asked.ends,
        trust=asked.trust,
        town=asked.town,
    )


def _answer(school: int, new: "NewSchool", person: dict[str, str]) -> tuple[Any, str]:
    goes = _goes()
    told = {
        "school": {"id": school, "urn": new.urn, "la": new.la, "estab": new.estab, "name": new.name},
        "phase": new.phase,
        "products": list(new.products),
        "from": new.subscribed_from,
        "until": new.subscribed_until,
        "trust": new.trust or None,
        "administrator": person,
        "mail": goes,
    }
    said = f"{new.name} is here. {person['name']} is invited as its administrator, by mail to {person['email']}. {goes}"
    return told, said


def _goes() -> str:
    """Where the mail can be seen, or what sends it."""
    from django.conf import settings

    if settings.TRIAL:
        return f"The trial sends no mail: it is shown at /outbox while `serve` runs, and lies in {settings.OUTBOX}."
    options: dict[str, Any] = settings.MAILERS["default"]["OPTIONS"]  # type: ignore[assignment]
    return f"The worker sends it by {options['host']}."


def invite_again(asked: Namespace) -> tuple[Any, str]:
    """Has the first administrator's invitation sent again."""
    with standing(asked):
        from itrack.accounts.api import invite_first_again

        school = invite_first_again(urn=asked.urn, email=asked.email, at=clock.now())
        goes = _goes()
    return {"school": school, "email": asked.email, "mail": goes}, f"{asked.email} is invited again. {goes}"
