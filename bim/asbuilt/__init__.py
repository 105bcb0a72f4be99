"""What was built beside what was permitted: deviations of the geometry, whoever drew either model and with whatever."""
