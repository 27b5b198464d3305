"""When something in a case next happens by itself."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from cases.actions.deadlines import LAST_PART, SHORT_LIFE, WARN_BEFORE
from cases.rules.deadlines import end_of

MAIL_TAKES = timedelta(minutes=4)

# Is it mail; a moment, or a last day and the zone in which it ends. One statement, for every step of a life asks.
MOMENTS = """
SELECT false, due_at - %(warn_before)s, NULL::date, NULL FROM cases_clock
 WHERE case_id = %(case)s AND state = 'running' AND warned_at IS NULL AND due_at IS NOT NULL
UNION ALL SELECT false, due_at - (due_at - event_at) / %(last_part)s, NULL, NULL FROM cases_clock
 WHERE case_id = %(case)s AND state = 'running' AND due_at - event_at <= %(short_life)s
   AND warned_at < due_at - (due_at - event_at) / %(last_part)s
UNION ALL SELECT false, due_at, NULL, NULL FROM cases_clock
 WHERE case_id = %(case)s AND state = 'running' AND due_at IS NOT NULL AND (escalated_at IS NULL OR NOT ends_answer)
UNION ALL SELECT false, expires_at, NULL, NULL FROM cases_approval
 WHERE case_id = %(case)s AND state IN ('proposed', 'approved')
UNION ALL SELECT true, d.due_at + %(mail_takes)s, NULL, NULL
  FROM cases_noticeduty d JOIN cases_customer c ON c.id = d.customer_id
 WHERE d.case_id = %(case)s AND d.state = 'pending' AND d.due_at IS NOT NULL AND c.email <> ''
UNION ALL SELECT false, coalesce(o.lifted_at, d.withheld_until),
       CASE WHEN o.lifted_at IS NULL AND d.withheld_until IS NULL
            THEN CASE WHEN o.id IS NULL THEN d.review_date - 1 ELSE o.last_day END END,
       coalesce(o.zone, %(zone)s)
  FROM cases_noticeduty d LEFT JOIN cases_nondisclosureorder o ON o.id = d.order_id
 WHERE d.case_id = %(case)s AND d.state = 'withheld'
UNION ALL SELECT false, b.proof_due_at, NULL, NULL FROM cases_objection b JOIN cases_noticeduty d ON d.id = b.duty_id
 WHERE d.case_id = %(case)s AND b.state = 'open' AND b.proof_shown_at IS NULL
UNION ALL SELECT false, NULL, ends_date, %(zone)s FROM cases_preservation
 WHERE case_id = %(case)s AND lapsed_at IS NULL AND released_at IS NULL
"""


def moments_of(case_id: int) -> Iterator[tuple[datetime, bool]]:
    """Yield when a clock warns or ends, a silence, proof's time or hold ends, a notice leaves; and if it is mail."""
    values: Mapping[str, Any] = {
        "case": case_id,
        "warn_before": WARN_BEFORE,
        "short_life": SHORT_LIFE,
        "last_part": LAST_PART,
        "mail_takes": MAIL_TAKES,
        "zone": str(settings.WRITDESK.receiving_zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(MOMENTS, values)
        rows = cursor.fetchall()
    for is_mail, moment, last_day, zone in rows:
        if moment:
            yield moment, is_mail
        elif last_day:
            yield end_of(last_day, ZoneInfo(zone)), is_mail
