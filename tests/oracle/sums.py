"""The arithmetic of the reports, exact to the end and rounded once, as it is written.

A percentage is whole and halves go up; a gap is taken from exact shares and then rounded, halves away from nought; a
mean has one decimal.
"""

from fractions import Fraction
from math import erf, floor, sqrt


def rounded(exact: Fraction) -> int:
    """To the nearest whole, halves away from nought."""
    whole, rest = divmod(abs(exact), 1)
    whole = int(whole) + (rest >= Fraction(1, 2))
    return whole if exact >= 0 else -whole


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def percent(exact: Fraction | None) -> str:
    return "–" if exact is None else f"{rounded(100 * exact)}%"


def points(exact: Fraction | None) -> str:
    """A gap in points: "+10", "−10", "0"."""
    if exact is None:
        return "–"
    whole = rounded(exact)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole else "0"


def mean(exact: Fraction | None) -> str:
    if exact is None:
        return "–"
    tenths = rounded(10 * exact)
    return f"{'−' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"


def average(scores: list[int] | list[Fraction]) -> Fraction | None:
    return Fraction(sum(scores)) / len(scores) if scores else None


def published(exact: Fraction | None, *, average: bool) -> str:
    """As somebody else published it: a share keeps the decimal it has, an average always has one."""
    if exact is None:
        return ""
    if average:
        return mean(exact)
    return percent(exact) if (100 * exact).denominator == 1 else f"{mean(100 * exact)}%"


def percentile(score: Fraction) -> int:
    """How many of a hundred stand at or below a standardised score: a normal curve of mean 100 and deviation 15."""
    below = (1 + erf((float(score) - 100) / (15 * sqrt(2)))) / 2
    return min(99, max(1, floor(100 * below + 0.5)))
