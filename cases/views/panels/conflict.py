"""Conflict of law: what the facts say, for each group of targets of whom the same is known."""

from cases.queries.case_page import CasePage
from cases.queries.findings import in_words
from cases.views.panels.entries import Entry

GROUPS_SHOWN = 10


def facts_say(page: CasePage) -> list[Entry]:
    """Return the findings, those with most targets still to assess first."""
    found = [in_words(group) for group in page.findings[:GROUPS_SHOWN]]
    return [Entry(title=one.title, mark=one.mark, lines=one.lines) for one in found]
