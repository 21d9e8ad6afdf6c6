"""What other domains may ask of parents."""

from itrack.parents.actions.back import take_report_back
from itrack.parents.actions.comments import save_report, set_ready, set_state
from itrack.parents.actions.runs import ask_for_run, ask_to_stop, print_queued
from itrack.parents.actions.school import set_logo, settle_words
from itrack.parents.queries.classes import CheckList, check_list, class_lists, lacking
from itrack.parents.queries.reports import (
    for_school,
    logo_of,
    national_offered,
    report_of,
    reports_of_class,
    words_to_all,
)

__all__ = [
    "CheckList",
    "ask_for_run",
    "ask_to_stop",
    "check_list",
    "class_lists",
    "for_school",
    "lacking",
    "logo_of",
    "national_offered",
    "print_queued",
    "report_of",
    "reports_of_class",
    "save_report",
    "set_logo",
    "set_ready",
    "set_state",
    "settle_words",
    "take_report_back",
    "words_to_all",
]
