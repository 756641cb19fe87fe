"""Pictures as bytes: what they are, freed of what they tell about their maker, made smaller.

Pillow is loaded by `pillow.opened` when the first picture comes: a worker that takes none is
4 MB smaller.
"""

from shared.content.images.clean import Cleaned, clean
from shared.content.images.crop import Box, crop
from shared.content.images.errors import PictureError
from shared.content.images.forms import FORMATS, WIDTHS, Form, make_forms, widths_for

__all__ = [
    "FORMATS",
    "WIDTHS",
    "Box",
    "Cleaned",
    "Form",
    "PictureError",
    "clean",
    "crop",
    "make_forms",
    "widths_for",
]
