"""Two people's texts of one beginning become one; nothing that either wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from shared.content.merging import join, merge, paragraphs

WORDS = st.lists(st.sampled_from(["One.", "二。", "Three.", "四。", "Five.", "- six"]), max_size=7)
TEXTS = WORDS.map("\n\n".join)


def kinds(parts):
    return [part.kind for part in parts]


def test_paragraphs_that_only_one_side_changed_are_taken():
    parts = merge("A\n\nB\n\nC", "A, mine\n\nB\n\nC", "A\n\nB\n\nC, theirs\n\nD")

    assert kinds(parts) == ["mine", "same", "theirs"]
    assert join(parts) == "A, mine\n\nB\n\nC, theirs\n\nD"


def test_paragraph_that_both_changed_is_a_conflict_with_three_ways_out():
    parts = merge("A\n\nB\n\nC", "A\n\nB, mine\n\nC", "A\n\nB, theirs\n\nC")
    (conflict,) = [part for part in parts if part.kind == "conflict"]

    assert (conflict.base, conflict.mine, conflict.theirs) == (
        ("B",),
        ("B, mine",),
        ("B, theirs",),
    )
    assert [join(parts, {conflict.key: way}) for way in ("mine", "theirs", "both")] == [
        "A\n\nB, mine\n\nC",
        "A\n\nB, theirs\n\nC",
        "A\n\nB, mine\n\nB, theirs\n\nC",
    ]


def test_paragraph_that_one_removed_and_the_other_changed_is_a_conflict():
    parts = merge("A\n\nB", "A", "A\n\nB!")

    assert kinds(parts) == ["same", "conflict"]
    assert join(parts) == "A\n\nB!"


def test_both_sides_made_the_same_change():
    assert kinds(merge("A", "B", "B")) == ["same"]


def test_without_a_base_what_both_share_is_taken_for_it():
    parts = merge(None, "A\n\nmine\n\nC\n\nD, mine", "A\n\nC\n\nD, theirs")

    assert kinds(parts) == ["same", "mine", "same", "conflict"]
    assert join(parts) == "A\n\nmine\n\nC\n\nD, mine\n\nD, theirs"


def test_block_of_code_is_one_paragraph():
    code = "```py\na = 1\n\n\nb = 2\n```"

    assert paragraphs(f"One\n\n{code}\n\nTwo") == ["One", code, "Two"]


@given(TEXTS, TEXTS)
def test_side_that_changed_nothing_gives_way(base, other):
    assert join(merge(base, base, other)) == join(merge(base, other, base))
    assert paragraphs(join(merge(base, base, other))) == paragraphs(other)


@given(TEXTS, TEXTS, TEXTS)
def test_sides_may_change_places(base, mine, theirs):
    swapped = {"mine": "theirs", "theirs": "mine"}
    one, two = merge(base, mine, theirs), merge(base, theirs, mine)

    assert kinds(one) == [swapped.get(kind, kind) for kind in kinds(two)]
    assert [(part.mine, part.theirs) for part in one] == [(part.theirs, part.mine) for part in two]


@given(TEXTS, TEXTS, TEXTS)
def test_stretches_are_the_texts_and_all_that_is_new_is_in_the_result(base, mine, theirs):
    parts = merge(base, mine, theirs)
    sides = (("base", base), ("mine", mine), ("theirs", theirs))

    for name, text in sides:
        assert [line for part in parts for line in getattr(part, name)] == paragraphs(text)
    new = (set(paragraphs(mine)) | set(paragraphs(theirs))) - set(paragraphs(base))
    assert new <= set(paragraphs(join(parts)))
