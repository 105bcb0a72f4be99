"""The catalogue of services and its calculator."""
