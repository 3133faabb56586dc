"""`sopbot rehearse`."""


def rehearse() -> None:
    """Play a whole run on a virtual clock."""
