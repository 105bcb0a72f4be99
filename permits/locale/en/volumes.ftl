# The building against its envelope
volume-title = Beyond the allowed envelope
volume-note = Where the building leaves what its planning sheet allows by more than the measuring tolerance; levels from the zero level. What is within the tolerance is told by its clause, not here.
volume-label-kind = Breakout
volume-label-storey = Storey
volume-label-depth = At most by
volume-label-area = Area
volume-label-levels = From level to level, m
volume-beyond_plot = outside the plot
volume-beyond_setback = in a setback
volume-beyond_height = above the height allowed
volume-beyond_floors = above the number of floors allowed
volume-beyond_projection = projection beyond the limit
volume-beyond_basement = basement beyond the limit

# Command line
cli-check-geojson = write building, allowed envelope and breakouts as a layer for maps (GeoJSON)
cli-check-cityjson = write them as solids (CityJSON)
cli-check-glb = write them as a 3D scene (GLB)
