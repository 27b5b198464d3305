"""Alerts by the clock: raised where a condition stands, resolved where it stands no more, and people told of them.

One job, idempotent, one at a time. It asks the facts as they are, never "since the last run": docs/decisions/0010.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from cases.actions.signals import EMERGENCIES
from notifications.actions.telling import tell, urgent_wait
from notifications.alerts.conditions import Condition, conditions
from notifications.alerts.kinds import AlertKind
from notifications.models import Alert

ONE_AT_A_TIME = 0x57_44_41_4C_52_54  # "WDALRT": the advisory lock of this job


@transaction.atomic
def recompute_alerts(*, now: datetime) -> None:
    """Make the open alerts what the facts say they are, and tell whoever is to be told by now.

    Where another scheduler is at it, nothing is done: it comes to the same.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        return
    for kind, condition in conditions().items():
        _make_true(kind, condition, now)
    tell(now=now)


@transaction.atomic
def keep(kind: AlertKind, standing: Mapping[str, datetime | None], *, now: datetime) -> None:
    """Make the open alerts of a kind that concerns no case exactly these: when each is due, by its subject.

    For what another app finds out by its own clock job, such as canaries. People are told at the next round.
    """
    Alert.objects.filter(kind=kind, resolved_at=None).exclude(subject__in=standing).update(
        resolved_at=now, next_at=None
    )
    for subject, due_at in standing.items():
        if not Alert.objects.filter(kind=kind, subject=subject, resolved_at=None).update(due_at=due_at):
            _raise_one(kind, subject, due_at, now)


def _raise_one(kind: AlertKind, subject: str, due_at: datetime | None, now: datetime) -> None:
    alert = Alert(kind=kind, subject=subject, due_at=due_at, raised_at=now, next_at=now)
    Alert.objects.bulk_create([alert], ignore_conflicts=True)


# One statement, so that the question is asked once. What is known of a row's case is looked up by the case's key, row
# by row: OFFSET 0 keeps PostgreSQL from reading all cases to join them. `over` and `moved` share no row with another,
# and what is raised is in neither. It is raised in the order of the rows' keys: alerts go by their place in their case,
# which must not depend on other cases. What becomes urgent after people were told must not wait as long as it was to.
MAKE_TRUE = """
    WITH found AS MATERIALIZED (
        SELECT row.id, %(table)s || row.id AS subject, row.case_id, row.due_at, its.assignee_id,
               %(always)s OR its.is_emergency OR its.instrument_code = ANY(%(emergencies)s) AS is_urgent
          FROM ({rows}) AS row (id, case_id, due_at)
         CROSS JOIN LATERAL (SELECT assignee_id, is_emergency, instrument_code
                               FROM cases_case WHERE id = row.case_id AND NOT is_held OFFSET 0) AS its
    ), over AS (
        UPDATE notifications_alert alert SET resolved_at = %(now)s, next_at = NULL
         WHERE alert.kind = %(kind)s AND alert.resolved_at IS NULL
           AND alert.subject NOT IN (SELECT subject FROM found)
    ), moved AS (
        UPDATE notifications_alert alert
           SET due_at = found.due_at, is_urgent = found.is_urgent,
               next_at = CASE WHEN found.is_urgent AND NOT alert.is_urgent AND alert.next_at IS NOT NULL
                              THEN least(alert.next_at, %(soon)s) ELSE alert.next_at END
          FROM found
         WHERE alert.kind = %(kind)s AND alert.resolved_at IS NULL AND alert.subject = found.subject
           AND (alert.due_at IS DISTINCT FROM found.due_at OR alert.is_urgent <> found.is_urgent)
    )
    INSERT INTO notifications_alert
           (kind, subject, case_id, due_at, is_urgent, assignee_id, raised_at, next_at, circle)
    SELECT %(kind)s, subject, case_id, due_at, is_urgent, assignee_id, %(now)s, %(now)s, 0
      FROM found
     WHERE subject NOT IN (SELECT subject FROM notifications_alert WHERE kind = %(kind)s AND resolved_at IS NULL)
     ORDER BY id
        ON CONFLICT (kind, subject) WHERE resolved_at IS NULL DO NOTHING
"""


def _make_true(kind: AlertKind, condition: Condition, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*statement(kind, condition, now))


def statement(kind: AlertKind, condition: Condition, now: datetime) -> tuple[str, Mapping[str, Any]]:
    """Return the statement that makes the alerts of a kind true, with its parameters."""
    rows, params = condition.standing(now).query.sql_with_params()
    # Those of the question get names, for there are others beside them.
    named = {f"p{number}": value for number, value in enumerate(params)}
    question = rows % tuple(f"%({name})s" for name in named)
    values = {
        "kind": kind.value,
        "table": f"{condition.subject}:",
        "always": condition.is_urgent,
        "emergencies": list(EMERGENCIES),
        "now": now,
        "soon": now + urgent_wait(),
    }
    return MAKE_TRUE.replace("{rows}", question), {**values, **named}
