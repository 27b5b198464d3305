"""The panels of a case's page, each made from what was read, one module a noun."""
