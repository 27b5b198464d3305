"""Signs of fraud, what a proven fraud brought about, and the call back and paper of an emergency."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, FraudSignal
from cases.queries.case_page import CasePage
from cases.queries.forgeries import of_the_same_sender
from cases.rules.clocks import BREACH, FOLLOW_UP_PAPER
from cases.rules.fraud_signals import FORGED, FORGED_ELSEWHERE, SIGNALS
from cases.states import ApprovalKind, ApprovalState, ClockState
from cases.views.panels.entries import Entry, Mark, links
from cases.views.words import clock_words, moment_words


def signs(user: User, page: CasePage) -> list[Entry]:
    """Return the signs of fraud, what is due of a proven one, and the sender's other requests to be looked at."""
    entries = [_sign(user, page, signal, number) for number, signal in enumerate(page.dossier.signals, start=1)]
    entries += _due(user, page, BREACH, "breach-dealt-with")
    if any(signal.code == FORGED for signal in page.dossier.signals):
        entries += [_other(case) for case in of_the_same_sender(user, page.case)]
    return entries


def _sign(user: User, page: CasePage, signal: FraudSignal, number: int) -> Entry:
    rule = SIGNALS[signal.code]
    detail = [] if signal.code == FORGED_ELSEWHERE else [signal.detail]  # which one, its readers see on its own page
    if rule.for_good:
        acts = links(user, page.case, 1, "void-orders") if _is_voiding_to_propose(page) else []
        return Entry(_(rule.title), ("bad", _("For good"), "fraud"), [_(rule.sentence), signal.note], links=acts)
    waits: Mark = ("bad", _("Level 2: a person must look"), "fraud")
    return Entry(
        title=_(rule.title),
        mark=("", _("Looked at"), "check") if signal.cleared_at else waits,
        lines=[line for line in (_(rule.sentence), *detail, signal.note) if line],
        links=[] if signal.cleared_at else links(user, page.case, number, "clear-signal"),
    )


def _is_voiding_to_propose(page: CasePage) -> bool:
    proposed = any(
        one.kind == ApprovalKind.VOID_ORDERS and one.state == ApprovalState.PROPOSED for one in page.dossier.approvals
    )
    return not proposed and any(order.lifted_at is None for order in page.dossier.orders)


def _other(case: Case) -> Entry:
    return Entry(
        title=_("Look at this too: %(reference)s") % {"reference": case.reference},
        mark=("warn" if case.is_open else "bad", case.state_words, "fraud"),
        lines=[_("The same agency or the same officer sent it.")],
        links=[(_("Open the case"), case.get_absolute_url())],
    )


def _due(user: User, page: CasePage, rule: str, act: str) -> list[Entry]:
    """Return the clock of that rule while it runs, with what meets it."""
    running = [clock for clock in page.dossier.clocks if clock.rule == rule and clock.state == ClockState.RUNNING]
    return [
        Entry(
            title=clock_words(clock.rule),
            lines=[clock.explanation],
            due_at=clock.due_at,
            since_at=clock.event_at,
            rule=(clock.source, ""),
            links=links(user, page.case, 1, act),
        )
        for clock in running
    ]


def call_backs(user: User, page: CasePage) -> list[Entry]:
    """Return the call backs that count for this case, and the paper that is awaited."""
    return [*_called(page), *_due(user, page, FOLLOW_UP_PAPER, "record-paper")]


def _called(page: CasePage) -> Iterator[Entry]:
    for row in page.dossier.call_backs:
        when = moment_words(row.verified_at)
        both = {pk: page.people.get(pk or 0, "") for pk in (row.verified_by_id, row.second_verifier_id)}
        yield Entry(
            title=_("Called back %(number)s, %(when)s") % {"number": row.number_called, "when": when},
            mark=("good", _("Counts for this case"), "phone"),
            lines=[
                _("Number found in: %(source)s") % {"source": row.number_source},
                row.evidence,
                _("Verified by %(people)s") % {"people": ", ".join(both.values())},
            ],
        )
