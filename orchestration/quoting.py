"""Values and names as SQL writes them."""


def quoted(value: object) -> str:
    """A SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def named(identifier: str) -> str:
    """A SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'
