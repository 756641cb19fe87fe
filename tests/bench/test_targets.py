from bench.targets import Target, verdict

CPU = Target(2.5, "ms")
RATE = Target(0.95, "of the rate", is_least=True)


def test_verdict_tells_by_how_much_a_target_is_missed():
    assert verdict((CPU, 2.5)) == "reached"
    assert verdict((CPU, 2.75)) == "missed by 0.25 ms"
    assert verdict((RATE, 0.95)) == "reached"
    assert verdict((RATE, 0.7)) == "missed by 0.25 of the rate"
    assert verdict((CPU, 3.5), (RATE, 1.0), (Target(8, "queries", ".0f"), 10)) == (
        "missed by 1.00 ms, 2 queries"
    )


def test_figure_without_target_has_no_verdict():
    assert verdict((None, 99.0)) == ""
    assert verdict((CPU, None)) == ""
    assert verdict((None, 99.0), (CPU, 1.0)) == "reached"


def test_target_reads_as_it_is_meant():
    assert [str(CPU), str(RATE), str(Target(8))] == ["≤ 2.5 ms", "≥ 0.95 of the rate", "≤ 8"]
