"""What the code writes about itself is what is committed."""

from itrack.config.cli.docs import FOLDER, PAGES, write_docs
from tests.architecture import source


def test_no_generated_page_has_gone_stale() -> None:
    assert write_docs(source.ROOT, check=True) == [], "run bin/itrack docs and commit what it wrote"


def test_nothing_lies_among_them_that_the_code_did_not_write() -> None:
    assert {path.name for path in (source.ROOT / FOLDER).iterdir()} == set(PAGES)


def test_a_page_that_differs_is_told_and_mended(tmp_path) -> None:
    write_docs(tmp_path, check=False)
    page = tmp_path / FOLDER / "promises.md"
    page.write_text("We promise nothing.")

    assert write_docs(tmp_path, check=True) == ["docs/generated/promises.md"]
    assert page.read_text() == "We promise nothing."
    assert write_docs(tmp_path, check=False) == ["docs/generated/promises.md"]
    assert write_docs(tmp_path, check=True) == []
