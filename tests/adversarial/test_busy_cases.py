"""What changes facts of many cases at once meets one that somebody works on: refused in words, nothing half done.

Whoever holds that case may wait for the customer or the agency that is held here: to wait for each other is for ever.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction

from cases.actions.changing import ChangedMeanwhile
from cases.actions.customer_facts import correct_customer
from cases.actions.domains import record_domain
from cases.models import Case
from tests import lives
from tests.adversarial.racing import at_once
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)


def while_somebody_holds(case: Case, deed: Callable[[], object]) -> Exception | None:
    """Do it while the row of the case is another's; return what it raised."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        return at_once(deed)[0]


def test_a_correction_is_refused_and_corrects_nobody(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case, busy = (lives.received(now, customers=[carla]) for _number in range(2))
    facts = {"country": "GB"}
    deed = partial(correct_customer, case_id=case.pk, customer_id=carla.pk, facts=facts, reason="She wrote.", now=now)
    assert isinstance(while_somebody_holds(busy, partial(deed, by=staff.analyst)), ChangedMeanwhile)
    carla.refresh_from_db()
    assert carla.country == "US"
    deed(by=staff.analyst)
    carla.refresh_from_db()
    assert carla.country == "GB"


def test_the_day_of_a_domain_is_refused_and_kept_nowhere(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, email_domain="springfield.example")
    busy = lives.received(now, agency=agency)
    day = (now - timedelta(days=30)).date()
    deed = partial(record_domain, agency=agency, registered_date=day, by=staff.analyst, now=now)
    assert isinstance(while_somebody_holds(busy, deed), ChangedMeanwhile)
    agency.refresh_from_db()
    assert agency.domain_registered_date is None
    deed()
    assert busy.fraud_signals.filter(code="young_domain").exists()
