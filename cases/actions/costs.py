"""An invoice for what complying cost, as a drafted letter: nothing where neither law nor policy lets us ask."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.actions.changing import Refused, changing_for
from cases.actions.letters import draft_letter
from cases.models import Case, Letter, LetterKind
from cases.rules.costs import Costs, Work, costs


class NothingToAsk(Refused):
    """Neither law nor policy lets us ask for costs here, or what was done is free."""


def draft_invoice(
    *,
    case_id: int,
    accounts: int,
    secondary_searches: int,
    hours: Decimal,
    toll_records: bool,
    burden_found: bool,
    state_reimburses: bool,
    by: User,
    now: datetime,
) -> Letter:
    """Return the drafted invoice. Raises NothingToAsk with the rule that says so.

    Law: 18 USC 2706; Reg. (EU) 2023/1543 Art. 14; the operator's policy.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not case.productions.exists():
            raise Refused(_("Nothing was released yet: costs are asked for what was done."))
        found = costs(
            Work(
                instrument=case.instrument_code,
                agency_country=case.agency_country,
                agency_kind=case.agency.kind,
                accounts=accounts,
                secondary_searches=secondary_searches,
                hours=hours,
                toll_records=toll_records,
                burden_found=burden_found,
                state_reimburses=state_reimburses,
            )
        )
        if not found.items:
            raise NothingToAsk(_(found.reason), _("What was done is free, or nobody pays for it."))
        return draft_letter(case, LetterKind.COSTS, _invoice(case, found), by=by, now=now)


def _invoice(case: Case, found: Costs) -> str:
    names = {"reference": case.agency_reference or case.reference}
    lines = [
        _("For complying with your request %(reference)s we ask you to pay:") % names,
        *(f"- {what}: {amount} {found.currency}" for what, amount in found.items),
        _("In all: %(total)s %(currency)s") % {"total": found.total, "currency": found.currency},
        f"{_(found.reason)} ({found.source})",
    ]
    return "\n".join(lines)
