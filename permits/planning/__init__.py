"""The planner's work: how plots stand, what holds on one of them, and planning sheets that change from a day on."""
