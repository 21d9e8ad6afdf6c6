"""What a logged look was, in words. A page that logs its looks has its words here, which a test demands."""

WORDS = {
    "pupil": "Opened the pupil’s record",
    "pupil-leaving": "Opened a pupil’s leaving and coming back",
    "results-beside": "Read a pupil’s results beside the marks",
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
    "report": "Read a report on the command line",
    "pupil-profile": "Looked for a pupil’s profile",
    "profile-sheet": "Opened the pupil’s profile",
    "profile-pdf": "Took the pupil’s profile out",
    "parent-reports": "Looked through the reports to parents",
    "parent-reports-of-class": "Opened the reports to parents of a class",
    "parent-report": "Opened the report to a pupil’s parents",
    "parent-report-pdf": "Took the report to a pupil’s parents out",
    "parent-reports-pdf": "Took reports to parents out",
    "signed-in": "Looked who is signed in",
    "looks": "Read who looked",
}
# How the names of pages of reports end, the longest first.
OF_REPORTS = {
    "-names-file": "Took the names behind a figure out",
    "-names": "Read the names behind a figure",
    "-file": "Took a report out",
}


# What left the product in a file, by page or by command; the entry is that of the deed.
TAKEN_OUT = {"record.sent": "Wrote pupils’ records into a transfer file"}
# Outcomes of a look at which nothing was seen.
NOTHING_SHOWN = {
    "not_shown": "Asked for what is not there or not theirs; nothing was shown",
    "refused": "Asked for a page that is not for their role; nothing was shown",
}


def look_in_words(verb: str) -> str:
    """ "pupil.seen" → "Opened the pupil’s record"; the page's own name for a page that is no more."""
    name, _, outcome = verb.rpartition(".")
    if outcome in NOTHING_SHOWN:
        return NOTHING_SHOWN[outcome]
    if verb in TAKEN_OUT:
        return TAKEN_OUT[verb]
    return WORDS.get(name) or _of_report(name) or f"Opened {name.replace('-', ' ')}"


def _of_report(name: str) -> str:
    """ "attainment-names-file" → "Took the names behind a figure out: attainment"; "" for what is no report's page."""
    for end, words in OF_REPORTS.items():
        if name.endswith(end):
            return f"{words}: {name.removesuffix(end).replace('-', ' ')}"
    return ""
