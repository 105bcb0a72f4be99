"""Announcing entries to a national register."""
