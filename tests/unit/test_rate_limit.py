"""A bucket of tokens for each key."""

from domain.rate_limit import KEPT_AT_MOST, RateLimit, RateLimiter

ONE_A_SECOND = RateLimit(burst=2, period_s=2.0)


def test_a_burst_is_let_in_and_then_what_the_rate_allows() -> None:
    now = 0.0
    limiter = RateLimiter(lambda: now)
    assert [limiter.allows(ONE_A_SECOND, "ann") for _ in range(3)] == [True, True, False]
    assert limiter.allows(ONE_A_SECOND, "bob")
    now = 1.0
    assert [limiter.allows(ONE_A_SECOND, "ann") for _ in range(2)] == [True, False]
    now = 100.0
    assert [limiter.allows(ONE_A_SECOND, "ann") for _ in range(3)] == [True, True, False]


def test_the_key_that_asked_longest_ago_is_forgotten_first() -> None:
    limiter = RateLimiter(lambda: 0.0)
    once = RateLimit(burst=1, period_s=1.0)
    for number in range(KEPT_AT_MOST):
        limiter.allows(once, str(number))
    assert not limiter.allows(once, "0")
    limiter.allows(once, "new")
    assert not limiter.allows(once, "0")
    assert limiter.allows(once, "1")
