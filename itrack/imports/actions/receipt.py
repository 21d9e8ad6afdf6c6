"""What remains of a staged file once it has been decided: which fields changed, never what they said."""

from collections.abc import Sequence

from django.db import connection

from itrack.foundation.promise import keeps
from itrack.imports.models import Batch


@keeps("only_data_contained_in_the_transfer_file_is_processed")
def keep_receipt(batch: Batch) -> None:
    """Clears every value of the batch's pupils, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update imports_stagedpupil set payload = '{}', name = '', "
            "differences = (select coalesce(jsonb_agg(one->0), '[]') from jsonb_array_elements(differences) one), "
            "conflict = case verdict when 'rejected' "
            "then jsonb_build_object('field', conflict->'field') else '{}'::jsonb end "
            "where school_id = %s and batch_id = %s",
            [batch.school_id, batch.pk],
        )


def note_pupils(*, school: int, staged: Sequence[int], pupils: Sequence[int]) -> None:
    """Ties staged rows to the pupils they became, so that erasing a pupil finds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update imports_stagedpupil as staged set pupil_id = told.pupil "
            "from unnest(%s::bigint[], %s::bigint[]) as told(staged, pupil) "
            "where staged.school_id = %s and staged.id = told.staged",
            [list(staged), list(pupils), school],
        )
