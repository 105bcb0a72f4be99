"""The composition root of every program: what jobs and commands work with, without the web."""

from permits.adapters.storage import open_storage
from permits.db import Database
from permits.guides.published import source_of
from permits.jobs import Context
from permits.registry import register_jobs
from permits.review.guides import set_source
from permits.settings import Settings


def open_context(settings: Settings) -> Context:
    """Database, storage, audit key and jobs of one process."""
    register_jobs()
    database = Database(settings.database, settings.secret("audit"))
    set_source(source_of(database))
    return Context(database, open_storage(settings), settings)
