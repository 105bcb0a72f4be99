"""The land: cadastre, planning zones, planning sheets and grids.

A library: no settings, no database session, no web, no prose for people.
"""
