"""A customer who was first named inside a compartment belongs to it; no case names one of a compartment not its own."""

import django.db.models.deletion
from django.db import migrations, models

# The row of the customer is held while it is looked at: sealing moves customers, and waits or is waited for.
GUARD = """
CREATE FUNCTION cases_customer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_case bigint;
BEGIN
    IF TG_TABLE_NAME = 'cases_affected' THEN
        SELECT case_id INTO its_case FROM cases_measure WHERE id = NEW.measure_id;
    ELSE
        its_case := NEW.case_id;
    END IF;
    PERFORM FROM cases_customer c
      WHERE c.id = NEW.customer_id
        AND (c.compartment_id IS NULL
             OR c.compartment_id = (SELECT k.compartment_id FROM cases_case k WHERE k.id = its_case))
        FOR KEY SHARE OF c;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the customer is not one whom this case may know' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER cases_customer_guard BEFORE INSERT OR UPDATE OF customer_id ON cases_target
    FOR EACH ROW WHEN (NEW.customer_id IS NOT NULL) EXECUTE FUNCTION cases_customer_guard();
CREATE TRIGGER cases_customer_guard BEFORE INSERT OR UPDATE OF customer_id ON cases_noticeduty
    FOR EACH ROW WHEN (NEW.customer_id IS NOT NULL) EXECUTE FUNCTION cases_customer_guard();
CREATE TRIGGER cases_customer_guard BEFORE INSERT OR UPDATE OF customer_id ON cases_affected
    FOR EACH ROW WHEN (NEW.customer_id IS NOT NULL) EXECUTE FUNCTION cases_customer_guard();
"""

DROP = """
DROP TRIGGER cases_customer_guard ON cases_affected;
DROP TRIGGER cases_customer_guard ON cases_noticeduty;
DROP TRIGGER cases_customer_guard ON cases_target;
DROP FUNCTION cases_customer_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("cases", "0010_delivery_encryption")]
    operations = [
        migrations.AddField(
            model_name="customer",
            name="compartment",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.compartment",
            ),
        ),
        migrations.AlterField(
            model_name="customer",
            name="identifier",
            field=models.CharField(max_length=100, verbose_name="customer number"),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.UniqueConstraint(
                fields=("identifier", "compartment"), name="customer_once_in_each_circle", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(GUARD, DROP),
    ]
