"""What can go wrong while a site is made."""


class PortalError(RuntimeError):
    """The site cannot be made; one sentence says why. Nothing of it may be served."""
