"""Control characters are gone from what is kept, and nothing else is."""

from shared.content.lines import one_line, plain_lines


def test_one_line_folds_blanks_and_drops_controls() -> None:
    assert one_line("  a\tb\r\n c\x00d\x1b[0m 学\u3000习\ud800 ") == "a b c d [0m 学 习"


def test_plain_lines_keep_everything_but_controls_and_odd_line_ends() -> None:
    assert (
        plain_lines("a\r\nb\rc\n\td\x00\x0b 👩\u200d💻\u2028 ") == "a\nb\nc\n\td 👩\u200d💻\u2028 "
    )
