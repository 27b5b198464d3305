"""The forms through which requests come in, and agencies are verified."""
