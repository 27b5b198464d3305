"""Every message names its case: filled for those of before, by the duty that they fulfil."""

import django.db.models.deletion
from django.db import migrations, models

OF_DUTIES = """
UPDATE notifications_message SET case_id = duty.case_id
FROM cases_noticeduty duty WHERE duty.id = notifications_message.duty_id AND notifications_message.case_id IS NULL;
-- Checked now: a table whose rows still wait for their check cannot be altered in the same transaction.
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_errands")]

    operations = [
        migrations.RunSQL(OF_DUTIES, migrations.RunSQL.noop),
        migrations.AlterField(
            "message",
            "case",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="cases.case"
            ),
        ),
    ]
