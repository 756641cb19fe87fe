import pytest

from admin.transfer.export.paths import Paths, is_safe, safe_part


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("flask学习", "flask学习"),
        ("..", "_"),
        ("../../etc/passwd", "_/_/etc/passwd"),
        ("/etc/passwd", "_/etc/passwd"),
        ("a\\..\\b", "a_.._b"),
        ("c:x", "c_x"),
        ("con", "con_"),
        ("lpt1.notes", "lpt1.notes_"),
        ("vendor/a", "vendor_/a"),
        (".hidden", "_hidden"),
        ("dot. ", "dot"),
        ("a\nb\0c", "a_b_c"),
        ("cafe\u0301", "café"),
        ("half \ud800", "half _"),
        ("", "_"),
    ],
)
def test_path_stays_inside_and_can_be_written_everywhere(name, kept):
    assert Paths().give("pages", name) == f"pages/{kept}.md"


def test_long_names_fit_in_a_file_system():
    assert len(safe_part("学" * 200).encode()) == 240


def test_paths_differ_also_without_regard_to_case():
    paths = Paths()
    given = [paths.give("_posts", name) for name in ("a", "A", "Straße", "STRASSE", "a-2", "a")]
    assert given == [
        "_posts/a.md",
        "_posts/A-2.md",
        "_posts/Straße.md",
        "_posts/STRASSE-2.md",
        "_posts/a-2-2.md",
        "_posts/a-3.md",
    ]


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("media/ab/图.png", True),
        ("media/../x", False),
        ("/media/x", False),
        ("media/a\\b", False),
        ("media/a\nb", False),
        ("media/\udcff", False),
    ],
)
def test_media_keep_their_path_or_stay(path, safe):
    assert is_safe(path) is safe
