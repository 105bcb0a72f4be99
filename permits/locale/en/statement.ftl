# Planning statement
document-title-statement = Planning statement
statement-plot = Plot
statement-allowed = What may be built
statement-sheet = Planning sheet
statement-plan = Plan
statement-note = Drawn from the layers of the zone as they stood on its date; it is no official document until the administrative unit has sealed it. A building inside the envelope is still subject to every other clause.
statement-in_force = The zone is in force: applications are taken and approved.
statement-frozen = The zone is frozen: applications are reviewed and not approved until it is released.
statement-in_preparation = The zone is in preparation: the values may change before it comes into force.
cli-plot-pdf = write the planning statement as PDF
cli-plot-glb = write the envelope as a 3D scene (GLB)
