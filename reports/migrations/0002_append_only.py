"""What is published stays as it is: the database refuses to change it, and holds hash and bands to their word."""

from django.db import migrations

FREEZE = """
ALTER TABLE reports_publishedreport ADD CONSTRAINT report_hash_is_of_the_body
    CHECK (sha256 = encode(sha256(body), 'hex'));

CREATE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published report stays as it is: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER reports_published_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_publishedreport
    FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse();

-- Two ranges about the same days tell more than either may. Publications queue up, so this sees all.
CREATE FUNCTION reports_bands_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.structure <> '' AND EXISTS (
        SELECT FROM reports_publishedreport other
        WHERE other.structure <> '' AND (other.period, other.structure) <> (NEW.period, NEW.structure)
          AND daterange(other.start_date, other.after_date) && daterange(NEW.start_date, NEW.after_date)
    ) THEN
        RAISE EXCEPTION 'National security bands about these days are published already.'
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER reports_published_bands_apart BEFORE INSERT ON reports_publishedreport
    FOR EACH ROW EXECUTE FUNCTION reports_bands_apart();
"""

UNDO = """
DROP TRIGGER reports_published_bands_apart ON reports_publishedreport;
DROP FUNCTION reports_bands_apart();
DROP TRIGGER reports_published_append_only ON reports_publishedreport;
DROP FUNCTION reports_refuse();
ALTER TABLE reports_publishedreport DROP CONSTRAINT report_hash_is_of_the_body;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, reverse_sql=UNDO)]
