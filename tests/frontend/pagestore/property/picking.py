"""Choosing among what there is."""

from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

PLACES = st.integers(0, 7)  # which one, of however many there are
HOURS = st.sampled_from([-20_000, -7000, -1000, -2, -1, 0, 1, 2, 24, 7000])
SLUGS = st.sampled_from(["one", "二", "three", "new", "six", "about", "ONE"])
TAGS = st.sets(st.sampled_from(["oak", "实习", "elm", "Oak Wood"]), max_size=3)
WORDS = st.sampled_from(["Quiet", "实习生", "Zebra & <b>", "One"])


def pick(session: Session, model: Any, place: int) -> Any:
    """Return one row of a table by its place in the order of ids, None when it is empty."""
    rows = session.scalars(select(model).order_by(model.id)).all()
    return rows[place % len(rows)] if rows else None
