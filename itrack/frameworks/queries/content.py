"""A whole framework out of the tables, as files and comparisons take it."""

from itrack.frameworks.queries.lines import StrandLine, depth_options, statements, strands
from itrack.frameworks.queries.lines import framework as framework_line
from itrack.frameworks.rules.content import About, Content, StatementFacts, StrandFacts, in_order
from itrack.frameworks.rules.scale import Depth


def content_of(*, school: int, framework: int) -> Content:
    """All of a framework, retired statements too; 404 when this school has no such one."""
    held = {line.id: strand_facts(line) for line in strands(school=school, framework=framework)}
    depths = depth_options(school=school, framework=framework)
    told = statements(school=school, framework=framework, retired=True)
    return in_order(
        Content(
            about_of(school=school, framework=framework),
            tuple(Depth(each.code, each.name, each.value, each.taught, each.secure) for each in depths),
            tuple(held.values()),
            tuple(
                StatementFacts(held[each.strand.id], each.code, each.text, each.pointer, each.retired_on)
                for each in told
            ),
        )
    )


def about_of(*, school: int, framework: int) -> About:
    line = framework_line(school=school, framework=framework)
    return About(line.name, line.version, line.kind, line.from_year, line.until_year)


def strand_facts(line: StrandLine) -> StrandFacts:
    return StrandFacts(line.subject, line.from_year_group, line.to_year_group, line.name)
