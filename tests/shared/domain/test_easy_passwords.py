"""First guesses are refused whatever is put around them; sentences are not."""

import pytest

from shared.domain.errors import Invalid
from shared.domain.passwords import check_password


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password2026!",
        "P@ssw0rd2026",
        "passwordpassword",
        "1234567890",
        "0987654321",
        "13912345678",
        "19900101199",
        "qwertyuiop",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "abcdefghij",
        "zyxwvutsrq1",
        "abcabcabcabc",
        "aaaaaaaaaaaa",
        "letmein!!!!!",
        "iloveyou12",
        "a123456789",
        "qq123456789",
        "woaini1314520",
        "5201314woaini",
        "zhangwei1990",
        "我爱你我爱你1314",
        "wodemima888888",
        "administrator",
        "triptych2026",
        "１２３４５６７８９０",
    ],
)
def test_first_guess_is_refused(password):
    with pytest.raises(Invalid, match="too easy to guess"):
        check_password(password)


@pytest.mark.parametrize(
    "password",
    ["Ann-Li-2026", "ann.li@example.org", "annli12345", "MyGarden2026", "我的花园123456"],
)
def test_own_name_address_and_site_are_refused_with_digits_around_them(password):
    about = {"name": "Ann Li", "email": "ann.li@example.org"}
    with pytest.raises(Invalid):
        check_password(password, **about, site="我的花园" if "花" in password else "My Garden")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "a new sentence",
        "床前明月光疑是地上霜",
        "password of the blue whale",
        "kX8#mq2vR!",
        "3141592653589793238",
        "Ann likes long walks",
    ],
)
def test_sentence_and_random_text_are_taken(password):
    check_password(password, name="Ann Li", email="ann.li@example.org", site="My Garden")


@pytest.mark.parametrize("password", ["short", "x" * 201])
def test_length_has_its_bounds(password):
    with pytest.raises(Invalid, match="Give 10 to 200 characters"):
        check_password(password)
