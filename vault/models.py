"""What the vault knows: which keys wrap which scope, which documents lie where, and what was shredded."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q


class KeyEncryptionKey(models.Model):
    """A key-encryption key that this database was sealed under: enough to recognise it, nothing of the key."""

    id = models.CharField(primary_key=True, max_length=16)
    check_value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.id


class KeyScope(models.Model):
    """What has one key, and is destroyed with it: as a rule a case."""

    # Never used again after a restore, unlike a number: a shred list must not hit a later scope.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The database refuses a key that no machine could be asked for.
    kek = models.ForeignKey(KeyEncryptionKey, null=True, on_delete=models.PROTECT, related_name="+")
    wrapped_key = models.BinaryField(null=True, max_length=60)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None, kek__isnull=False, wrapped_key__isnull=False)
                | Q(destroyed_at__isnull=False, kek=None, wrapped_key=None),
                name="scope_has_a_key_or_was_destroyed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="destroyed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__destroyed_at__isnull=False),
            ),
            # Without its row a key would be gone and nothing would say so: destroying has its own action.
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Document(models.Model):
    """A sealed document. Name and hash are emptied when its scope is destroyed: both speak of the content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.ForeignKey(KeyScope, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)  # for people; never a path
    size = models.BigIntegerField()  # of the clear bytes
    sha256 = models.CharField(max_length=64)  # of the clear bytes
    sha512 = models.CharField(max_length=128, blank=True)  # of the clear bytes; empty: kept before it was taken
    content_type = models.CharField(max_length=100)  # by content, not by name
    storage_name = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        # Whether the same bytes came before is asked of every document that arrives.
        indexes = [models.Index(fields=["sha256"], name="document_by_hash", condition=~Q(sha256=""))]

    def __str__(self) -> str:
        return self.name


class ShredEntry(models.Model):
    """A scope whose key was destroyed. A restored backup must destroy it again."""

    scope_id = models.UUIDField(primary_key=True)
    destroyed_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.scope_id)
