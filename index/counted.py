"""Numbers of things in English sentences."""


def counted(number: int, thing: str) -> str:
    """A number with the noun that it counts, which takes an s unless it is one."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
