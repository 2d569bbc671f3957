"""What can go wrong while a site is made, in one sentence."""


class PortalError(RuntimeError):
    """The site cannot be made; one sentence says why. Nothing of it may be served."""


def one_line(error: BaseException) -> str:
    """What an error says, on one line and with a full stop; its name where it says nothing."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said if said.endswith((".", "!", "?")) else f"{said}."
