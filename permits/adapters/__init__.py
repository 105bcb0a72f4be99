"""Outside parties: a small protocol, a faithful fake and the real one side by side."""
