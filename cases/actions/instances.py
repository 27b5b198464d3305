"""What happens before the court of a challenge: papers filed, and the appeal that leads to the next one."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.challenges import case_of, latest_instance
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.court_days import follow_instance, note_filed
from cases.models import Case, Filing, Instance, Party
from vault.models import Document


class TooLateToAppeal(Refused):
    """The last day to appeal was over."""


def record_filing(
    *,
    challenge_id: int,
    title: str,
    party: Party,
    filed_date: date,
    by: User,
    now: datetime,
    document: Document | None = None,
) -> Filing:
    """Record a paper that somebody filed in the latest instance of a pending challenge. Raises Refused."""
    if not title.strip():
        raise Refused(_("Say what was filed."))
    with changing_for(by, case_of(challenge_id), Role.COUNSEL) as case:
        instance = latest_instance(case, challenge_id)
        return _file(case, instance, title.strip(), party, filed_date, document, by=by, now=now)


def record_appeal(
    *,
    challenge_id: int,
    party: Party,
    appealed_date: date,
    forum_name: str,
    by: User,
    now: datetime,
    document: Document | None = None,
) -> Instance:
    """Record that the decision of the latest instance was appealed, and return the instance that decides next.

    Raises TooLateToAppeal after the last day to appeal, Refused where nothing was decided that could be appealed.
    """
    if not forum_name.strip():
        raise Refused(_("Say who decides next."))
    with changing_for(by, case_of(challenge_id), Role.COUNSEL) as case:
        last = latest_instance(case, challenge_id)
        if last.decided_date is None or appealed_date < last.decided_date:
            raise Refused(_("Only what was decided can be appealed, and not before it was."))
        if last.appeal_until_date is None:
            raise Refused(_("No appeal lies: record first until when the decision can be appealed."))
        if appealed_date > last.appeal_until_date:
            raise TooLateToAppeal(_("The last day to appeal was over: the decision stands."))
        last.appealed_date = appealed_date
        last.save(update_fields=["appealed_date"])
        follow_instance(case, last, by=by, now=now)
        following = Instance.objects.create(
            challenge=last.challenge, forum_name=forum_name.strip(), filed_date=appealed_date
        )
        _file(case, following, str(_("Notice of appeal")), party, appealed_date, document, by=by, now=now)
        record(
            case,
            kinds.APPEALED,
            at=now,
            by=by,
            challenge=challenge_id,
            instance=last.pk,
            next=following.pk,
            appealed=appealed_date,
        )
        return following


def _file(
    case: Case,
    instance: Instance,
    title: str,
    party: Party,
    filed_date: date,
    document: Document | None,
    *,
    by: User,
    now: datetime,
) -> Filing:
    filing = instance.filings.create(title=title, party=party, filed_date=filed_date, document=document, recorded_by=by)
    if instance.filed_date is None and party == Party.PROVIDER:
        instance.filed_date = filed_date
        instance.save(update_fields=["filed_date"])
        note_filed(case, instance.challenge, by=by, now=now)
    record(
        case,
        kinds.FILING_RECORDED,
        at=now,
        by=by,
        challenge=instance.challenge_id,
        instance=instance.pk,
        filing=filing.pk,
        party=party,
        filed=filed_date,
        title=committed(case, title, now=now),
    )
    return filing
