"""The customer directory: whose an account, domain or address is."""
