"""The page of one case."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.actions.compartments import note_sighting
from cases.models import Case
from cases.queries.case_page import MEASURES_A_PAGE, TARGETS_A_PAGE, CasePage, Slice, case_page
from cases.queries.proposals import described
from cases.states import TargetMatch
from cases.views.approving import card
from cases.views.opening import on_record, opened
from cases.views.panels import (
    actions,
    beside,
    challenges,
    clocks,
    deliveries,
    fraud,
    measures,
    notices,
    record,
    redactions,
    silence,
    steps,
    targets,
)
from cases.views.panels import conflict as law
from cases.views.panels import review as questions
from cases.views.queue_rows import Row

LAST_PAGE = 100_000


@on_record(lambda _asked: "page")
@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show where a case stands, what the next step lacks, what this person may do, and everything on record."""
    user, now = reader(request), timezone.now()
    case = opened(user, reference, "page")
    wanted = _slice(request)
    found = case_page(case, wanted, now=now)
    note_sighting(case, user, now)
    dossier = found.dossier
    context = {
        "now": now,
        "case": case,
        "row": Row(case, now),
        "agency_url": _agency_url(case),
        "steps": steps.steps(dossier),
        "next_step": steps.next_step(dossier),
        "proposals": [card(proposal, user, now) for proposal in described(found.proposals)],
        "moves": actions.moves(user, dossier),
        "work": actions.work(user, dossier),
        "orders": silence.in_force(user, found),
        "entries": _entries(user, found),
        "clocks": [*clocks.clocks(user, found), *challenges.dates(found)],
        "facts": record.facts(found),
        "target_groups": targets.groups(found, wanted),
        "target_pages": _target_pages(found, wanted),
        "target_text": wanted.text,
        "measure_pages": _measure_pages(found, wanted),
        "target_matches": targets.matches(found, wanted),
        "is_kept_from_directory": targets.is_kept_from_directory(case),
        "assessments": record.findings(found),
        "notices": notices.notices(user, found),
        "notices_more": sum(dossier.duty_counts.values()) - len(found.duties),
        "documents": record.documents(user, found),
        "ledger": record.ledger(found),
        "looks": record.looks(found),
    }
    return render(request, "cases/case.html", context)


def _entries(user: User, found: CasePage) -> dict[str, Any]:
    """What hangs on the case in lines of the same kind, by panel."""
    return {
        "review": questions.review(user, found),
        "answers": questions.answers(found),
        "conflict": law.facts_say(found),
        "filings": law.filings(user, found),
        "arrived": silence.arrived(user, found),
        "silence_asked": silence.merely_asked(found),
        "orders": silence.others(found),
        "objections": notices.objections(user, found),
        "challenges": challenges.challenges(user, found),
        "preservations": beside.preservations(user, found),
        "letters": beside.letters(user, found),
        "deliveries": deliveries.deliveries(user, found),
        "signs": fraud.signs(user, found),
        "call_backs": fraud.call_backs(user, found),
        "measures": measures.measures(found),
        "redactions": redactions.redactions(user, found),
    }


def _slice(request: HttpRequest) -> Slice:
    text = request.GET.get("target", "").replace("\x00", "")[:200]
    match = request.GET.get("match", "")
    return Slice(
        number=_place(request.GET.get("targets", "")),
        text=text,
        match=match if match in TargetMatch.values else "",
        measures=_place(request.GET.get("measures", "")),
    )


def _place(number: str) -> int:
    """Return which page is asked for; the first one where that is no number."""
    place = int(number) if number.isascii() and number.isdigit() and len(number) <= len(str(LAST_PAGE)) else 1
    return max(1, min(place, LAST_PAGE))


def _target_pages(found: CasePage, wanted: Slice) -> dict[str, Any]:
    """Return where the targets shown stand among all, and the pages around."""
    first = (wanted.number - 1) * TARGETS_A_PAGE + 1
    return {
        "first": first,
        "last": first + len(found.targets) - 1,
        "total": None if wanted.text or wanted.match else found.case.target_count,
        "previous": _target_url(found.case, wanted, wanted.number - 1) if wanted.number > 1 else "",
        "next": _target_url(found.case, wanted, wanted.number + 1) if found.has_more_targets else "",
        "can_filter": found.case.target_count > TARGETS_A_PAGE or found.dossier.tally.unmatched > 0,
    }


def _target_url(case: Case, wanted: Slice, number: int) -> str:
    return _url(case, replace(wanted, number=number))


def _measure_pages(found: CasePage, wanted: Slice) -> dict[str, Any]:
    """Return where the measures shown stand, and the pages around."""
    first, number = (wanted.measures - 1) * MEASURES_A_PAGE + 1, wanted.measures
    return {
        "first": first,
        "last": first + len(found.measures) - 1,
        "previous": _measure_url(found.case, wanted, number - 1) if number > 1 else "",
        "next": _measure_url(found.case, wanted, number + 1) if found.has_more_measures else "",
    }


def _measure_url(case: Case, wanted: Slice, number: int) -> str:
    return f"{_url(case, replace(wanted, measures=number))}#measures"


def _url(case: Case, wanted: Slice) -> str:
    """Return the address of the case's page with these parts of what is long."""
    asked: dict[str, str | int] = {
        "targets": wanted.number,
        "target": wanted.text,
        "match": wanted.match,
        "measures": wanted.measures,
    }
    query = {name: value for name, value in asked.items() if value not in ("", 1)}
    return f"{case.get_absolute_url()}?{urlencode(query)}" if query else case.get_absolute_url()


def _agency_url(case: Case) -> str:
    """The agency's own page, which intake has; empty where it has none."""
    try:
        agency = case.agency
        domain = agency.email_domain or "-"
        return reverse("intake:agency", args=[agency.country, agency.kind, domain, agency.name])
    except NoReverseMatch:
        return ""
