"""Sheets as PDF: what they say is data, whatever it looks like, and a screen reader can read all of it."""

import json
import re
from datetime import UTC, datetime

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.rules import BANDS
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.dots import Dot, Kind, paired_dots
from itrack.ui.pdf import setting
from itrack.ui.pdf.blocks import Cell, Drawing, Head, Heading, Line, Register, Sheet, Words
from itrack.ui.pdf.drawings import on_paper, style_sheet
from itrack.ui.pdf.setting import Busy, as_pdf
from itrack.ui.pdf.written import quoted
from itrack.ui.samples import everything
from tests.paper import Paper

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
PLATE = re.compile(r'width="([\d.]+)" height="14" fill="#ffffff"/><text class="said"[^>]*>([^<]*)<')
HOSTILE = (
    '#panic("read as code")',
    '#include "/etc/passwd"',
    "$x^2$ @label <tag> *bold* _soft_ `raw` \\ // off /* off */ [x] ~",
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script> &amp;",
    '"}, {"kind": "heading", "text": "x"}',
)


def a_sheet(*blocks: object, **told: object) -> Sheet:
    return Sheet(
        **{"title": "A sheet", "heading": "A sheet", "school": "Oakfield", "made": "Made", "blocks": blocks} | told
    )


def paper(*blocks: object, **told: object) -> Paper:
    return Paper(as_pdf([a_sheet(*blocks, **told)], title="A file", at=AT))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_code_is_printed_as_it_is(text):
    table = Register(text, [Head(text)], [(text, [Line([Cell(text, small=text)], note=text)])])

    read = paper(Words(text, lead=text), Heading(text), table, heading=text, lead=text)

    assert read.words.replace(" ", "").count(text.replace(" ", "")) == 11


@given(st.lists(st.text() | st.text('\\"#u{}41()[]\n ', max_size=12), min_size=1))
def test_a_string_in_quotes_is_the_text_and_nothing_else(texts):
    source = f"#assert.eq(({','.join(map(quoted, texts))},), json(bytes(sys.inputs.told)))"

    made = typst.compile(source.encode(), sys_inputs={"told": json.dumps(texts)})

    assert made.startswith(b"%PDF"), "Typst reads out of each string what went in"


@pytest.mark.parametrize("text", ["Zoë Łukasz O’Brien Nguyễn", "Ξένια", "Иван", "שלום"])
def test_names_of_many_alphabets_are_printed(text):
    assert text in paper(Words(text)).words


def test_arabic_is_printed_joined_up_and_not_as_boxes():
    read = paper(Words("محمد علي"))

    assert setting.BOX not in read.words
    assert "د" in read.words


def test_signs_that_no_font_has_become_a_box_and_the_rest_stays():
    read = paper(Words("Ada 😀 👨‍👩‍👧 李 ♥️ end"), heading="a\x00\x07b \u202ereversed")

    assert "Ada □ □□□ □" in read.words
    assert read.words.startswith("ab reversed")
    assert "end" in read.words


def test_more_strange_signs_than_it_cares_to_learn_still_make_a_file():
    strange = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3 * setting.MOST_SIGNS_LEARNT))

    read = paper(Words(f"before {strange} after"))

    assert "before" in read.words
    assert "after" in read.words


def test_a_sheet_is_tagged_titled_and_in_english():
    table = Register("Marks", [Head("Pupil"), Head("n", numeric=True)], [("", [Line([Cell("Ada"), Cell("3")])])])

    read = paper(Heading("Part"), table)

    assert read.claims_accessible
    assert (read.title, read.language) == ("A file", "en-GB")
    assert read.tags.count("H1") == 1
    assert {"H2", "Table", "THead", "TH", "TD", "Caption"} <= set(read.tags)


def test_pages_of_one_sheet_are_counted_and_of_several_say_whose_they_are():
    long = a_sheet(Words("\n\n".join(["line"] * 120)))

    several = Paper(as_pdf([long, a_sheet(Words("short"), heading="Another")], title="Both", at=AT))

    assert "Page 2 of 3" in paper(*long.blocks).words
    feet = [page.extract_text().split("Made")[-1].strip() for page in several.reader.pages]
    assert feet == ["A sheet", "A sheet", "A sheet", "Another"]


def test_a_drawing_is_read_aloud_by_its_title_and_description():
    svg = stacked_bars([Row("Reading", tuple(Share(band, 3) for band in BANDS))], title="Shares & more")

    read = paper(on_paper(svg))

    [said] = read.told_of_pictures
    assert said.startswith("Shares & more Reading, 12 pupils: below 25%")
    assert "Reading" in read.words


def test_a_drawing_keeps_the_colours_of_the_page():
    rules = style_sheet()

    assert ".chart .fill-e{fill: #64a3d6;}" in rules
    assert ".chart .fill-x,.chart .fill-n{fill: #ffffff;}" in rules
    assert ":is(" not in rules


def test_a_colour_that_a_class_brings_reaches_what_is_drawn_with_it():
    rules = style_sheet()

    for unknown in re.findall(r"([^{}]+)\{[^{}]*var\(--s\)", rules):
        for selector in unknown.split(","):
            assert re.search(rf"{re.escape(selector)}\.l1[,{{][^}}]*#14594a", rules), selector


@pytest.mark.parametrize("drawing", range(5))
def test_each_kind_of_drawing_is_set_with_words_for_it(drawing):
    svg = everything()["drawings"][drawing]

    [said] = paper(on_paper(svg)).told_of_pictures

    assert len(said) > 40


def test_a_picture_without_words_is_no_file_rather_than_a_silent_one():
    with pytest.raises(RuntimeError, match="alt"):
        paper(Drawing('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "", 20))


def test_the_same_sheet_at_the_same_moment_is_the_same_file():
    assert as_pdf([a_sheet(Words("x"))], title="A", at=AT) == as_pdf([a_sheet(Words("x"))], title="A", at=AT)


def test_when_all_places_are_taken_it_says_come_again(monkeypatch):
    monkeypatch.setattr(setting, "PATIENCE", 0.01)
    for _ in range(setting.AT_ONCE):
        setting._places.acquire()

    try:
        with pytest.raises(Busy) as busy:
            paper(Words("x"))
    finally:
        for _ in range(setting.AT_ONCE):
            setting._places.release()

    assert busy.value.status == 503


def test_figures_beside_a_mark_keep_their_letters_on_paper():
    girls = Dot("Girls", 20, 30)
    svg = paired_dots([Kind("Sex", (girls, Dot("Boys", 17, 28, base=True)))], whole=(37, 58), title="Shares")

    on = on_paper(svg).svg

    assert "paint-order" not in style_sheet()
    assert on.count('fill="#ffffff"/><text class="said"') == svg.count('<text class="said"') == 2
    [plate] = [float(wide) for wide, said in PLATE.findall(on) if said == girls.said]
    assert plate >= 5 * len(girls.said)


def test_a_heading_does_not_stay_behind_when_its_table_goes_on():
    filling = [Words(f"Line {n}.") for n in range(46)]
    table = Register("By class", [Head("Class")], [("", [Line([Cell("4B")]), Line([Cell("5C")])])])

    for some in range(38, 46):
        told = Paper(
            as_pdf([a_sheet(*filling[:some], Heading("Part"), Words("Of what.", stays=True), table)], title="F", at=AT)
        )
        pages = [page.extract_text() for page in told.reader.pages]
        [of_heading] = [n for n, text in enumerate(pages) if "Part" in text]
        assert "4B" in pages[of_heading], some


def test_a_column_for_names_keeps_them_on_a_line():
    many = [Head(f"A head of several words, the {n}th") for n in range(9)]
    lines = [Line([Cell("Mikołaj Borowska-Nowik"), *[Cell("Good level of it")] * 9])] * 30

    squeezed = paper(Register("Path", [Head("Pupil"), *many], [("", lines)]), wide=True)
    kept = paper(Register("Path", [Head("Pupil", signs=22), *many], [("", lines)]), wide=True)

    on_a_line = "Mikołaj Borowska-Nowik"
    assert on_a_line in kept.reader.pages[0].extract_text()
    assert on_a_line not in squeezed.reader.pages[0].extract_text()


def test_a_column_for_a_pen_has_room():
    heads, line = [Head("Pupil"), Head("Agreed", room=True)], Line([Cell("Amara"), Cell("")])
    with_room = paper(Register("Sheet", heads, [("", [line] * 40)]))
    without = paper(Register("Sheet", [Head("Pupil"), Head("Agreed")], [("", [line] * 40)]))

    assert with_room.pages > without.pages == 1
