"""PostgreSQL and Valkey from wheels, for whoever has no servers of their own. Decision 0002 says how and why."""
