"""Reviewing a model on its plot: the one check, and its report as a page."""
