"""The forms in which a report leaves as a file."""

from enum import StrEnum

from django.http import HttpResponse

from itrack.ui.files import Export, Table, as_csv, as_xlsx


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


KIND = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
}
# As its button says it.
FORMATS = ((Format.CSV.value, "CSV"), (Format.XLSX.value, "Excel"), (Format.PDF.value, "PDF"))


def as_file(export: Export, kind: Format, one: Table) -> HttpResponse:
    """Tables as a download; `one` is what goes into a file that holds one table alone."""
    return download(export.name, kind, as_csv(one) if kind is Format.CSV else as_xlsx(export))


def download(name: str, kind: Format, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind.value}"'}
    return HttpResponse(content, content_type=KIND[kind], headers=headers)


class FileConverter:
    """The ending of an address as the form of the file: <file:kind>."""

    regex = "|".join(Format)

    def to_python(self, value: str) -> Format:
        return Format(value)

    def to_url(self, value: Format | str) -> str:
        return str(value)


class TablesConverter(FileConverter):
    """Of what is a table and nothing else: <tables:kind>."""

    regex = f"{Format.CSV}|{Format.XLSX}"
