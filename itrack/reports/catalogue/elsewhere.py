"""Reports that other domains lay out on pages of their own; here are their lines in the list, and their data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itrack.foundation.viewer import Access, Viewer
from itrack.reports.catalogue.declared import Section


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`name` is also that of its page. `data` takes the reader, the filters as text, the moment and "with names"."""

    name: str
    title: str
    answers: str
    may: Access
    section: Section
    data: Callable[[Viewer, Mapping[str, str], datetime, bool], dict[str, Any]]


ELSEWHERE: dict[str, Elsewhere] = {}
