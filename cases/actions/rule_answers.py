"""What rules answer in legal review: made anew as the facts change, kept beside what persons answer, never over it."""

from datetime import datetime

from django.conf import settings

from cases import ledger_kinds as kinds
from cases.actions.changing import record
from cases.models import Case, ReviewAnswer
from cases.rules.answering import ReviewFacts, RuleAnswer, answer
from cases.rules.review import items
from cases.states import CaseState, ClockState


def answer_by_rule(case: Case, *, now: datetime) -> None:
    """Let the rules answer what the facts answer now. The caller holds the case's lock; outside review nothing changes.

    What a person answered stays. A rule's answer that the facts no longer give goes.
    """
    if case.state != CaseState.LEGAL_REVIEW:
        return
    facts = facts_of(case)
    standing = {row.item: row for row in case.review_answers.all()}
    for item in items(case.instrument_code, case.agency_country):
        before = standing.get(item.code)
        if before is None or before.answered_by_id is None:
            _keep(case, item.code, before, answer(item, facts), now=now)


def blocked_by_rule(case: Case) -> list[str]:
    """Return why the facts, as they are now, end this request whatever was answered in review; empty: they do not.

    Asked again at each release: who a customer is may have come to light since. Law: 18 USC 2523(b)(4)(A).
    """
    ending = [item for item in items(case.instrument_code, case.agency_country) if case.instrument_code in item.blocks]
    if not ending:
        return []
    facts = facts_of(case)
    found = (answer(item, facts) for item in ending)
    return [one.reason for one in found if one is not None and one.answer == "no"]


def _keep(case: Case, item: str, before: ReviewAnswer | None, found: RuleAnswer | None, *, now: datetime) -> None:
    if before and found and (before.answer, before.note) == found:
        return
    if before:
        before.delete()
    if found:
        ReviewAnswer.objects.create(
            case=case, item=item, answer=found.answer, note=found.reason, answered_by=None, answered_at=now
        )
        record(case, kinds.REVIEW_ANSWERED_BY_RULE, at=now, by=None, item=item, answer=found.answer)


def facts_of(case: Case) -> ReviewFacts:
    """Return what the rules of review ask about a case, as it is in the database now."""
    targets = case.targets.order_by()
    people = set(targets.values_list("customer__is_us_person", "customer__country").distinct())
    return ReviewFacts(
        instrument=case.instrument,
        country=case.agency_country,
        issuer=case.issuer,
        asked=tuple(case.asked),
        authorised=frozenset(one for found in targets.values_list("authorised").distinct() for one in found[0]),
        received_on=case.received_at.astimezone(settings.WRITDESK.receiving_zone).date(),
        target_kinds=tuple(sorted(set(targets.values_list("kind", flat=True)))),
        us_persons=frozenset(us_person for us_person, _country in people),
        in_us=frozenset(country == "US" if country else None for _us_person, country in people),
        authority_notified=case.authority_notified,
        controller_notice=bool(case.controller_notice),
        clocks=tuple(case.clocks.exclude(state=ClockState.VOID).values_list("rule", flat=True)),
    )
