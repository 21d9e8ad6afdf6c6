"""Frameworks made up by Hypothesis, with all that a spreadsheet might take amiss."""

from datetime import date

from hypothesis import strategies as st

from itrack.frameworks.rules.content import About, Content, StatementFacts, StrandFacts, in_order
from itrack.frameworks.rules.limits import scale_faults, text_fault
from itrack.frameworks.rules.scale import FIRST_SCALE, Depth
from itrack.frameworks.rules.years import LADDER
from itrack.frameworks.sources.reading import tidied

AWKWARD = st.sampled_from(
    ["=1+1", "+2", "-3", "@x", "'=x", "''=x", "'quoted'", "a, b", 'say "so"', "−", "½ of 6; 3", "é", "=", "'-", "🙂"]
)


def texts(longest: int, *, needed: bool = True):
    free = st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters=" ,;\"'=+-@"), max_size=min(longest, 8)
    )
    return (AWKWARD | free).map(tidied).filter(lambda text: not text_fault("It", text, longest, needed=needed))


CODES = st.sampled_from(["M1", "M2", "M3", "M4", "M5", "A.3.NPV/01", "a-_7"])
YEARS = st.none() | st.integers(1988, 2099)


@st.composite
def strands(draw) -> StrandFacts:
    first, last = sorted((draw(st.integers(0, len(LADDER) - 1)), draw(st.integers(0, len(LADDER) - 1))))
    return StrandFacts(draw(texts(40)), LADDER[first], LADDER[last], draw(texts(80)))


@st.composite
def depths(draw) -> tuple[Depth, ...]:
    codes = draw(st.lists(st.sampled_from("XNESDG1"), unique=True, min_size=1, max_size=3))
    steps = [
        Depth(code, draw(texts(40)), draw(st.integers(0, 4)), taught, taught and draw(st.booleans()))
        for code, taught in ((code, draw(st.booleans())) for code in codes)
    ]
    return tuple(steps) if not scale_faults(steps) else FIRST_SCALE


@st.composite
def contents(draw) -> Content:
    """A framework of at most six statements; no two of a strand say the same."""
    held = draw(st.lists(strands(), unique=True, min_size=1, max_size=3))
    codes = draw(st.lists(CODES, unique=True, max_size=6))
    found: dict[tuple[StrandFacts, str], StatementFacts] = {}
    for code in codes:
        strand, text = draw(st.sampled_from(held)), draw(texts(60))
        retired = draw(st.none() | st.dates(date(2020, 1, 1), date(2090, 1, 1)))
        found[strand, text.casefold()] = StatementFacts(strand, code, text, draw(texts(40, needed=False)), retired)
    years = sorted(year for year in (draw(YEARS), draw(YEARS)) if year is not None)
    about = About(draw(texts(60)), draw(texts(20, needed=False)), "steps", *years)
    return in_order(Content(about, draw(depths()), tuple(held), tuple(found.values())))
