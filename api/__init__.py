"""The face for programs and light pages: FastAPI, portal, command line; the composition root."""
