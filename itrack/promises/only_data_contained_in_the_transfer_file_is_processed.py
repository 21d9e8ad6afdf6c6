"""P91. What the file does not say is not stored, guessed or filled in; what the product does not need is read past."""

from datetime import date

from itrack.foundation.promise import Enforced
from itrack.imports.api import keep_receipt, preview, preview_sheet
from itrack.promises.evidence.arrival import nothing_but_the_file
from itrack.spreadsheets.api import stage

PROMISE = Enforced(
    id="P91",
    says="From a Common Transfer File, or a spreadsheet in its place, we keep only what that file says and the product "
    "needs. Addresses, telephone numbers, contacts and medical notes in it are read past and never stored.",
    since=date(2026, 11, 23),
    kept_by=[preview, keep_receipt, preview_sheet, stage],
    evidence=nothing_but_the_file,
)
