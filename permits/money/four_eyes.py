"""Two people stand for every piastre that is given up or given back."""

from permits.errors import Conflict
from permits.people.actor import Actor


def need_another(first: str, actor: Actor) -> None:
    """Raise Conflict where the one who decides is the one who asked; `first` is an actor's id."""
    if first == actor.id:
        raise Conflict("same-person")
