"""The rules of law: no database, no clock."""
