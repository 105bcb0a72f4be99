"""What a confined child may use in this office."""

from bim.orders import Limits
from permits.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings name."""
    return Limits(
        memory=settings.review_memory_mb << 20, cpu=settings.review_cpu_seconds, wall=settings.review_wall_seconds
    )
