"""Routes: each parses, calls one use case and answers; no query and no rule lives here."""
