"""What the ledger does: append one entry, append many, seal everything in a checkpoint."""

from ledger.actions.append import NotInTransaction, append
from ledger.actions.bulk import Row, append_built, append_many
from ledger.actions.checkpoint import checkpoint

__all__ = ["NotInTransaction", "Row", "append", "append_built", "append_many", "checkpoint"]
