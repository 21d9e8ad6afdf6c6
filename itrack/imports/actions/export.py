"""Sending records on: the one act of it is the entry that says so."""

from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO

from itrack.foundation import audit, clock
from itrack.foundation.refusal import Refused
from itrack.imports.queries.outgoing import numbers_known, rows_to_send
from itrack.imports.rules.outgoing import QUALIFIER, SUPPLIER, VERSION
from itrack.imports.rules.rows import Header, SchoolRef
from itrack.imports.sources.ctf_writer import Written, write_ctf
from itrack.schools.api import academic_year_on, school_row


def send(
    *, school: int, pupils: Collection[int], to: SchoolRef, by: int, at: datetime, into: BinaryIO
) -> tuple[SchoolRef, Written]:
    """Writes these pupils' records as a transfer file and leaves one entry with how many; returns who we are."""
    if not pupils:
        raise Refused("There is no pupil to send, so no file was made.")
    if set(pupils) - set(numbers_known(school=school).values()):
        raise Refused("One of the pupils is no longer in this school's record. No file was made.")
    ours, year = school_row(school=school), academic_year_on(clock.day_of(at))
    source = SchoolRef(ours.la, ours.estab, ours.urn, ours.name)
    made_at = at.astimezone(clock.LONDON)
    header = Header(VERSION, made_at, QUALIFIER, SUPPLIER, source, to, year)
    written = write_ctf(into, header, rows_to_send(school=school, pupils=sorted(set(pupils)), year=year))
    counts = {"pupils": written.pupils, "results": written.results}
    audit.record(school=school, by=by, at=at, verb="record.sent", subject="transfer file", counts=counts)
    return source, written
