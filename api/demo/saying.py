"""How the demonstration tells what happens."""


def say(arabic: str, english: str) -> None:
    """One event, in both languages."""
    print(f"• {arabic}\n  {english}", flush=True)
