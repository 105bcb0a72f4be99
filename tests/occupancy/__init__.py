"""Tests of the occupancy of public property."""
