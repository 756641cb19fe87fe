"""Pictures are taken in without what they tell, and without losing a pixel."""

import pytest
from PIL import Image

from shared.content.images import PictureError, clean
from tests.pictures import SECRET, make_bomb, make_picture, profile, read_picture

PIXELS = 1_000_000


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_picture_tells_nothing_and_has_the_same_pixels(kind):
    data = make_picture(kind, telling=True)

    made = clean(data, kind, max_pixels=PIXELS)

    kept = read_picture(made.data)
    assert kept.tobytes() == read_picture(data).tobytes()
    assert (dict(kept.getexif()), kept.info["icc_profile"]) == ({}, profile())
    assert SECRET.encode() not in made.data
    assert (made.width, made.height, made.animated) == (64, 48, False)


def test_avif_that_tells_is_coded_anew_and_tells_nothing():
    made = clean(make_picture("avif", telling=True), "avif", max_pixels=PIXELS)

    kept = read_picture(made.data)
    assert (dict(kept.getexif()), kept.size) == ({}, (64, 48))
    assert SECRET.encode() not in made.data


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "avif"])
def test_picture_that_tells_nothing_keeps_every_byte(kind):
    data = make_picture(kind)
    assert clean(data, kind, max_pixels=PIXELS).data == data


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_picture_on_its_side_is_turned_upright(kind):
    made = clean(make_picture(kind, telling=True, turn=6), kind, max_pixels=PIXELS)

    kept = read_picture(made.data)
    assert (made.width, made.height, kept.size) == (48, 64, (48, 64))
    assert dict(kept.getexif()) == {}
    right = read_picture(make_picture(kind)).transpose(Image.Transpose.ROTATE_270).convert("RGB")
    far = max(
        abs(one - other)
        for one, other in zip(kept.convert("RGB").tobytes(), right.tobytes(), strict=True)
    )
    assert far <= {"png": 0, "jpeg": 6, "webp": 12}[kind]


def test_animation_loses_its_comment_and_no_frame(tmp_path):
    frames = [read_picture(make_picture("png", (20 + n, 20))).resize((20, 20)) for n in range(3)]
    file = tmp_path / "a.gif"
    frames[0].save(file, save_all=True, append_images=frames[1:], comment=b"secret", loop=0)

    made = clean(file.read_bytes() + b"<script>", "gif", max_pixels=PIXELS)

    assert made.animated
    assert b"secret" not in made.data
    assert made.data.endswith(b";")
    (tmp_path / "b.gif").write_bytes(made.data)
    with Image.open(tmp_path / "b.gif") as image, Image.open(file) as before:
        assert (image.n_frames, image.info["loop"]) == (before.n_frames, 0)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_what_hangs_behind_the_end_is_cut_off(kind):
    data = make_picture(kind)
    assert clean(data + b"PK\x03\x04<?php evil();", kind, max_pixels=PIXELS).data == data


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "avif"])
def test_picture_that_is_cut_off_is_refused(kind):
    data = make_picture(kind)
    for length in (14, len(data) // 2, len(data) - 12):
        if kind == "gif" and length == len(data) - 12:
            continue  # its decoder needs no more than it has
        with pytest.raises(PictureError):
            clean(data[:length], kind, max_pixels=PIXELS)


def test_bomb_is_refused_before_it_is_decoded():
    bomb = make_bomb(30_000)
    assert len(bomb) < 200
    with pytest.raises(PictureError, match="30000 × 30000 pixels; at most 60 million are taken"):
        clean(bomb, "png", max_pixels=60_000_000)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "avif"])
def test_other_bytes_under_a_signature_are_refused(kind):
    start = make_picture(kind)[:12]
    with pytest.raises(PictureError):
        clean(start + b"<html><script>alert(1)</script></html>" * 9, kind, max_pixels=PIXELS)


def test_no_other_decoder_is_asked():
    with pytest.raises(PictureError):
        clean(make_picture("png"), "jpeg", max_pixels=PIXELS)
