"""The forms in which a report leaves as a file."""

from enum import StrEnum

from django.http import HttpResponse

from itrack.ui.files import Export, Table, as_csv, as_xlsx


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


KIND = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# As its button says it.
FORMATS = ((Format.CSV.value, "CSV"), (Format.XLSX.value, "Excel"))


def as_file(export: Export, kind: Format, one: Table) -> HttpResponse:
    """A download; `one` is what goes into a file that holds one table alone."""
    content = as_csv(one) if kind is Format.CSV else as_xlsx(export)
    headers = {"Content-Disposition": f'attachment; filename="{export.name}.{kind.value}"'}
    return HttpResponse(content, content_type=KIND[kind], headers=headers)


class FormatConverter:
    """The ending of an address as the form of the file: <file:kind>."""

    regex = "|".join(kind.value for kind in Format)

    def to_python(self, value: str) -> Format:
        return Format(value)

    def to_url(self, value: Format | str) -> str:
        return str(value)
