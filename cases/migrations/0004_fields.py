"""Field by field: nothing leaves beyond the items of 18 USC 2703(c)(2) that are authorised. And who issued a request."""

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION cases_disclosure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases_target t JOIN cases_production p ON p.case_id = t.case_id JOIN cases_approval a ON a.id = p.approval_id
         WHERE t.id = NEW.target_id AND p.id = NEW.production_id AND a.state = 'executed'
           AND (NEW.result NOT IN ('produced', 'no_records') OR NEW.category = ANY (t.authorised)){fields}
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
"""
# Where counsel authorised items, a row that was produced names some of them, and no other.
FIELDS = """
           AND NEW.fields <@ t.authorised_fields
           AND (NEW.result <> 'produced' OR t.authorised_fields = '{}' OR NEW.fields <> '{}')"""

# What was authorised before items were told apart was authorised whole.
WHOLE = """
UPDATE cases_target t SET authorised_fields =
       CASE WHEN 'subscriber' = ANY (t.authorised) AND 'identification' = ANY (t.authorised) THEN '{A,B,C,D,E,F}'
            WHEN 'subscriber' = ANY (t.authorised) THEN '{A,B,D,F}'
            ELSE '{C,E}' END::varchar[]
  FROM cases_case c
 WHERE c.id = t.case_id AND c.instrument_code = 'us_subpoena' AND t.authorised <> '{}';
UPDATE cases_target t SET authorised_fields = '{A,B,C,D}'
  FROM cases_case c
 WHERE c.id = t.case_id AND c.instrument_code = 'us_nsl' AND t.authorised <> '{}';
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_law_at_work")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="issuer",
            field=models.CharField(blank=True, db_default="", default="", max_length=40, verbose_name="issued by"),
        ),
        migrations.RunSQL(WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD.replace("{fields}", FIELDS), GUARD.replace("{fields}", "")),
    ]
