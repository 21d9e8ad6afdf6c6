"""Reading a PDF back as a reader, a screen reader and a search would: its words, its structure, its pictures' words."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


class Paper:
    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def words(self) -> str:
        return " ".join(" ".join(page.extract_text().split()) for page in self.reader.pages)

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    @property
    def title(self) -> str:
        return str((self.reader.metadata or {})["/Title"])

    @property
    def language(self) -> str:
        return str(self.root["/Lang"])

    @property
    def claims_accessible(self) -> bool:
        """Marked as tagged, and its metadata says PDF/UA-1."""
        meta = self.root["/Metadata"].get_data().decode()
        return bool(self.root["/MarkInfo"]["/Marked"]) and "<pdfuaid:part>1<" in meta

    @property
    def across(self) -> bool:
        box = self.reader.pages[0].mediabox
        return box.width > box.height

    @property
    def tags(self) -> list[str]:
        """The kinds of its parts, in the order they are read: "H1", "Table", "TH", "Figure"."""
        return [str(one["/S"])[1:] for one in self._parts(self.root["/StructTreeRoot"]) if "/S" in one]

    @property
    def told_of_pictures(self) -> list[str]:
        return [str(one["/Alt"]) for one in self._parts(self.root["/StructTreeRoot"]) if "/Alt" in one]

    def _parts(self, part: Any) -> Iterator[DictionaryObject]:
        part = part.get_object()
        if isinstance(part, ArrayObject):
            for one in part:
                yield from self._parts(one)
        elif isinstance(part, DictionaryObject):
            yield part
            if "/K" in part:
                yield from self._parts(part["/K"])
