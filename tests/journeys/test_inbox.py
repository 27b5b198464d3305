"""A deadline passes while Ana is away: Ines is told in her place, looks, takes it, and nobody else is asked."""

from collections.abc import Callable

import pytest

from accounts.models import User
from cases.actions.compartments import assign
from cases.models import Clock as Deadline
from notifications.actions.alerting import recompute_alerts
from notifications.models import Telling
from tests import lives
from tests.config.shell import looking
from tests.journeys.walking import Clock, Walker
from tests.lives import Staff
from tests.notifications.alerts.scene import HOUR

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 1000}


def test_who_stands_in_is_told_takes_it_and_nobody_else_is_asked(
    staff: Staff, clock: Clock, walker: Callable[[User], Walker]
) -> None:
    ana = walker(staff.analyst).page
    ana.goto("/inbox/")
    ana.get_by_text("Nothing waits for you").wait_for()
    ana.get_by_role("link", name="When you are told").click()
    ana.locator("[name=away_from]").fill(clock.at.date().isoformat())
    ana.locator("[name=away_until]").fill(clock.at.date().isoformat())
    ana.locator("[name=deputy]").select_option(label="Ines Counsel")
    ana.get_by_role("button", name="Save").click()
    ana.get_by_text("Saved.").wait_for()
    ana.get_by_role("button", name="Make an address").click()
    ana.get_by_text("Copy this address now").wait_for()

    case = lives.received(clock.at, return_date=clock.at.date())
    assign(case_id=case.pk, assignee=staff.analyst, by=staff.analyst, now=clock.at)
    Deadline.objects.filter(case=case).update(due_at=clock.at - HOUR)
    recompute_alerts(now=clock.at)

    ines = walker(staff.ines).page
    ines.goto("/")
    ines.get_by_role("link", name="Inbox").click()
    ines.get_by_role("link", name=case.reference).first.wait_for()
    for screen in (PHONE, WIDE):
        ines.set_viewport_size(screen)  # type: ignore[arg-type]
        assert not looking.scrolls_sideways(ines)
        assert looking.small_targets(ines, 24) == []
        for theme in ("light", "dark"):
            ines.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert looking.poor_contrasts(ines) == []
    ines.emulate_media(color_scheme="light")
    for box in ines.locator("[name=alert]").all():
        box.check()
    ines.get_by_role("button", name="I take it").click()
    ines.get_by_text("You took").wait_for()
    ines.get_by_role("link", name="Taken").click()
    ines.get_by_text("Ines Counsel").first.wait_for()
    ines.get_by_role("link", name=case.reference).first.click()
    ines.wait_for_url(lambda url: case.get_absolute_url() in url)
    for _ in range(10):
        recompute_alerts(now=clock.forward(hours=6))
    assert set(Telling.objects.values_list("user__name", flat=True)) == {"Ines Counsel"}
