"""Customers who stand in sealed cases only, and in no directory, belong to the compartment of those cases."""

from django.db import migrations

KEEP_INSIDE = """
WITH stands AS (
    SELECT customer_id, case_id FROM cases_target WHERE customer_id IS NOT NULL
    UNION SELECT customer_id, case_id FROM cases_noticeduty WHERE customer_id IS NOT NULL
    UNION SELECT a.customer_id, m.case_id FROM cases_affected a JOIN cases_measure m ON m.id = a.measure_id
     WHERE a.customer_id IS NOT NULL
), of_one AS (
    SELECT s.customer_id, min(k.compartment_id) AS compartment_id
      FROM stands s JOIN cases_case k ON k.id = s.case_id
     GROUP BY s.customer_id
    HAVING bool_and(k.compartment_id IS NOT NULL) AND count(DISTINCT k.compartment_id) = 1
)
UPDATE cases_customer c SET compartment_id = of_one.compartment_id FROM of_one
 WHERE c.id = of_one.customer_id AND c.compartment_id IS NULL
   AND NOT EXISTS (SELECT FROM intake_directoryentry e WHERE e.customer_id = c.id)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_customer_compartment"), ("intake", "0002_directory")]
    operations = [migrations.RunSQL(KEEP_INSIDE, migrations.RunSQL.noop)]
