"""What a reminder says. No name but the reader's own is in it: a mail is no place for a list of accounts."""

from datetime import date

from itrack.mailing.rules.letters import Letter
from itrack.ui.words import long_date


def reminder(
    *, name: str, school: str, review: str, due: date, overdue: bool, link: str, sender: tuple[str, str]
) -> Letter:
    """To an administrator of a school that has not signed this term's review. `sender` is name and address."""
    when = f"was due on {long_date(due)} and is overdue" if overdue else f"is due by {long_date(due)}"
    parts = (
        f"Dear {name},",
        f"At least once a term, {school} looks at who has an account in iTRACK. The review for the {review[0].lower()}"
        f"{review[1:]} {when}, and nobody has signed it yet.",
        "The page lists everybody, marks the accounts worth a second look, and takes your signature:",
        link,
        f"{sender[0]}, who run iTRACK\nHelp: {sender[1]}\n\nWe never ask for a password by mail.",
    )
    return Letter(f"{'Overdue' if overdue else 'Due soon'}: who has an account in iTRACK", "\n\n".join(parts) + "\n")
