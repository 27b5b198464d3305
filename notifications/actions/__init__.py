"""What notifications does: plan, send, sweep, settle, correct."""
