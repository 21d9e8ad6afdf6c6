"""What the program promises about speed, as comparisons with a floor measured in the same run.

Each module has `measure() -> list of rows`: name, measured, floor, ratio, unit, target, met.
"""

COMPARISONS = {"reader": "reader", "import": "importing", "marking": "marking", "school report": "school_report"}
