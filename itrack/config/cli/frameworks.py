"""`itrack frameworks`: the school's frameworks of statements, taken away, compared and brought in."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itrack.config.cli.ground import asking, standing
from itrack.config.cli.sending import appearing
from itrack.foundation import clock
from itrack.foundation.refusal import Refused

if TYPE_CHECKING:
    from itrack.foundation.viewer import Viewer
    from itrack.frameworks.rules.content import Content
    from itrack.frameworks.sources.reading import ReadFramework

ENDINGS = ("csv", "json")


def listed(asked: Namespace) -> tuple[Any, str]:
    """The school's frameworks, those put away too."""
    with standing(asked):
        from itrack.foundation.tenancy.windows import reading
        from itrack.frameworks import api

        who = asking(asked, api.READERS)
        with reading(who.school):
            lines = api.frameworks(school=who.school, archived=True)
    told = [
        {"id": line.id, "framework": line.name, "version": line.version, "kind": line.kind, "owner": line.owner}
        | {"statements": line.statements, "put_away_on": line.archived_on}
        for line in lines
    ]
    return told, "\n".join(f"{line.id}  {line.title}: {line.statements} statements" for line in lines)


def exported(asked: Namespace) -> tuple[Any, str]:
    """Writes a framework as CSV or JSON, by the ending of --out."""
    ending = _ending(asked.out)
    with standing(asked):
        from itrack.frameworks import api

        content = _held(asking(asked, api.READERS), asked.framework)
        written = {"csv": api.written_csv, "json": api.written_json}[ending](content)
        with appearing(asked.out, force=asked.force) as file:
            file.write(written)
    told: dict[str, Any] = {"framework": content.about.name, "version": content.about.version}
    told |= {"statements": len(content.statements), "file": str(asked.out)}
    return told, f"{len(content.statements)} statements written to {asked.out}."


def compared(asked: Namespace) -> tuple[Any, str]:
    """What NEW has otherwise than OLD; each is a framework of the school or a file."""
    ending = _ending(asked.out) if asked.out else ""
    with standing(asked):
        from itrack.frameworks import api

        who = asking(asked, api.READERS)
        old, new = (_either(who, name) for name in (asked.old, asked.new))
        found = api.compare(old, new)
        told = api.difference_told(old.about.title, new.about.title, found)
        if asked.out:
            body = api.difference_csv(found) if ending == "csv" else api.difference_json(told)
            with appearing(asked.out, force=asked.force) as file:
                file.write(body)
    counts = ", ".join(f"{found.count(sort)} {sort.value}" for sort in api.Sort)
    return told, "There is no difference." if found.is_empty else f"Statements: {counts}."


def imported(asked: Namespace) -> tuple[Any, str]:
    """Reads a framework's file and says what it would bring; with --apply stores it as the school's own."""
    with standing(asked):
        from itrack.foundation.tenancy.windows import reading, writing
        from itrack.foundation.viewer import LEADERS
        from itrack.frameworks import api

        who, at = asking(asked, LEADERS), clock.now()
        read = _named(asked, _read(asked.file))
        with reading(who.school):
            beside = api.nearest(school=who.school, content=read.content)
        made = None
        if asked.apply:
            with writing(who.school):
                made = api.bring_framework(school=who.school, content=read.content, by=who.member, at=at)
    told = _receipt(read) | {"beside": beside.line.title if beside else None, "change_set": made}
    told |= {"differences": len(beside.found.statements) if beside else None}
    said = f"Stored as change set {made}." if made else "Nothing was stored; add --apply for that."
    return told, f"{told['statements']} statements, {len(read.refused)} rows left out. {said}"


def _receipt(read: "ReadFramework") -> dict[str, Any]:
    about = read.content.about
    return {
        "framework": about.name,
        "version": about.version,
        "strands": len(read.content.strands),
        "statements": len(read.content.statements),
        "refused": [{"row": each.row, "said": each.said, "reason": each.reason} for each in read.refused],
    }


def _named(asked: Namespace, read: "ReadFramework") -> "ReadFramework":
    """Under the name and version told, where they were told."""
    told = {"name": asked.name, "version": asked.version}
    about = replace(read.content.about, **{field: text for field, text in told.items() if text is not None})
    return replace(read, content=replace(read.content, about=about))


def _read(path: Path) -> "ReadFramework":
    from itrack.frameworks.api import LARGEST_FILE, UnreadableFileError, read_framework

    try:
        with path.open("rb") as file:
            return read_framework(file.read(LARGEST_FILE + 1))
    except OSError as error:
        raise Refused(f"{path}: the file cannot be read ({(error.strerror or 'unknown').lower()}).") from None
    except UnreadableFileError as no:
        raise Refused(f"{path}: {no}") from None


def _either(who: "Viewer", name: str) -> "Content":
    if Path(name).suffix.casefold().removeprefix(".") not in ENDINGS:
        return _held(who, name)
    read = _read(Path(name))
    if read.refused:
        first = read.refused[0]
        raise Refused(f"{name}: {len(read.refused)} rows cannot be used; row {first.row}: {first.reason}")
    return read.content


def _held(who: "Viewer", name: str) -> "Content":
    """The school's framework of that number, or of that name as the list shows it."""
    from itrack.foundation.tenancy.windows import reading
    from itrack.frameworks import api

    with reading(who.school):
        lines = api.frameworks(school=who.school, archived=True)
        found = [line.id for line in lines if name in (str(line.id), line.title)]
        if not found:
            raise Refused(f"This school has no framework “{name}”. `itrack frameworks list` names those it has.")
        return api.content_of(school=who.school, framework=found[0])


def _ending(path: Path) -> str:
    ending = path.suffix.casefold().removeprefix(".")
    if ending not in ENDINGS:
        raise Refused(f"{path}: the name ends in .csv or .json, which says how it is written.")
    return ending
