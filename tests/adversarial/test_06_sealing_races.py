"""A case is sealed in the moment in which another names its customer: they are known outside, or they are not."""

from datetime import datetime
from functools import partial

import pytest
from django.db import IntegrityError

from cases.actions.compartments import seal
from cases.actions.opening import NewTarget, open_case
from cases.models import Agency, Case, Customer, Target
from cases.states import Category, Channel, TargetKind
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.racing import Deed, at_once, behind
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

TURNS = 6


def naming(agency: Agency, now: datetime) -> Deed:
    return partial(
        open_case,
        instrument_code="us_subpoena",
        agency=agency,
        targets=[NewTarget(TargetKind.ACCOUNT, sealed.TARGET)],
        asked=[Category.SUBSCRIBER],
        channel=Channel.PORTAL,
        received_at=now,
        now=now,
    )


@pytest.mark.parametrize("turn", range(TURNS))
def test_no_case_outside_keeps_a_customer_who_went_inside(
    turn: int, staff: Staff, last_year: datetime, now: datetime
) -> None:
    north, agency = sealed.compartment_of(staff, last_year), lives.oseis_agency(now)
    case = lives.received(now, customers=[lives.carla(identifier=sealed.TARGET)])
    sealing = partial(seal, case_id=case.pk, compartment=north, by=staff.ines, now=now)
    refusals = at_once(sealing, naming(agency, now))
    assert refusals[0] is None
    assert refusals[1] is None or isinstance(refusals[1], IntegrityError)
    outside = Target.objects.filter(case__in=Case.objects.filter(compartment=None))
    assert not outside.exclude(customer__compartment=None).exists()
    is_known = outside.filter(customer__isnull=False).exists()
    assert (Customer.objects.get().compartment is None) == is_known


def test_who_named_a_customer_while_they_went_inside_is_refused_them(
    staff: Staff, last_year: datetime, now: datetime
) -> None:
    north, carla = sealed.compartment_of(staff, last_year), lives.carla(identifier=sealed.TARGET)
    inside, outside = lives.received(now, customers=[carla]), lives.received(now)
    sealing = partial(seal, case_id=inside.pk, compartment=north, by=staff.ines, now=now)
    refusal = behind(sealing, lambda: Target.objects.filter(case=outside).update(customer=carla))
    assert isinstance(refusal, IntegrityError)
    assert not outside.targets.filter(customer=carla).exists()
