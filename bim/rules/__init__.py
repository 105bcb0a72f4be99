"""Planning and building rules: pure functions in a registry, one subject to a file."""
