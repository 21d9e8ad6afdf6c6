"""What a logged look was, in words. A page that logs its looks has its words here, which a test demands."""

WORDS = {
    "pupil": "Opened the pupil’s record",
    "pupil-leaving": "Opened a pupil’s leaving and coming back",
    "objectives-of-pupil": "Opened the pupil’s objectives",
    "flags": "Opened the flags of a class or year group",
    "import": "Opened an import",
    "import-pupils": "Read the pupils of an import",
    "sheet": "Opened a spreadsheet",
    "take-pupils-csv": "Took the pupils out as CSV",
    "take-pupils-xlsx": "Took the pupils out as a workbook",
    "take-marks-csv": "Took marks out as CSV",
    "take-marks-xlsx": "Took marks out as a workbook",
    "refused-rows": "Took the refused rows of a spreadsheet out",
    "send-file": "Opened the sending of a transfer file",
    "duplicates": "Looked for records of one pupil",
    "compare-records": "Compared two records",
    "targets-csv": "Took pupils’ targets out as CSV",
    "targets-of-pupil": "Opened the pupil’s targets",
    "moves-csv": "Took out who joined, changed role or left",
    "signed-in": "Looked who is signed in",
    "looks": "Read who looked",
}
# How the names of pages of reports end, the longest first.
OF_REPORTS = {
    "-names-file": "Took the names behind a figure out",
    "-names": "Read the names behind a figure",
    "-file": "Took a report out",
}


def look_in_words(verb: str) -> str:
    """ "pupil.seen" → "Opened the pupil’s record"; the page's own name for a page that is no more."""
    name, _, outcome = verb.rpartition(".")
    if outcome == "not_shown":
        return "Asked for what is not there or not theirs; nothing was shown"
    return WORDS.get(name) or _of_report(name) or f"Opened {name.replace('-', ' ')}"


def _of_report(name: str) -> str:
    """ "attainment-names-file" → "Took the names behind a figure out: attainment"; "" for what is no report's page."""
    for end, words in OF_REPORTS.items():
        if name.endswith(end):
            return f"{words}: {name.removesuffix(end).replace('-', ' ')}"
    return ""
