"""Carla has no e-mail address: Ana prints her notice and posts it; an order stops the next one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from notifications.states import MessageState
from tests import lives
from tests.journeys.walking import Walker
from tests.lives import Staff
from tests.notifications.post import by_post, letter_by_post, on_paper, printed


@pytest.mark.django_db(transaction=True)
def test_printed_posted_and_stopped_without_a_line_of_script(
    walker: Callable[[User], Walker], staff: Staff, now: datetime
) -> None:
    case, gagged = by_post(staff, now), by_post(staff, now)
    letter_by_post(lives.in_review(lives.received(now), staff, now), staff, now)
    printed(gagged, staff, now)
    lives.brandts_order(gagged, staff, now)
    page = walker(staff.analyst).page
    page.goto("/notices/post/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    with page.expect_download() as file:
        page.get_by_role("button", name="Print the ticked letters").click()
    assert file.value.suggested_filename == "letters-2026-11-30.pdf"
    page.goto("/notices/post/?view=printed")
    assert page.get_by_text("Do not post").count() == 1
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="The ticked letters were posted").click()
    page.get_by_label("They had left before anybody knew").check()
    page.get_by_role("button", name="The ticked letters were posted").click()
    page.goto("/notices/post/?view=posted")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/notices/post/?view=posted")
    assert {on_paper(one).state for one in (case, gagged)} == {MessageState.SENT}
    assert gagged.duties.get().told_before
