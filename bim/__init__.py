"""The building: read an IFC model, measure it, judge it.

A library: no settings, no database session, no web, no prose for people. It may look at the land
through `gis.site` and `gis.crs` (and load a plot through `gis.planning`).
"""
