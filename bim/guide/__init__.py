"""The modelling guide: clauses checked by IDS specifications and by named checks."""
