"""The subtraction attack: a governor collects every number there is, repeatedly, and works out what was held back."""

import re
import sys
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

import pytest
import time_machine

from itrack.reports.rules.suppression import holding
from tests.cast import NOW, Cast
from tests.reports.adding_up import systems
from tests.reports.attacker import FAR, Attacker
from tests.reports.generated import BANDS, Generated
from tests.reports.governor import BAND_HEADS, COUNTED, ROLL, SECURE, Haul, Place, haul, whole_of

UPTO = 5
SCHOOLS = ((1, 34), (2, 90), (3, 210))
POINTS = "Points from everybody"


def attack(found: Haul) -> tuple[dict[Place, int], int]:
    """Every figure of one to five that can be got at, shown or worked out, and the number of attempts."""
    got: dict[Place, int] = {at: n for at, n in found.counts.items() if 1 <= n <= UPTO}
    attempts = len(found.counts) + len(found.shares) + len(found.points) + len(found.gaps)
    for equations in systems(found):
        attacker, known = Attacker(), found.counts
        for equation in equations:
            attacker.learn(equation, known)
        _use_what_is_known(attacker, found)
        attempts += _use_shares(attacker, found, {at for equation in equations for at in equation})
        low = attacker.by_bounds()
        assert all(least <= most for least, most in low.values()), "the attacker's equations contradict one another"
        got |= {at: n for at, n in attacker.recovered().items() if 1 <= n <= UPTO}
        attempts += attacker.attempts
    return got, attempts


def _use_what_is_known(attacker: Attacker, found: Haul) -> None:
    """A nought is held back only where it is nobody of a few, and nobody is counted who is not on roll."""
    for at in found.held & attacker.bounds.keys():
        if at[4] in (COUNTED, ROLL) or whole_of(at) in found.counts:
            attacker.between(at, 1)
        on_roll = found.counts.get(("", ROLL, at[2], at[3], ROLL))
        if at[1] != ROLL and at[4] == COUNTED and on_roll is not None:
            attacker.between(at, 1, on_roll)


def _use_shares(attacker: Attacker, found: Haul, among: set[Place]) -> int:
    """A share gives a part away where the whole is known, and the whole where the part is; points likewise."""
    tried, known = 0, found.counts
    for at, percent in found.shares.items():
        if at in among:
            tried += 1
            part, whole = known.get(at), known.get(whole_of(at))
            low, high = Fraction(percent) - Fraction(1, 2), Fraction(percent) + Fraction(1, 2)
            if part is None and whole is not None:
                attacker.between(at, ceil(low * whole / 100), floor(high * whole / 100))
            if whole is None and part and percent:
                least, most = ceil(100 * part / high), floor(100 * part / max(low, Fraction(1, 9)))
                attacker.between(whole_of(at), least, most)
    apart = [(at, ("", at[1], "", ""), points) for at, points in found.points.items()]
    apart += [(at, (*at[:3], found.bases[at[1], at[2]]), points) for at, points in found.gaps.items()]
    for at, base, points in apart:
        if (*at[:4], COUNTED) in among:
            tried += 1
            _use_points(attacker, known, at, base, points)
    return tried


def _use_points(attacker: Attacker, known: dict[Place, int], at: Place, base: tuple[str, ...], points: int) -> None:
    four = [(*at[:4], SECURE), (*at[:4], COUNTED), (*base, SECURE), (*base, COUNTED)]
    missing = [one for one in four if one not in known]
    if len(missing) != 1:
        return
    fits = []
    for n in range(500):
        part, of, all_part, all_of = ({**known, missing[0]: n}[one] for one in four)
        if of and all_of and abs(100 * (Fraction(part, of) - Fraction(all_part, all_of)) - points) <= Fraction(1, 2):
            fits.append(n)
    if fits:
        attacker.between(missing[0], min(fits), max(fits) if max(fits) < 499 else FAR)


@pytest.fixture(params=SCHOOLS, ids=["small", "middling", "large"])
def any_school(request, cast: Cast) -> Generated:
    with time_machine.travel(NOW, tick=False):
        yield Generated(cast, *request.param)


@pytest.fixture
def school(cast: Cast) -> Generated:
    with time_machine.travel(NOW, tick=False):
        yield Generated(cast, *SCHOOLS[1])


def collected(school: Generated) -> Haul:
    """All of it, and again a week later, when marks of the point were corrected meanwhile."""
    found, later = haul(school, NOW), NOW + timedelta(days=7)
    school.change_marks(NOW)
    with time_machine.travel(later, tick=False):
        again = haul(school, later, files=False)
    assert (again.counts, again.held) == (found.counts, found.held)
    assert all(abs(found.shares[at] - share) <= Fraction(1, 2) for at, share in again.shares.items())
    found.asked += again.asked
    return found


def test_whatever_a_governor_asks_no_small_number_comes_out(any_school: Generated, capsys):
    found = collected(any_school)

    got, attempts = attack(found)

    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(any_school.children)} pupils: {found.asked} questions, {len(found.counts)} figures shown, "
            f"{len(found.held)} held back, {attempts} attempts, {len(got)} recovered\n"
        )
    assert found.held
    assert found.drawn <= set(found.counts.values()), "a drawing tells a number that is in no table"
    assert attempts > 1000
    assert not got


def test_what_is_shown_is_true_and_what_is_small_is_held_back(school: Generated):
    found = haul(school, NOW)

    checked = 0
    for at in {*found.counts, *found.held}:
        _, subject, kind, group, column = at
        if (
            subject not in school.marks
            or (kind and kind not in school.children[0].groups)
            or column not in (*BAND_HEADS, SECURE, COUNTED)
        ):
            continue
        codes = {SECURE: "EG", COUNTED: "BWEG"} | {name: code for code, name in BANDS.items()}
        n = school.count(subject, kind, group, codes[column])
        assert found.counts.get(at, n) == n
        assert not 1 <= n <= UPTO or at in found.held
        few = at[4] != COUNTED and 1 <= school.count(subject, kind, group) <= UPTO
        assert n or at in found.counts or few, "a nought is shown, but where it is nobody of a few"
        checked += 1
    assert checked > 100


def test_a_sentence_says_no_number_that_its_page_does_not_show(school: Generated):
    found = haul(school, NOW)

    shown, told = set(found.counts.values()), " ".join(found.texts)
    assert re.search(r"\d+ of \d+", told), "nothing is said at all"
    for text in found.texts:
        for part, whole in re.findall(r"(\d+) of (\d+)", text):
            assert {int(part), int(whole)} <= shown, "a sentence tells a number that is in no table"
            assert int(part) > UPTO
            assert int(whole) - int(part) == 0 or int(whole) - int(part) > UPTO
    assert not [text for text in found.texts if "not counted" in text or "in view" in text]


def test_the_attack_succeeds_when_nothing_is_complemented(cast: Cast, monkeypatch):
    monkeypatch.setattr(holding, "complemented", lambda figures, hidden, guarded: frozenset(hidden))
    with time_machine.travel(NOW, tick=False):
        found = haul(Generated(cast, *SCHOOLS[1]), NOW)

    got, _ = attack(found)

    assert len(got) > 5
    assert all(at in found.held or at[4].startswith("not ") for at in got), "worked out, and not just read"
