"""The face for people at desks: Panel pages over the use cases of `permits`."""
