"""What the ledger knows. Nothing here is written but by ledger.actions and by the triggers of the database."""

from django.db import models
from django.db.models import F, Q


class LedgerHead(models.Model):
    """Where a stream ends. The append locks this row, so that a stream has one next entry."""

    number = models.BigAutoField(primary_key=True)
    stream = models.TextField(db_collation="C")
    length = models.BigIntegerField()
    last_hash = models.BinaryField(max_length=32)
    checkpointed_length = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "ledger_head"
        constraints = [
            models.UniqueConstraint(fields=["stream"], name="ledger_head_one_per_stream"),
            # A name that needs no escaping in the canonical form.
            models.CheckConstraint(
                condition=Q(stream__regex=r"^[a-z]+(:[A-Za-z0-9_.-]+)?$"), name="ledger_head_stream_is_plain"
            ),
        ]
        indexes = [
            # The checkpoint asks for the streams that grew since the last one.
            models.Index(
                fields=["number"], condition=~Q(length=F("checkpointed_length")), name="ledger_head_to_checkpoint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream} ({self.length})"


class LedgerEntry(models.Model):
    """One thing that happened. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE."""

    id = models.BigIntegerField(primary_key=True)
    stream = models.TextField(db_collation="C")
    seq = models.BigIntegerField()
    payload = models.JSONField()
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    is_true: bool  # where ledger.queries.entries read it: the hash is that of what the entry says

    class Meta:
        db_table = "ledger_entry"
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="ledger_entry_one_per_place")]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq}"


class FactColumns(models.Model):
    """A fact as reports read it: a projection of payload -> 'fact', made by a trigger in the same transaction."""

    entry_id = models.BigIntegerField(primary_key=True)
    stream = models.TextField(db_collation="C")
    name = models.TextField()
    at = models.DateTimeField()
    line = models.TextField()
    value = models.TextField()
    subject = models.BigIntegerField()
    accounts = models.BigIntegerField()
    domains = models.BigIntegerField()
    selectors = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.stream} {self.name} {self.at:%Y-%m-%d}"


class LedgerFact(FactColumns):
    """The facts that ordinary counts read."""

    class Meta:
        db_table = "ledger_fact"
        indexes = [
            # Counting a period touches the index alone.
            models.Index(
                fields=["name", "at"],
                include=["line", "value", "accounts", "domains", "stream"],
                name="ledger_fact_by_period",
            ),
            # What a case's other facts are: forged and duplicate cases leave all lines.
            models.Index(fields=["stream", "name"], name="ledger_fact_by_stream"),
        ]


class RestrictedFact(FactColumns):
    """National security: read by the bands of a report and by nothing else."""

    class Meta:
        db_table = "ledger_fact_restricted"
        indexes = [models.Index(fields=["name", "at"], name="ledger_restricted_by_period")]


class Checkpoint(models.Model):
    """A signed statement of how long every stream is that changed since the one before."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    streams = models.BigIntegerField()  # how many are listed
    streams_hash = models.BinaryField(max_length=32)  # over the listed streams in order
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class CheckpointStream(models.Model):
    """One stream as a checkpoint found it. Stands on its own: it says what was, also when the head is gone."""

    pk = models.CompositePrimaryKey("stream", "length")
    stream = models.TextField(db_collation="C")
    length = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)  # of the last entry
    checkpoint = models.BigIntegerField()  # its number

    class Meta:
        db_table = "ledger_checkpoint_stream"
        indexes = [models.Index(fields=["checkpoint", "stream"], name="ledger_checkpoint_list")]

    def __str__(self) -> str:
        return f"checkpoint {self.checkpoint}: {self.stream} ({self.length})"
