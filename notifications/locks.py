"""The lock under which a case's notices are planned, claimed and sent, and an order not to tell is recorded."""

from django.db.models import QuerySet

from cases.models import Case


def locked_case(case_id: int) -> Case | None:
    """Return the case under its row lock, None while anybody else holds it: the clock comes by again.

    Taken before anything else is written: the other way round, two transactions could wait for each other.
    """
    free: QuerySet[Case] = Case.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "agency", "keys"
    )
    return free.filter(pk=case_id).first()
