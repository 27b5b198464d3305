"""Which order a late notice speaks of."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives

from cases.actions.clockwork import run_clocks
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import plan_and_send

pytestmark = pytest.mark.django_db


def test_a_short_order_within_a_longer_one_is_not_what_kept_carla_from_knowing(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=(now + timedelta(days=40)).date())
    later = now + timedelta(days=2)
    lives.brandts_order(case, staff, later, last_day=(now + timedelta(days=9)).date())
    end = now + timedelta(days=42)
    run_clocks(now=end)
    plan_and_send(end)
    text = " ".join(str(mailoutbox[0].body).split())
    assert "That ended with Saturday 9 January 2027" in text
