"""Tests of council-owned property."""
