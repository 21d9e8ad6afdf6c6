"""The finding across schools: what they show together, and from where to where it reaches.

schools_finding([…], "Reading", "Autumn 2")
→ "In reading at Autumn 2, 141 of 233 pupils counted in 3 schools are at expected or above (61%)." "From school to
  school it is 48% (Thornhill) to 72% (Oakfield). …"
"""

from collections.abc import Sequence

from itrack.reports.rules.finding import Finding, inside
from itrack.reports.rules.pooled import COUNTED, SECURE, SchoolFigures, pooled, share_of
from itrack.ui.words import count_of, figure, percent, plural

# Of fewer pupils a share moves so far with each of them that schools are not set beside one another by it.
MANY = 30
CARE = "Schools differ in whom they teach: a distance between them is a question to ask there, no judgement."


def schools_finding(schools: Sequence[SchoolFigures], subject: str, point: str) -> list[Finding]:
    """`schools` are those with figures. Nothing where none shows how many are counted and how many secure."""
    shown = [one for one in schools if share_of(one.counts) is not None]
    if not shown:
        return []
    return [Finding(_all(shown, len(schools), subject, point), _range(shown))]


def _all(shown: Sequence[SchoolFigures], of: int, subject: str, point: str) -> str:
    counts = pooled(shown)
    secure, counted = counts[SECURE] or 0, counts[COUNTED] or 0
    where = (
        count_of(len(shown), "school") if len(shown) == of else f"the {figure(len(shown))} of {of} schools that show it"
    )
    verb = plural(secure, "is/are")
    return (
        f"In {inside(subject)} at {point}, {figure(secure)} of {count_of(counted, 'pupil')} counted in {where} "
        f"{verb} at expected or above ({percent(secure, counted)})."
    )


def _range(shown: Sequence[SchoolFigures]) -> str:
    large = [one for one in shown if (one.counts[COUNTED] or 0) >= MANY]
    if len(large) < 2:
        return ""
    ranked = sorted(large, key=lambda one: (share_of(one.counts) or 0, one.name))
    low, high = (percent(one.counts[SECURE] or 0, one.counts[COUNTED] or 0) for one in (ranked[0], ranked[-1]))
    among = "" if len(large) == len(shown) else f", among the {len(large)} with {MANY} or more counted,"
    if low == high:
        return f"From school to school{among} it is the same, {low}. {CARE}"
    return f"From school to school{among} it is {low} ({ranked[0].name}) to {high} ({ranked[-1].name}). {CARE}"
