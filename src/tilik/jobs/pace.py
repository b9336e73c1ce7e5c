"""How fast a job goes and how long it will take: from the last results, so that it follows the machine."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW = 200
"""Results that the rate is taken from."""


class Pace:
    """Tell it each result; read ``rate`` (a second) and ``remaining`` (seconds), ``None`` before two came."""

    def __init__(self, total: int, before: int = 0, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self.before = total, before, before
        self._clock = clock
        self._times = deque([clock()], maxlen=WINDOW + 1)

    def tick(self) -> None:
        """One more is done."""
        self.done += 1
        self._times.append(self._clock())

    @property
    def rate(self) -> float | None:
        """Results a second, over the last of them."""
        took = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / took if len(self._times) > 2 and took > 0 else None

    @property
    def remaining(self) -> float | None:
        """Seconds to the end at this rate."""
        return (self.total - self.done) / self.rate if self.rate else None

    def __str__(self) -> str:
        told = f"{self.done} of {self.total}"
        if self.rate is None or self.remaining is None:
            return told
        left = round(self.remaining)
        return f"{told}, {self.rate:.2f} a second, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} to go"
