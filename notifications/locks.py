"""The locks under which notices are planned, claimed and sent, and an order not to tell is recorded."""

from django.db.models import QuerySet

from cases.models import Case, Letter, NoticeDuty


def locked_case(case_id: int) -> Case | None:
    """Return the case under its row lock, None while anybody else holds it: the clock comes by again.

    Taken before anything else is written: the other way round, two transactions could wait for each other.
    """
    free: QuerySet[Case] = Case.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "agency", "keys"
    )
    return free.filter(pk=case_id).first()


def locked_duty(duty_id: int) -> NoticeDuty | None:
    """Return a duty and its case, both under lock; None while anybody else holds one of them.

    One statement: what a row says after somebody else's change is read again when its lock is given.
    """
    free: QuerySet[NoticeDuty] = NoticeDuty.objects.select_for_update(skip_locked=True, of=("self", "case"))
    return free.select_related("case__agency", "case__keys", "customer").filter(pk=duty_id).first()


def locked_letter(letter_id: int) -> Letter | None:
    """Return a letter and its case, both under lock; None while anybody else holds one of them."""
    free: QuerySet[Letter] = Letter.objects.select_for_update(skip_locked=True, of=("self", "case"))
    return free.select_related("case__agency", "case__keys").filter(pk=letter_id).first()
