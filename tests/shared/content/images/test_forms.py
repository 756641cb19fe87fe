"""The smaller forms of a picture, and parts of it."""

import io

import pytest
from PIL import Image

from shared.content.images import Box, PictureError, crop, make_forms, widths_for
from tests.pictures import draw, make_picture, profile, read_picture

PIXELS = 10_000_000


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (200, (200,)),
        (320, (320,)),
        (1000, (320, 640, 960, 1000)),
        (1920, (320, 640, 960, 1280, 1920)),
        (5000, (320, 640, 960, 1280, 1920)),
    ],
)
def test_widths_are_never_larger_than_the_picture(width, widths):
    assert widths_for(width) == widths


def test_forms_are_of_each_width_and_coding():
    data = make_picture("jpeg", (700, 350), telling=True)

    made = list(make_forms(data, "jpeg", max_pixels=PIXELS))

    assert [(form.coding, form.width, form.height) for form in made] == [
        ("avif", 700, 350),
        ("webp", 700, 350),
        ("avif", 640, 320),
        ("webp", 640, 320),
        ("avif", 320, 160),
        ("webp", 320, 160),
    ]
    for form in made:
        image = read_picture(form.data)
        assert (image.size, image.info["icc_profile"]) == ((form.width, form.height), profile())
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "L", "1", "I;16"])
def test_every_mode_of_a_png_has_forms(mode):
    image = draw(40, 30)
    image = image.convert("I").convert(mode) if mode == "I;16" else image.convert(mode)
    output = io.BytesIO()
    image.save(output, "PNG")

    (avif, webp) = make_forms(output.getvalue(), "png", max_pixels=PIXELS)

    assert (read_picture(avif.data).size, read_picture(webp.data).size) == ((40, 30), (40, 30))


def test_transparency_is_kept():
    image = draw(40, 30).convert("RGBA")
    image.putalpha(0)
    output = io.BytesIO()
    image.save(output, "PNG")

    (_, webp) = make_forms(output.getvalue(), "png", max_pixels=PIXELS)

    assert read_picture(webp.data).getchannel("A").getextrema() == (0, 0)


def test_part_is_cut_out():
    data = make_picture("png", (60, 40))

    part = crop(data, "png", Box(10, 5, 20, 30), max_pixels=PIXELS)

    right = read_picture(data).crop((10, 5, 30, 35))
    assert read_picture(part).tobytes() == right.tobytes()


@pytest.mark.parametrize("box", [Box(-1, 0, 5, 5), Box(50, 0, 20, 5), Box(0, 0, 0, 5)])
def test_part_outside_is_refused(box):
    with pytest.raises(PictureError, match="60 × 40 pixels: the part lies outside"):
        crop(make_picture("png", (60, 40)), "png", box, max_pixels=PIXELS)


def test_animation_is_not_cropped():
    output = io.BytesIO()
    draw(20, 20).save(output, "GIF", save_all=True, append_images=[Image.new("RGB", (20, 20))])
    with pytest.raises(PictureError, match="moves"):
        crop(output.getvalue(), "gif", Box(0, 0, 5, 5), max_pixels=PIXELS)
