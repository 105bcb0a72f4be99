"""Whether a model is valid: by its schema, by the schema's own rules, and by the normative rules beside it."""
