"""What people type, one module a noun."""
