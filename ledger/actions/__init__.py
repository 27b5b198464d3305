"""What the ledger does: append one entry, append many, seal everything in a checkpoint."""

from ledger.actions.append import NotInTransaction, append

__all__ = ["NotInTransaction", "append"]
