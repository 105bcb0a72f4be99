"""IDS 1.0: read and write documents, and judge models by them."""
