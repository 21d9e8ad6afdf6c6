"""What the program promises about speed, as comparisons with a floor measured in the same run.

Each is `measure()` of a module, or the function named after the colon, and answers rows: name, measured, floor, ratio,
unit, target, met.
"""

COMPARISONS = {
    "reader": "reader",
    "import": "importing",
    "grid": "marking:grid",
    "save": "marking:save",
    "teachers": "teachers:teachers",
    "school report": "school_report",
    "parent reports": "parent_reports",
}
