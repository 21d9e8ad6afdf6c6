"""What is larger than a page takes is answered with a page that says so, and nothing of it is stored."""

from django.conf import settings

from itrack.foundation.tenancy.windows import reading
from itrack.reports.models import UsualView
from tests.cast import Cast


def test_a_text_larger_than_a_page_takes_is_called_too_large(cast: Cast) -> None:
    sent = "report=attainment&pupils=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)

    answer = cast.client("hana").post("/reports/remember", sent, content_type="application/x-www-form-urlencoded")

    said = answer.content.decode()
    assert answer.status_code == 413
    assert "<h1>That is too large</h1>" in said
    assert "Nothing was stored." in said
    assert "Oakfield Primary School" in said
    with reading(cast.oakfield):
        assert not UsualView.objects.exists()


def test_more_fields_than_a_page_takes_are_not_understood(cast: Cast) -> None:
    fields = "&".join(f"f{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))

    answer = cast.client("hana").post("/reports/remember", fields, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "<h1>That could not be read</h1>" in answer.content.decode()
