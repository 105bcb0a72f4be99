"""The cash desk of a service centre: it works without network or power, and the office books what it took."""
