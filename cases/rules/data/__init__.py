"""The tables of law that the rules read: one TOML file per subject, written for a lawyer to review."""
