# City model
city-unshown-no-volumes = Permit { $permit }: the report of its review has no volumes; its building is told by attributes, without solids.
city-unshown-not-placed = Permit { $permit }: the place of its building is not known; it is told by attributes, without solids.
city-unshown-other-grid = Permit { $permit }: its building is placed in another grid than the zone's; it is told by attributes, without solids.
