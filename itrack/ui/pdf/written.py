"""Sheets as a document of the typesetter's language, in the words that `house.typ` knows: which parts, in what order.

    written([sheet], title="Attainment overview", say=quoted)

It is written out here and not put together there from data, which takes Typst a third longer for the reports of a
school. Whatever somebody wrote, a name or a comment, goes through `say` and stands in the document as a string in
quotes, whose every sign is itself: nothing of it can be read as Typst's language.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from itrack.ui.pdf.blocks import (
    Beside,
    Block,
    Cell,
    Drawing,
    Facts,
    Finding,
    Head,
    Heading,
    Line,
    Register,
    Sheet,
    Words,
)

Say = Callable[[str], str]
BANDS = frozenset("bweg")


def quoted(text: str) -> str:
    """The text as a string of Typst's language: there backslash and quote alone mean something."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(sheets: Sequence[Sheet], *, title: str, say: Say) -> str:
    """What follows after the house's own words. `say` makes a string in quotes of a text."""
    told = [f"#set document(title: {say(title)}, author: {say(sheets[0].school)})\n"]
    for sheet in sheets:
        told += _sheet(sheet, say, alone=len(sheets) == 1)
    return "".join(told)


def _sheet(sheet: Sheet, say: Say, *, alone: bool) -> Iterator[str]:
    right = "pages" if alone else say(sheet.heading)
    yield f"#[#set page(..paper({_yes(sheet.wide)}, {_yes(sheet.compact)}), "
    yield f"footer: foot({say(f'{sheet.school}. {sheet.made}')}, {right}))\n"
    yield f"#set text(size: {'8.5pt' if sheet.compact else '11pt' if sheet.large else '9.5pt'})\n"
    head = f"#heading(level: 1, {say(sheet.heading)})" + (f"#under({say(sheet.lead)})" if sheet.lead else "")
    yield f"#beside-logo([{head}], {say(sheet.logo)}, {say(sheet.school)})\n" if sheet.logo else f"{head}\n"
    yield from _blocks(sheet.blocks, say)
    yield "]\n"


def _yes(said: bool) -> str:
    return "true" if said else "false"


def _blocks(blocks: Iterable[Block], say: Say) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, say)


def _block(block: Block, say: Say) -> Iterator[str]:
    match block:
        case Heading():
            yield f"#heading(level: {int(block.level)}, {say(block.text)})\n"
        case Words():
            yield from _words(block, say)
        case Finding():
            yield f"#finding({say(block.lead)}, {say(block.rest)})\n"
        case Register():
            yield from _register(block, say)
        case Facts():
            rows = "".join(f", ({say(term)}, {say(said)})" for term, said in block.rows)
            yield f"#facts({rows[2:]})\n"
        case Drawing():
            yield _drawing(block, say)
        case Beside():
            halves = ("".join(_blocks(half, say)) for half in (block.left, block.right))
            yield f"#beside({', '.join(f'[{half}]' for half in halves)})\n"


def _words(block: Words, say: Say) -> Iterator[str]:
    if block.small:
        yield "#[#set text(size: 0.9em, fill: soft)\n"
    if block.lead:
        yield f"#strong({say(block.lead)}) "
    yield "#stays[" if block.stays else ""
    for part in block.text.replace("\r", "").split("\n\n"):
        yield "#linebreak()".join(f"#{say(line)}" for line in part.strip().split("\n"))
        yield "#parbreak()\n"
    yield "]\n" if block.stays else ""
    if block.small:
        yield "]\n"


def _drawing(block: Drawing, say: Say) -> str:
    keys = "".join(f"({say(said)}, {_band(band)}), " for said, band in block.keys)
    caption = say(block.caption) if block.caption else "none"
    return f"#drawing({say(block.svg)}, {say(block.alt)}, {int(block.width)}, {caption}, ({keys}))\n"


def _register(block: Register, say: Say) -> Iterator[str]:
    yield f"#register({say(block.title) if block.title else 'none'}, "
    yield f"({''.join(f'{_width(head)}, ' for head in block.heads)}), "
    yield f"({''.join('right, ' if head.numeric else 'left, ' for head in block.heads)}), "
    yield f"({''.join(f'{say(head.text)}, ' for head in block.heads)})"
    for group, lines in block.bodies:
        if group:
            yield f",\ngroup({say(group)}, {len(block.heads)})"
        for line in lines:
            yield from (f",\n{cell}" for cell in _cells(line, block.heads, say))
    yield ")\n"


def _width(head: Head) -> str:
    if head.grow:
        return "1fr"
    return f"signs({int(head.signs)})" if head.signs > 0 else "auto"


def _cells(line: Line, heads: Sequence[Head], say: Say) -> Iterator[str]:
    for at, (cell, head) in enumerate(zip(line.cells, heads, strict=False)):
        said = f"strong({_cell(cell, say)})" if line.strong else _cell(cell, say)
        if head.room:
            yield "pen"
        elif line.note and not at:
            yield f"{said} + note({say(line.note)})"
        else:
            yield f"shaded({said})" if cell.shade else said


def _cell(cell: Cell, say: Say) -> str:
    if len(cell.bar) == 4:
        return f"bar({', '.join(str(int(n)) for n in cell.bar)})"
    said = f"strong({say(cell.text)})" if cell.strong else say(cell.text)
    said = f"chip({said}, {_band(cell.band)})" if cell.band in BANDS else said
    return f"{said} + small({say(cell.small)})" if cell.small else said


def _band(code: str) -> str:
    """A band of the house, or none: codes are ours, and a strange one is no word of the document."""
    return f'"{code}"' if code in BANDS else '""'
