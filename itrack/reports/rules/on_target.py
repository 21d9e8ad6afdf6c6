"""Where last marks lie beside targets, in a sentence that keeps two things apart: on track, and at the target already.

told(tracks, "in Year 4", "Summer 2") → "In Year 4, 21 of 28 pupils counted are on track or ahead in reading for
Summer 2 (75%). 9 of them are not at their target yet: …"
"""

from collections.abc import Sequence

from itrack.reports.rules.finding import FEW, Finding, in_brackets, inside
from itrack.reports.rules.finding import Standing as Share
from itrack.targets.rules.standings import SubjectTracks
from itrack.targets.rules.track import Track
from itrack.ui.words import count_of, figure, upper_first

NOT_YET = "not being at the target yet is not the same as not being on track."


def looked_at(tracks: Sequence[SubjectTracks], chosen: int) -> SubjectTracks | None:
    """The subject chosen, else the one with the smallest share on track or ahead; None where nobody is counted."""
    counted = [one for one in tracks if one.counted]
    wanted = next((one for one in tracks if one.subject == chosen), None)
    return wanted or min(counted, key=lambda one: one.on_or_ahead / one.counted, default=None)


def told(one: SubjectTracks, where: str, target: str) -> list[Finding]:
    if not one.counted:
        return []
    share = in_brackets(Share("", one.on_or_ahead, one.counted, one.counted))
    verb = "is" if one.on_or_ahead < 2 else "are"
    many = figure(one.on_or_ahead) if one.on_or_ahead else "none"
    first = (
        f"{upper_first(where)}, {many} of {count_of(one.counted, 'pupil')} counted {verb} on track or ahead in "
        f"{inside(one.name)} for {target}{share}."
    )
    said = [first, _not_yet(one), _out(one)]
    if one.counted < FEW:
        said.append(f"Fewer than {FEW} pupils are counted: read it with care.")
    return [Finding("", " ".join(words for words in said if words))]


def _not_yet(one: SubjectTracks) -> str:
    waiting = len((one.tracks[Track.ON] | one.tracks[Track.AHEAD]) - one.reached)
    if not waiting:
        return ""
    return f"{figure(waiting)} of them {'is' if waiting == 1 else 'are'} not at the target yet: {NOT_YET}"


def _out(one: SubjectTracks) -> str:
    reasons = [f"{figure(n)} with “{reason[:1].lower()}{reason[1:]}”" for reason, n in one.reasons()]
    return f"Not counted: {', '.join(reasons)}." if reasons else ""
