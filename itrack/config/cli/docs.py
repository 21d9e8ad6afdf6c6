"""Writes the pages of docs/generated out of what the code declares, or says which of them have gone stale."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from itrack.config.registry import data_map, pages_data, questions_of_the_walk
from itrack.foundation.viewer import Role, only
from itrack.promises.api import register
from itrack.pupils.rules_columns import COLUMNS
from itrack.reports.api import REPORTS
from itrack.reports.rules.declared import ANONYMOUS

FOLDER = Path("docs/generated")
NOTE = "Written by `bin/itrack docs` from the code; a test fails when the two differ. Do not edit."


def write_docs(root: Path, check: bool) -> list[str]:
    """Paths of the pages that were stale, below `root`. With `check` they are left as they are."""
    stale = []
    for name, write in PAGES.items():
        path, text = root / FOLDER / name, write()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(FOLDER / name))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return stale


def access_matrix() -> str:
    rows = [
        (f"`/{page['route']}`", page["name"], _yes(page["writes"]), _yes(page["logged"]), *_who(page["may"]))
        for page in pages_data()
    ]
    words = (
        "Who may open which address. A page that does not write runs where the database refuses every write. The tests "
        "ask each address as a stranger and as somebody of each role, with ids of their own school and of another's: "
        f"{questions_of_the_walk():,} answers, of which none may surprise."
    )
    head = ["Route", "Name", "Writes", "Logged", "anyone", *(role.value for role in Role)]
    return _page("Access matrix", words, head, rows) + _columns()


def _columns() -> str:
    """What of a pupil's record some roles are not told, though they see the pupil."""
    head = ["Part of a pupil's record", *(role.value for role in Role)]
    rows = [(name, *(_yes(role in roles) for role in Role)) for name, (_, roles) in COLUMNS.items()]
    return "\n## Columns\n\n" + _table(head, rows)


def _who(may: Sequence[str]) -> list[str]:
    everyone = "public" in may
    return [_yes(everyone), *(_yes(everyone or role.value in may) for role in Role)]


def _yes(true: bool) -> str:
    return "yes" if true else ""


def data_map_page() -> str:
    rows = [tuple(field.values()) for field in data_map()]
    words = "Every stored field: whose it is, why it is held, what an export calls it, how long it stays."
    return _page(
        "Data map", words, ["Table", "Field", "Whose", "Purpose", "Exported as", "Kept until", "Erased how"], rows
    )


def promises_page() -> str:
    rows = [
        (promise.id, promise.says, promise.kind.value, f"{promise.since:%Y-%m-%d}", f"`{name}`")
        for name, promise in register().items()
    ]
    words = "The sentences of the policy. `itrack prove` shows what the running system says to each."
    return _page("Promises", words, ["Id", "We say", "Kind", "Since", "File and proof"], rows)


def reports_page() -> str:
    head = ["Report", "Name", "What it answers", "Who is counted", "Worked out", "Asks for", "Read by", "Without names"]
    rows = [
        (
            *(one.title, f"`{one.name}`", one.answers, one.counts, one.arithmetic.value),
            *(", ".join(one.asks.fields) or "nothing", ", ".join(one.named.words())),
            ", ".join(only(*(one.may.roles & ANONYMOUS)).words()),
        )
        for one in REPORTS.values()
    ]
    words = (
        "The reports. Each is declared once; its page, its names, its files and `itrack report NAME` come from that. "
        "Who reads one without names is shown no small numbers either."
    )
    return _page("Reports", words, head, rows)


def _page(title: str, words: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return f"# {title}\n\n{words}\n\n{NOTE}\n\n{_table(head, rows)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([_line(head), _line(["---"] * len(head)), *map(_line, rows)]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


PAGES: dict[str, Callable[[], str]] = {
    "access-matrix.md": access_matrix,
    "data-map.md": data_map_page,
    "promises.md": promises_page,
    "reports.md": reports_page,
}
