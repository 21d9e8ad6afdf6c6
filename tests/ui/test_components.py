from datetime import UTC, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from itrack.ui.parts import Count, Fact, Link
from itrack.ui.samples import BANDS


def rendered(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


class LeaverForm(forms.Form):
    name = forms.CharField(help_text="As on the register.")
    day = forms.DateField(label="Last day", error_messages={"invalid": "No such day."})
    keep = forms.ChoiceField(choices=[("o", "ours")], widget=forms.RadioSelect)


def test_a_band_is_told_by_letter_name_and_class() -> None:
    chip = rendered("{% band one %}|{% band one full=True %}|{% band none %}", one=BANDS[2], none=None)

    assert chip == (
        '<span class="band e" title="Expected">E</span>|<span class="band e">E Expected</span>|'
        '<span class="mute">not yet</span>'
    )


def test_what_a_person_wrote_is_escaped_once_inside_and_outside_a_block() -> None:
    html = rendered("{% banner 'bad' title %}<b>{{ name }}</b>{% endbanner %}", title="<i>", name="O'Neil & <co>")

    assert html == ('<div class="banner bad"><strong>&lt;i&gt;</strong> <b>O&#x27;Neil &amp; &lt;co&gt;</b></div>')


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("{% state 'Saved' 'ok' %}", '<span class="state ok">Saved</span>'),
        ("{% finding %} 57% {% endfinding %}", '<p class="finding">57%</p>'),
        ("{% toast %}Done{% endtoast %}", '<div class="toast" role="status">Done</div>'),
        (
            "{% register_table label=label %}x{% endregister_table %}",
            '<div class="scroll" tabindex="0" role="group" aria-label="Class &quot;4&quot;">x</div>',
        ),
        ("{% more summary='Why' opened=True %}x{% endmore %}", '<details class="more" open><summary>Why</summary>x'),
        ("{{ 2|count_of:'pupil' }}, {{ 33|percent_of:58 }}, {{ -3|signed }}", "2 pupils, 57%, −3"),
    ],
)
def test_a_component_writes_its_markup(source: str, wanted: str) -> None:
    assert wanted in rendered(source, label='Class "4"')


def test_progress_is_said_in_words_beside_the_bar() -> None:
    html = rendered("{% progress 5 8 'Applying' noun='pupil' %}")

    assert '<span class="small">5 of 8 pupils</span>' in html
    assert '<progress value="5" max="8" aria-label="Applying: 5 of 8 pupils">' in html


def test_a_moment_is_shown_in_the_schools_time() -> None:
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert rendered("{{ at|long_date }}, {{ at|clock_time }}, {{ none|short_date }}", at=summer, none=None) == (
        "1 July 2026, 00:30, "
    )


def test_a_refused_field_ties_hint_and_error_to_its_control() -> None:
    form = LeaverForm({"name": "Ada", "day": "31/02/2026", "keep": "o"})

    html = rendered("{% field form.name %}{% field form.day %}{% error_summary form %}", form=form)

    assert 'aria-describedby="id_name_helptext"' in html
    assert '<p class="hint" id="id_name_helptext">As on the register.</p>' in html
    assert 'aria-invalid="true" aria-describedby="id_day_error"' in html
    assert '<p class="error" id="id_day_error">Not accepted. No such day.</p>' in html
    assert 'role="alert"' not in html


def test_two_refused_fields_are_gathered_as_links_above() -> None:
    form = LeaverForm({"name": "", "day": "31/02/2026"})

    html = rendered("{% error_summary form %}{% for one in form %}{% field one %}{% endfor %}", form=form)

    assert "3 fields were not accepted." in html
    for target in ("id_name", "id_day", "id_keep"):
        assert f'<a href="#{target}">' in html
        assert f' id="{target}"' in html


def test_pages_keep_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/pupils/", {"year": "4", "page": "2"})
    page = Paginator(range(30), 10).get_page(2)

    html = Template("{% load ui %}{% pagination page %}").render(Context({"page": page, "request": request}))

    assert 'href="?year=4&amp;page=1" rel="prev">Earlier' in html
    assert '<a href="?year=4&amp;page=2" aria-current="page">2</a>' in html
    assert rendered("{% pagination page %}", page=Paginator([1], 10).get_page(1), request=request).strip() == ""


def test_counts_facts_tabs_and_trail_say_what_they_are_given() -> None:
    html = rendered(
        "{% counts counts %}{% facts facts %}{% tabs tabs label='Views' %}{% trail step '4 Alder' %}",
        counts=[Count("new", 1204, "/new")],
        facts=[Fact("SEN", "Support", "Office")],
        tabs=[Link("Marks", "/m", current=True)],
        step=Link("Pupils", "/p"),
    )

    assert '<dt>new</dt><dd><a href="/new">1,204<span class="seen-by-ear"> new</span></a></dd>' in html
    assert '<dt>SEN</dt><dd>Support <span class="small">Office</span></dd>' in html
    assert '<a href="/m" aria-current="page">Marks</a>' in html
    assert '<a href="/p">Pupils</a> / 4 Alder' in html


def test_an_address_of_code_breaks_at_its_signs_and_is_escaped() -> None:
    assert rendered("{{ path|breakable }}", path="ui.words_of/<b>") == "ui.<wbr>words_<wbr>of/<wbr>&lt;b&gt;<wbr>"
