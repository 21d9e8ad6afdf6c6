"""The office's desk: drops files as Olu does, through the product's own actions."""

from dataclasses import dataclass
from io import BytesIO

from itrack.foundation.tenancy.windows import writing
from itrack.imports import api
from itrack.imports.models import Batch, StagedPupil
from tests.cast import NOW, Cast
from tests.imports.ctf_maker import ctf


@dataclass(frozen=True)
class Desk:
    cast: Cast

    def preview(self, *pupils: str, head: str | None = None) -> int:
        with writing(self.cast.oakfield):
            file = BytesIO(ctf(*pupils, head=head).encode())
            return api.preview(school=self.cast.oakfield, file=file, by=self.cast.olu.member, at=NOW)

    def apply(self, batch: int, by: str = "olu") -> int | None:
        with writing(self.cast.oakfield):
            return api.apply(school=self.cast.oakfield, batch=batch, by=self.cast.people[by].member, at=NOW)

    def bring(self, *pupils: str, head: str | None = None) -> int | None:
        """Previews and applies; returns the change set, None when nothing changed."""
        return self.apply(self.preview(*pupils, head=head))

    def choose(self, batch: int, choice: str) -> None:
        """One choice for every pupil in conflict."""
        with writing(self.cast.oakfield):
            rows = StagedPupil.objects.filter(batch_id=batch, verdict="conflict").values_list("pk", flat=True)
            choices = dict.fromkeys(rows, choice)
            api.choose(school=self.cast.oakfield, batch=batch, choices=choices, by=self.cast.olu.member, at=NOW)

    def undo(self, change_set: int) -> None:
        with writing(self.cast.oakfield):
            api.undo_import(school=self.cast.oakfield, change_set=change_set, by=self.cast.olu.member, at=NOW)

    def counts(self, batch: int) -> dict[str, int]:
        with writing(self.cast.oakfield):
            return Batch.objects.get(pk=batch).counts
