"""Announcing entries of the journal to a national register, each sheet's in order and at least once."""
