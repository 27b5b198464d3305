"""What the database itself does for the ledger: append, hash, refuse changes, project facts.

Raw SQL and not pgtrigger's classes, because those let anybody switch a trigger off by a session setting.
"""

from django.db import migrations

CHAIN = """
-- The same as ledger/chain.py; a property test holds the two together.
CREATE FUNCTION ledger_digest(id bigint, stream text, seq bigint, payload jsonb, prev_hash bytea) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(
        '{"id": ' || id || ', "seq": ' || seq || ', "stream": "' || stream || '", "payload": ' || payload::text
        || ', "prev_hash": "' || encode(prev_hash, 'hex') || '"}', 'UTF8'))
$$;

CREATE FUNCTION ledger_append(to_stream text, new_payload jsonb) RETURNS ledger_entry
LANGUAGE plpgsql AS $$
DECLARE
    head ledger_head;
    entry ledger_entry;
BEGIN
    entry.stream := to_stream;
    entry.payload := new_payload;
    LOOP
        SELECT * INTO head FROM ledger_head WHERE stream = to_stream FOR UPDATE;
        EXIT WHEN FOUND;
        -- A new stream. Another transaction may open it at this moment: then ours waits for it and reads its row.
        head.number := nextval('ledger_head_number_seq');
        entry.seq := 1;
        entry.id := head.number * 268435456 + 1;
        entry.prev_hash := decode(repeat('00', 32), 'hex');
        entry.hash := ledger_digest(entry.id, to_stream, 1, new_payload, entry.prev_hash);
        INSERT INTO ledger_head (number, stream, length, last_hash)
            VALUES (head.number, to_stream, 1, entry.hash) ON CONFLICT (stream) DO NOTHING;
        IF FOUND THEN
            INSERT INTO ledger_entry SELECT entry.*;
            RETURN entry;
        END IF;
    END LOOP;
    entry.seq := head.length + 1;
    entry.id := head.number * 268435456 + entry.seq;
    entry.prev_hash := head.last_hash;
    entry.hash := ledger_digest(entry.id, to_stream, entry.seq, new_payload, entry.prev_hash);
    UPDATE ledger_head SET length = entry.seq, last_hash = entry.hash WHERE number = head.number;
    INSERT INTO ledger_entry SELECT entry.*;
    RETURN entry;
END
$$;
"""

REFUSALS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_checkpoint_stream_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_checkpoint_stream
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_kept BEFORE DELETE OR TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_only_grows BEFORE UPDATE ON ledger_head FOR EACH ROW
    WHEN (
        (NEW.number, NEW.stream) IS DISTINCT FROM (OLD.number, OLD.stream)
        OR NEW.length < OLD.length
        OR (NEW.length = OLD.length AND NEW.last_hash <> OLD.last_hash)
        OR NEW.checkpointed_length NOT BETWEEN OLD.checkpointed_length AND NEW.length
    )
    EXECUTE FUNCTION ledger_refuse();
"""

FACTS = """
CREATE FUNCTION ledger_projection(of_entry bigint, of_stream text, fact jsonb)
RETURNS TABLE (
    entry_id bigint, stream text, name text, at timestamptz, line text, value text, subject bigint,
    accounts bigint, domains bigint, selectors bigint, restricted boolean
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT of_entry, of_stream, f.name, f.at, f.line, f.value, f.subject, f.accounts, f.domains, f.selectors, f.restricted
    FROM jsonb_to_record(fact) AS f(
        name text, at timestamptz, line text, value text, subject bigint,
        accounts bigint, domains bigint, selectors bigint, restricted boolean)
$$;

CREATE VIEW ledger_projected AS
    SELECT p.* FROM ledger_entry e, LATERAL ledger_projection(e.id, e.stream, e.payload -> 'fact') p
    WHERE e.payload ? 'fact';

-- Runs once per statement, whatever the number of rows, and with the rights of the tables' owner:
-- the application's role needs no right to write facts.
CREATE FUNCTION ledger_entry_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM added e WHERE e.hash <> ledger_digest(e.id, e.stream, e.seq, e.payload, e.prev_hash)) THEN
        RAISE EXCEPTION 'An entry does not have the hash of its contents.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM added e WHERE e.payload ? 'fact') THEN
        INSERT INTO ledger_fact
            (entry_id, stream, name, at, line, value, subject, accounts, domains, selectors)
            SELECT p.entry_id, p.stream, p.name, p.at, p.line, p.value, p.subject, p.accounts, p.domains, p.selectors
            FROM added e, LATERAL ledger_projection(e.id, e.stream, e.payload -> 'fact') p
            WHERE e.payload ? 'fact' AND NOT p.restricted;
        INSERT INTO ledger_fact_restricted
            (entry_id, stream, name, at, line, value, subject, accounts, domains, selectors)
            SELECT p.entry_id, p.stream, p.name, p.at, p.line, p.value, p.subject, p.accounts, p.domains, p.selectors
            FROM added e, LATERAL ledger_projection(e.id, e.stream, e.payload -> 'fact') p
            WHERE e.payload ? 'fact' AND p.restricted;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER ledger_entry_projects AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_added();

CREATE FUNCTION ledger_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('ledger.rebuilding', true) = 'on' OR (TG_OP = 'INSERT' AND pg_trigger_depth() > 1) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'Facts follow from ledger entries: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER ledger_fact_follows BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_fact
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_fact_guard();
CREATE TRIGGER ledger_fact_restricted_follows BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_fact_restricted
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_fact_guard();
"""

UNDO = """
DROP TRIGGER ledger_fact_restricted_follows ON ledger_fact_restricted;
DROP TRIGGER ledger_fact_follows ON ledger_fact;
DROP FUNCTION ledger_fact_guard();
DROP TRIGGER ledger_entry_projects ON ledger_entry;
DROP FUNCTION ledger_entry_added();
DROP VIEW ledger_projected;
DROP FUNCTION ledger_projection(bigint, text, jsonb);
DROP TRIGGER ledger_head_only_grows ON ledger_head;
DROP TRIGGER ledger_head_kept ON ledger_head;
DROP TRIGGER ledger_checkpoint_stream_append_only ON ledger_checkpoint_stream;
DROP TRIGGER ledger_checkpoint_append_only ON ledger_checkpoint;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP FUNCTION ledger_refuse();
DROP FUNCTION ledger_append(text, jsonb);
DROP FUNCTION ledger_digest(bigint, text, bigint, jsonb, bytea);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(CHAIN + REFUSALS + FACTS, reverse_sql=UNDO)]
