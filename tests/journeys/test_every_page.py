"""Each address without parameters, for four of the staff: open or closed as declared, and fit to be looked at."""

import pytest
from playwright.sync_api import Response

from tests.journeys.conftest import Arrive
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor

# The same to everybody, so one of them looks.
ALIKE = ("/forgotten", "/forgotten/asked", "/help", "/outbox", "/privacy", "/sign-in", "/ui/")


@pytest.fixture(scope="session")
def pages(product: Product) -> dict[str, list[str]]:
    """Address → roles, of the pages that only need to be opened."""
    told = product.asked("pages")
    opened = [page for page in told if not page["writes"] and "<" not in page["route"]]
    # A file is taken away, not looked at.
    return {
        f"/{page['route']}": page["may"]
        for page in opened
        if not page["route"].endswith((".csv", ".xlsx", ".pdf", ".png"))
    }


@pytest.mark.parametrize("who", ["hana", "tom", "olu", "gus"])
def test_every_page_opens_to_whom_it_should_and_is_fit_to_see(
    who: str, arrive: Arrive, product: Product, pages: dict[str, list[str]]
) -> None:
    visitor = arrive(who)
    role = product.logins[who].role

    for address, may in pages.items():
        if {role, "public"} & set(may):
            opens(visitor, who, address)
        else:
            assert visitor.page.request.get(address).status == 403, address


def opens(visitor: Visitor, who: str, address: str) -> None:
    """The head looks at every size and in both colours; the others, who see less of the same, once."""
    answer = visitor.page.goto(address)

    assert answer
    assert answer.status == 200, address
    if not is_a_page(answer):
        return
    if who == "hana":
        visitor.looks_everywhere(f"{who}{address.replace('/', '_')}".rstrip("_"))
    elif address not in ALIKE:
        visitor.looks()


def is_a_page(answer: Response) -> bool:
    """Some addresses answer a script of ours, in data."""
    return answer.headers["content-type"].startswith("text/html")


def test_a_closed_page_says_so_and_is_fit_to_see(arrive: Arrive) -> None:
    gus = arrive("gus")
    gus.expecting(403)

    gus.page.goto("/pupils/")

    gus.looks_everywhere("gus_closed")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no-such-page", 404),
        ("/pupils/999999999", 404),
        ("/mark/save", 405),
        ("/reports/attainment?point=99", 400),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_is_fit_to_see(arrive: Arrive, address: str, status: int) -> None:
    hana = arrive("hana")
    hana.expecting(status)

    answer = hana.page.goto(address)

    assert answer
    assert answer.status == status
    hana.looks_everywhere(f"hana_{status}{address.partition('?')[0].replace('/', '_')}")


def test_a_stranger_is_asked_to_sign_in(arrive: Arrive) -> None:
    stranger = arrive()

    stranger.page.goto("/pupils/")

    stranger.sees("Sign in")
    stranger.looks_everywhere("sign_in")
