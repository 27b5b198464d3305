"""What the law says, as pure functions over plain values: no ORM, no clock, no settings. Sources: docs/law.md."""
