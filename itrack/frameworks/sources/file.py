"""A framework's file of either kind, told apart by what it begins with."""

from itrack.frameworks.sources.csv_file import read_csv
from itrack.frameworks.sources.json_file import read_json
from itrack.frameworks.sources.reading import ReadFramework


def read_framework(file: bytes) -> ReadFramework:
    """UnreadableFileError where the file as a whole cannot be used."""
    starts = file.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return read_json(file) if starts in (b"{", b"[") else read_csv(file)
