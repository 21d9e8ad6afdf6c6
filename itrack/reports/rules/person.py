"""A pupil as a report names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil of a report: the one line it shows of them, with the class they are counted in."""

    id: int
    surname: str
    forename: str
    class_id: int | None = None
    class_name: str = ""

    @property
    def spoken(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.forename}"

    @property
    def filed(self) -> str:
        return self.name

    @property
    def order(self) -> tuple[str, str, int]:
        return self.surname.casefold(), self.forename.casefold(), self.id
