"""Conflict of law: what the facts say of each group of targets, and what is filed or told because of it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import GovernmentNotice
from cases.queries.case_page import CasePage
from cases.queries.findings import in_words
from cases.rules.conflict import COMITY_FACTORS, missing_factors
from cases.views.acts import WORK
from cases.views.panels.entries import Entry, Words, links

GROUPS_SHOWN = 10


def facts_say(page: CasePage) -> list[Entry]:
    """Return the findings, those with most targets still to assess first."""
    found = [in_words(group) for group in page.findings[:GROUPS_SHOWN]]
    return [Entry(title=one.title, mark=one.mark, lines=one.lines) for one in found]


def filings(user: User, page: CasePage) -> list[Entry]:
    """Return the motion with its eight factors, where it is open or begun, and the governments told."""
    notices = [_notice(user, page, row, number) for number, row in enumerate(page.government_notices, start=1)]
    return [*_motion(user, page), *notices]


def _motion(user: User, page: CasePage) -> Iterator[Entry]:
    is_open = any(
        filing.available and filing.outcome == "motion_2703h"
        for group in page.findings
        for filing in group.finding.filings
    )
    said = {row.letter: row.text for row in page.factors}
    if not is_open and not said:
        return
    missing = missing_factors(said)
    yield Entry(
        title=_("Motion to quash: the eight factors"),
        mark=("warn", _("Missing: %(letters)s") % {"letters": ", ".join(missing)}, "scales")
        if missing
        else ("good", _("All eight speak"), "check"),
        lines=[f"({letter}) {_(COMITY_FACTORS[letter])}: {text}" for letter, text in sorted(said.items())],
        rule=("18 USC 2703(h)(3)(A)-(H)", ""),
        links=_link(user, page, "comity-factors") if is_open else [],
    )


def _link(user: User, page: CasePage, name: str) -> list[tuple[Words, str]]:
    act = WORK[name]
    return [(act.label, reverse("cases:act", args=[page.case.reference, name]))] if user.has_role(*act.who) else []


def _notice(user: User, page: CasePage, row: GovernmentNotice, number: int) -> Entry:
    lines = [line for line in (row.authority, row.reason, row.text) if line]
    if row.sent_at:
        lines.append(f"{row.sent_how}, {date_format(timezone.localtime(row.sent_at), 'DATETIME_FORMAT')}")
    return Entry(
        title=_("Word to the government of %(country)s") % {"country": row.country},
        mark=("good", _("Told"), "check") if row.sent_at else ("warn", _("To be sent"), "notice"),
        lines=[*lines],
        rule=("18 USC 2703(h)(5)", ""),
        links=[] if row.sent_at else links(user, page.case, number, "government-told"),
    )
