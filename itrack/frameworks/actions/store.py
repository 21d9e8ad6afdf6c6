"""Storing a whole framework at once."""

from itrack.foundation.models import ChangeSet
from itrack.frameworks.models import DepthOption, Framework, Statement, Strand
from itrack.frameworks.rules.content import Content, StrandFacts


def store_content(*, school: int, content: Content, owner: str, change_set: ChangeSet) -> int:
    """Adds the framework with its scale, strands and statements, each kind in one statement; returns its id."""
    about = content.about
    framework = Framework.objects.create(
        school_id=school,
        name=about.name,
        version=about.version,
        kind=about.kind,
        owner=owner,
        from_year=about.from_year,
        until_year=about.until_year,
        added_by=change_set,
    )
    _store_depths(school, framework, content, change_set)
    _store_statements(school, framework, content, change_set)
    return framework.pk


def store_strands(
    *, school: int, framework: int, strands: list[StrandFacts], after: int, change_set: ChangeSet
) -> dict[StrandFacts, Strand]:
    """Adds strands behind the one in that position."""
    rows = Strand.objects.bulk_create(
        Strand(
            school_id=school,
            framework_id=framework,
            subject=strand.subject,
            from_year_group=strand.first,
            to_year_group=strand.last,
            name=strand.name,
            position=position,
            added_by=change_set,
        )
        for position, strand in enumerate(strands, start=after + 1)
    )
    return dict(zip(strands, rows, strict=True))


def _store_depths(school: int, framework: Framework, content: Content, change_set: ChangeSet) -> None:
    DepthOption.objects.bulk_create(
        DepthOption(
            school_id=school,
            framework=framework,
            code=depth.code,
            name=depth.name,
            value=depth.value,
            taught=depth.taught,
            secure=depth.secure,
            position=position,
            added_by=change_set,
        )
        for position, depth in enumerate(content.depths, start=1)
    )


def _store_statements(school: int, framework: Framework, content: Content, change_set: ChangeSet) -> None:
    strands = store_strands(
        school=school, framework=framework.pk, strands=list(content.strands), after=0, change_set=change_set
    )
    Statement.objects.bulk_create(
        Statement(
            school_id=school,
            framework=framework,
            strand=strands[each.strand],
            code=each.code,
            text=each.text,
            pointer=each.pointer,
            position=position,
            retired_on=each.retired_on,
            added_by=change_set,
        )
        for position, each in enumerate(content.statements, start=1)
    )
