"""Servers are asked in turns, and each gets the medians of its own."""

import pytest

from bench.clients import Load
from bench.measuring import Question, Side, Turns


class Counted:
    """A server that costs a second of processor time more whenever that is asked for."""

    def __init__(self, port):
        self.port, self.seconds = port, 0.0

    def cpu(self):
        self.seconds += 1.0
        return self.seconds


@pytest.mark.parametrize("rounds", [3, 5])
def test_medians_of_turns(rounds):
    asked = []

    def client(port, target, headers, connections, seconds):
        asked.append((port, target, dict(headers), connections, seconds))
        turn = len(asked)
        return Load(requests=100 * port, seconds=2.0, p50=port + turn / 1_000, p99=2.0 * port)

    turns = Turns(client, connections=4, rounds=rounds, seconds=2, warm_up=1)
    plain, small = Question("/a"), Question("/b", {"Accept-Encoding": "br"})
    sides = turns.measure((Counted(1), plain), (Counted(2), small))

    assert [side.rate for side in sides] == [50.0, 100.0]
    assert [side.p99 for side in sides] == [2.0, 4.0]
    assert [side.cpu for side in sides] == [10.0, 5.0]
    assert isinstance(sides[0], Side)
    one = (1, "/a", {"Accept-Encoding": "identity"}, 4)
    two = (2, "/b", {"Accept-Encoding": "br"}, 4)
    assert asked[:2] == [(*one, 1), (*two, 1)]
    # In the other order each second time.
    assert asked[2:6] == [(*two, 2), (*one, 2), (*one, 2), (*two, 2)]
    assert len(asked) == 2 + 2 * rounds
