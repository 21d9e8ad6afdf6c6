"""What is said of one subject over the points of a year."""

import pytest

from itrack.reports.rules.over_points import At, told

EXAMPLES = [
    (
        [At("Autumn 1", 38, 5, 58), At("Autumn 2", 41, 3, 58)],
        "In Year 4, 41 of 58 pupils are at expected or above in reading at Autumn 2 (71%); 3 are not "
        "assessed. At Autumn 1 "
        "it was 38 of 58 (66%), with 5 not assessed.",
    ),
    ([At("Autumn 1", 58, 0, 58)], "In Year 4, 58 of 58 pupils are at expected or above in reading at Autumn 1 (100%)."),
    (
        [At("Autumn 1", 0, 1, 58)],
        "In Year 4, none of 58 pupils is at expected or above in reading at Autumn 1 (0%); 1 is not assessed.",
    ),
    (
        [At("Autumn 1", 1, 0, 3)],
        "In Year 4, 1 of 3 pupils is at expected or above in reading at Autumn 1 (33%). Fewer than 5 pupils "
        "are in view: read it with care.",
    ),
    (
        [At("Autumn 1", 10, 0, 20), At("Autumn 2", 0, 20, 20)],
        "In Year 4, 10 of 20 pupils are at expected or above in reading at Autumn 1 (50%). Nobody is "
        "assessed in reading at Autumn 2 yet.",
    ),
]


@pytest.mark.parametrize(("points", "said"), EXAMPLES)
def test_a_subject_is_told_with_everybody_counted(points: list[At], said: str) -> None:
    [finding] = told("Reading", "in Year 4", points)

    assert finding.text == said


def test_nothing_is_said_while_nobody_is_assessed() -> None:
    assert told("Reading", "in Year 4", [At("Autumn 1", 0, 20, 20)]) == []
