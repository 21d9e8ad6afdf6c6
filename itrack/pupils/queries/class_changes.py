"""The latest deeds on a school's classes, each in words with the classes it touched: "1 class edited: 4B"."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from itrack.foundation.models import ChangeSet, Replaced
from itrack.pupils.models import ClassHelper, Group, GroupPlace

CHANGES_SHOWN = 8
# More classes than this are not named one by one.
NAMED = 6
# What each count of a change set is called.
_SAID = {
    "classes": ("class made", "classes made"),
    "places": ("pupil placed", "pupils placed"),
    "classes edited": ("class edited", "classes edited"),
    "helpers": ("helper changed", "helpers changed"),
    "pupils moved": ("pupil moved", "pupils moved"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A deed on the school's classes. `counts` are numbers by what was counted, `classes` the names it touched."""

    id: int
    at: datetime
    by: str
    counts: dict[str, int]
    undone_at: datetime | None
    classes: Sequence[str]

    @property
    def words(self) -> str:
        return said_of(self.counts, self.classes)


def said_of(counts: Mapping[str, int], classes: Sequence[str]) -> str:
    """What a deed did: "2 classes made, 58 pupils placed: 4A, 4B"."""
    said = [f"{n} {one if n == 1 else many}" for key, (one, many) in _SAID.items() if (n := counts.get(key, 0))]
    more = [f"{len(classes) - NAMED} more"] if len(classes) > NAMED else []
    named = ", ".join([*classes[:NAMED], *more])
    return f"{', '.join(said) or 'Classes changed'}{f': {named}' if named else ''}"


def class_changes(*, school: int, change_set: int | None = None) -> list[ChangeRow]:
    """The latest deeds on classes, newest first; or the one asked for, if it is the school's and about classes."""
    found = ChangeSet.objects.filter(school_id=school, kind=ChangeSet.Kind.CLASSES).exclude(counts={})
    if change_set is not None:
        found = found.filter(pk=change_set)
    rows = list(found.order_by("-pk").values_list("pk", "at", "by__name", "counts", "undone_at")[:CHANGES_SHOWN])
    touched = _touched(school, [pk for pk, *_ in rows])
    return [ChangeRow(*row, touched.get(row[0], [])) for row in rows]


def _touched(school: int, deeds: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The names of the classes each deed touched, in order. A class that has gone since is not named."""
    pairs = set(_pairs(school, deeds))
    groups = {group for _, group in pairs}
    names = dict(Group.objects.filter(school_id=school, pk__in=groups).values_list("pk", "name"))
    before = {(deed, group): name for deed, group, name in _edited(school, deeds)}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for deed, group in pairs | before.keys():
        was, now = before.get((deed, group), ""), names.get(group, "")
        found[deed].append(f"{was}, now {now}" if was and now and was != now else now or was)
    return {deed: sorted(filter(None, said)) for deed, said in found.items()}


def _pairs(school: int, deeds: Collection[int]) -> Iterator[tuple[int, int]]:
    """(deed, class) of what was made or edited and of the places and helpers that were brought or ended."""
    made = Group.objects.filter(school_id=school, added_by_id__in=deeds)
    yield from made.values_list("added_by_id", "pk")
    for model in (GroupPlace, ClassHelper):
        rows = model.objects.filter(Q(added_by_id__in=deeds) | Q(ended_by_id__in=deeds), school_id=school)
        for added, ended, group in rows.values_list("added_by_id", "ended_by_id", "group_id").distinct():
            yield from ((deed, group) for deed in (added, ended) if deed in deeds)


def _edited(school: int, deeds: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """(deed, class, what it was called before)."""
    rows = Replaced.objects.filter(school_id=school, change_set_id__in=deeds, table=Group._meta.db_table)
    yield from rows.values_list("change_set_id", "row_id", "before__name")
