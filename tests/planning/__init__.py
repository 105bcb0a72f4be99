"""The planner: how plots stand, their papers, and sheets that change from a day on."""
