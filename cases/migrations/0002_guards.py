"""What must never be false, held by the database too: also against bulk writes that go past the workflow."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION cases_case_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.provenance = 'imported' THEN
            IF coalesce(current_setting('writdesk.importing', true), '') <> 'on' THEN
                RAISE EXCEPTION 'only the import marks a case as imported' USING ERRCODE = 'check_violation';
            END IF;
        ELSIF NEW.state <> 'received' THEN
            RAISE EXCEPTION 'a case begins in received, not in %', NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.provenance <> OLD.provenance OR NEW.reference <> OLD.reference THEN
        RAISE EXCEPTION 'a case keeps its provenance and reference' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> OLD.state THEN
        IF coalesce(current_setting('writdesk.transition', true), '') <> NEW.id::text THEN
            RAISE EXCEPTION 'a case changes its state by a transition only' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state = 'answered' AND NOT EXISTS (
            SELECT 1 FROM cases_approval a
             WHERE a.case_id = NEW.id AND a.state = 'executed' AND a.kind IN ('answer', 'answer_emergency')
               AND a.executed_at = NEW.outcome_at
        ) THEN
            RAISE EXCEPTION 'nothing is answered without a second person' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM set_config('writdesk.transition', '', true);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER cases_case_guard_insert BEFORE INSERT ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_case_guard();
CREATE TRIGGER cases_case_guard_update BEFORE UPDATE OF state, provenance, reference ON cases_case
    FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.provenance <> NEW.provenance OR OLD.reference <> NEW.reference)
    EXECUTE FUNCTION cases_case_guard();

CREATE FUNCTION cases_disclosure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases_target t JOIN cases_production p ON p.case_id = t.case_id JOIN cases_approval a ON a.id = p.approval_id
         WHERE t.id = NEW.target_id AND p.id = NEW.production_id AND a.state = 'executed'
           AND (NEW.result NOT IN ('produced', 'no_records') OR NEW.category = ANY (t.authorised))
    ) THEN
        RAISE EXCEPTION 'disclosed beyond what is authorised and approved' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.result <> 'withheld' AND NOT EXISTS (
        SELECT 1 FROM cases_production p JOIN cases_approval a ON a.id = p.approval_id, cases_target t
          LEFT JOIN cases_noticeduty d ON d.id = t.duty_id
         WHERE t.id = NEW.target_id AND p.id = NEW.production_id
           AND (a.kind = 'answer_emergency' OR d.state IN ('withheld', 'not_owed')
                OR d.state = 'delivered' AND (d.waived_at IS NOT NULL OR d.window_ends_at IS NULL
                                              OR d.window_ends_at <= p.released_at))
    ) THEN
        RAISE EXCEPTION 'disclosed before the customer was told and their days were over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER cases_disclosure_guard BEFORE INSERT OR UPDATE ON cases_disclosure
    FOR EACH ROW EXECUTE FUNCTION cases_disclosure_guard();
"""

DROP = """
DROP TRIGGER cases_disclosure_guard ON cases_disclosure;
DROP FUNCTION cases_disclosure_guard();
DROP TRIGGER cases_case_guard_update ON cases_case;
DROP TRIGGER cases_case_guard_insert ON cases_case;
DROP FUNCTION cases_case_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, DROP)]
