"""What the office tells everybody without asking who they are: where a case is, and what was permitted where."""
