"""What may be remembered of somebody's choices, and the looks there are to choose from."""

import re

THEMES = {"": "As the device is set", "light": "Light", "dark": "Dark"}
DENSITIES = {"": "Roomy", "compact": "Compact"}
# An id or several, a code, a year or a day: nothing that could be a name.
CODE = re.compile(r"[0-9A-Za-z_-]{1,20}|[0-9,]{1,200}", re.ASCII)


def may_remember(value: str) -> bool:
    return CODE.fullmatch(value) is not None
