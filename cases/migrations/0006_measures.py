"""What took effect and its notice in the same moment, what an order states, and whom the directory has not found."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A notice that the law puts at the effect falls due in the moment of the release, in the same transaction: the rows that
# leave then need no earlier one. The instruments are those of the registry that tell at their effect (a test compares).
TOLD_AT_EFFECT = """
CREATE OR REPLACE FUNCTION cases_disclosure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases_target t JOIN cases_production p ON p.case_id = t.case_id JOIN cases_approval a ON a.id = p.approval_id
         WHERE t.id = NEW.target_id AND p.id = NEW.production_id AND a.state = 'executed'
           AND (NEW.result NOT IN ('produced', 'no_records') OR NEW.category = ANY (t.authorised))
           AND NEW.fields <@ t.authorised_fields
           AND (NEW.result <> 'produced' OR t.authorised_fields = '{}' OR NEW.fields <> '{}')
    ) THEN
        RAISE EXCEPTION 'disclosed beyond what is authorised and approved' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.result <> 'withheld' AND NOT EXISTS (
        SELECT 1 FROM cases_production p JOIN cases_approval a ON a.id = p.approval_id, cases_target t
          LEFT JOIN cases_noticeduty d ON d.id = t.duty_id
         WHERE t.id = NEW.target_id AND p.id = NEW.production_id
           AND (a.kind = 'answer_emergency' OR d.state IN ('withheld', 'not_owed')
                OR d.state = 'delivered' AND (d.waived_at IS NOT NULL OR d.window_ends_at IS NULL
                                              OR d.window_ends_at <= p.released_at)
                OR d.state = 'pending' AND d.due_at = p.released_at AND d.customer_id IS NOT NULL
                   AND (SELECT c.instrument_code FROM cases_case c WHERE c.id = p.case_id)
                       IN ('dsa_order_to_act', 'dsa_order_to_inform', 'content_order', 'domain_seizure'))
    ) THEN
        RAISE EXCEPTION 'disclosed before the customer was told and their days were over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
TOLD_BEFORE = """
CREATE OR REPLACE FUNCTION cases_disclosure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases_target t JOIN cases_production p ON p.case_id = t.case_id JOIN cases_approval a ON a.id = p.approval_id
         WHERE t.id = NEW.target_id AND p.id = NEW.production_id AND a.state = 'executed'
           AND (NEW.result NOT IN ('produced', 'no_records') OR NEW.category = ANY (t.authorised))
           AND NEW.fields <@ t.authorised_fields
           AND (NEW.result <> 'produced' OR t.authorised_fields = '{}' OR NEW.fields <> '{}')
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


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_holds_and_silence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OrderStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', models.TextField(blank=True)),
                ('redress', models.TextField(blank=True)),
                ('silence_decided_at', models.DateTimeField(blank=True, null=True)),
                ('silence_reason', models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name='measure',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('effect_at__isnull', False), ('ended_at', None), ('ends_date__isnull', False), ('reversed_at', None)), fields=['ends_date'], name='measure_to_end'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('ended_at__isnull', False), ('reversed_at', None)), fields=['case'], name='measure_over'),
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(condition=models.Q(('customer', None), ('match__in', ['not_asked', 'failed'])), fields=['case'], name='target_to_look_up'),
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(condition=models.Q(('customer', None), ('match__in', ['not_found', 'several', 'failed'])), fields=['case'], name='target_without_customer'),
        ),
        migrations.AddField(
            model_name='orderstatement',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='statement', to='cases.case'),
        ),
        migrations.AddField(
            model_name='orderstatement',
            name='silence_decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='orderstatement',
            constraint=models.CheckConstraint(condition=models.Q(('silence_decided_at', None), models.Q(('silence_decided_by__isnull', False), models.Q(('silence_reason', ''), _negated=True)), _connector='OR'), name='silence_decided_by_somebody_for_a_reason'),
        ),
        migrations.RunSQL(TOLD_AT_EFFECT, TOLD_BEFORE),
    ]
