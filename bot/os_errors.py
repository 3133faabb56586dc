"""Why the machine refused something, in its own words."""

import os


def reason_of(error: OSError) -> str:
    """The reason alone, such as "Address already in use"; a look-up of a name has its own codes."""
    if error.errno and error.errno > 0:
        return os.strerror(error.errno)
    return error.strerror or str(error)
