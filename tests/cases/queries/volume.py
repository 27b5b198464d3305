"""Many cases at once, in SQL: as the import leaves them, with every filter's values mixed."""

from django.db import connection, transaction

from accounts.models import Compartment

_AGENCIES = """
INSERT INTO cases_agency (name, country, kind, email_domain, postal_address, verified_until, first_seen_at)
SELECT (ARRAY['FBI field office', 'State police', 'Staatsanwaltschaft', 'Parquet', 'Procura'])[1 + n %% 5] || ' ' || n,
       (ARRAY['US', 'US', 'US', 'DE', 'FR', 'GB', 'IT', 'JP'])[1 + n %% 8], 'law_enforcement', '', '',
       CASE WHEN n %% 4 > 0 THEN '2030-01-01'::timestamptz END, '2026-01-01'
  FROM generate_series(1, %(agencies)s) n
"""
# 2 in 5 are open; every 20th case is sealed; queue moments around the end of November 2026. The filters' values are
# drawn apart from each other, by differently salted hashes of the number.
_CASES = """
CREATE FUNCTION pg_temp.draw(n int, salt text, faces int) RETURNS int LANGUAGE sql IMMUTABLE AS
'SELECT 1 + abs(hashtext(salt || n) %% faces)';

INSERT INTO cases_case (reference, provenance, compartment_id, instrument_code, agency_id, agency_country,
       agency_reference, channel, received_at, asked, customer_country, authority_notified, controller_notice,
       silence_asked, is_emergency, danger, data_to_danger, queue_at, target_count, tally, is_gagged, has_objection,
       is_held, outcome, outcome_at, rejection_ground, state, state_left, assignee_id)
SELECT 'WD-2026-' || lpad(n::text, 9, '0'), 'imported', CASE WHEN n %% 20 = 0 THEN %(compartment)s END,
       CASE WHEN n %% 20 = 0 THEN 'us_nsl' ELSE (ARRAY['us_subpoena', 'us_search_warrant', 'us_court_order',
            'eu_epoc', 'mlat'])[pg_temp.draw(n, 'instrument', 5)] END,
       a.id, a.country, 'AR-' || n, 'portal', '2026-11-01'::timestamptz + n %% 20 * interval '1 day', '{subscriber}',
       '', false, '', false, urgent, CASE WHEN urgent THEN 'A child is held.' ELSE '' END, '',
       CASE WHEN ended OR pg_temp.draw(n, 'clock', 7) = 1 THEN '9999-12-31 00:00+00'::timestamptz
            ELSE '2026-11-25'::timestamptz + pg_temp.draw(n, 'due', 500000) * interval '5 seconds' END,
       2, '{}', pg_temp.draw(n, 'gag', 3) > 1, pg_temp.draw(n, 'objection', 200) = 1,
       pg_temp.draw(n, 'held', 50) = 1,
       CASE WHEN ended THEN 'answered' ELSE '' END, CASE WHEN ended THEN '2026-11-25'::timestamptz END, '',
       CASE WHEN ended THEN (ARRAY['closed', 'closed', 'answered'])[pg_temp.draw(n, 'end', 3)]
            ELSE (ARRAY['received', 'legal_review', 'conflict_check', 'notice_pending', 'customer_notified',
                        'notice_withheld', 'awaiting_agency', 'challenged'])[pg_temp.draw(n, 'state', 8)] END, '',
       CASE WHEN pg_temp.draw(n, 'who', 10) = 1 THEN %(assignee)s END
  FROM (SELECT n, pg_temp.draw(n, 'open', 5) > 2 AS ended, pg_temp.draw(n, 'danger', 100) = 1 AS urgent
          FROM generate_series(1, %(cases)s) n) numbered
  JOIN (SELECT id, country, row_number() OVER (ORDER BY id) AS place FROM cases_agency) a
    ON a.place = pg_temp.draw(n, 'agency', pg_temp.draw(n, 'busy', %(agencies)s))
"""
_TARGETS = """
INSERT INTO cases_target (case_id, kind, value, asked, authorised, authorised_fields, cut_reason, match)
SELECT c.id, 'domain', 'host' || c.id || '-' || k || '.example', '{subscriber}', '{}', '{}', '', 'not_asked'
  FROM cases_case c, generate_series(1, 2) k
"""
# One case in 50 owes a notice that failed, or that nobody could be told for.
_DUTIES = """
INSERT INTO cases_noticeduty (case_id, kind, state, due_at, is_held, basis, reason, failed_at, window_explanation,
       told_before)
SELECT id, 'request', CASE WHEN id %% 98 = 0 THEN 'failed' ELSE 'pending' END, '2026-11-20', false, '', '',
       CASE WHEN id %% 98 = 0 THEN '2026-11-21'::timestamptz END, '', false
  FROM cases_case WHERE id %% 49 = 0
"""
_CLOCKS = """
INSERT INTO cases_clock (case_id, rule, state, event_at, due_at, ends_answer, ends_delivery, explanation, steps,
       source, alternative, pauses, escalated_at)
SELECT id, 'return_date', 'running', received_at, queue_at, true, false, '', '{}', '', '', '[]',
       CASE WHEN queue_at < '2026-11-30 12:00+00' THEN '2026-11-30'::timestamptz END
  FROM cases_case WHERE queue_at < '9999-01-01'
"""


def fill(cases: int, *, compartment: Compartment, assignee: int) -> None:
    """Make that many cases of 2 targets each, every 20th in the compartment, every 11th assigned."""
    values = {"cases": cases, "agencies": max(20, cases // 100), "compartment": compartment.pk, "assignee": assignee}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('writdesk.importing', 'on', true)")
        for statement in (_AGENCIES, _CASES, _TARGETS, _DUTIES, _CLOCKS):
            cursor.execute(statement, values)


def settle() -> None:
    """Do what autovacuum does after a while: index-only scans need it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
