"""What can be wrong with a picture."""


class PictureError(ValueError):
    """A picture that is not taken; the message says why, and is fit for the person who sent it."""
