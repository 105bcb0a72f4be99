"""People and programs: who they are, what they may do, how they log in."""
