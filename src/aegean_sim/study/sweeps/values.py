"""Values to try: levels of a lever as they are written, and spreads of what is not known."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.messages import shown
from aegean_sim.scenario.reading import read_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*(?::\s*({_NUMBER})\s*)?")
_SPREAD = re.compile(rf"\s*({_NUMBER})\s*~\s*({_NUMBER})\s*")
_MOST_LEVELS = 100_000


class Spread(Protocol):
    """What is not known about a value."""

    def at(self, share: float) -> Any:
        """Give the value that a share, 0 to 1, of its chance lies below."""
        ...

    @property
    def ends(self) -> tuple[Any, ...]:
        """Values to check: the least and the greatest, or all."""
        ...


def levels_of(written: Any, where: str) -> tuple[Any, ...]:
    """Read the levels of a lever: a list, a range ``0..6`` or ``0..6:2`` with its ends, or a single value.

    Raises
    ------
    ScenarioError
        When a range falls, does not come to its end in whole steps, or a list is empty.
    """
    if isinstance(written, list):
        if not written:
            raise ScenarioError(f"{where}: an empty list has no value to try")
        return tuple(written)
    match = _RANGE.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        if isinstance(written, str) and ".." in written:
            raise ScenarioError(f"{where} is {shown(written)}: a range is first..last or first..last:step")
        return (written,)
    return _steps(match, f"{where} is {shown(written)}")


def levels_told(text: str, where: str) -> tuple[Any, ...]:
    """Read levels as the command line gives them: ``0..6``, ``a,b,c``, or a list in brackets."""
    if _RANGE.fullmatch(text):
        return levels_of(text, where)
    value = read_value(f"[{text}]", where)
    nested = len(value) == 1 and isinstance(value[0], list)
    return levels_of(value[0] if nested else value, where)


def _steps(match: re.Match[str], what: str) -> tuple[Any, ...]:
    first, last, step = (_exact(number, what) for number in (match[1], match[2], match[3] or "1"))
    if step <= 0 or last < first:
        raise ScenarioError(f"{what}: a range rises from its first to its last value by a step above 0")
    count = (last - first) / step
    if count != count.to_integral_value():
        raise ScenarioError(f"{what}: {step} does not lead from {first} to {last} in whole steps")
    if count >= _MOST_LEVELS:
        raise ScenarioError(f"{what}: has more than {_MOST_LEVELS:,} values")
    return tuple(plain(first + step * number) for number in range(int(count) + 1))


def _exact(number: str, what: str) -> Decimal:
    is_lost = float(number) == 0.0 and re.search("[1-9]", re.split("[eE]", number)[0])
    if is_lost or not math.isfinite(float(number)):
        raise ScenarioError(f"{what}: {number} is beyond the numbers that can be reckoned with")
    return Decimal(number)


def plain(number: Decimal | float) -> int | float:
    """Give a whole number as int, any other as float: 1 and 1.0 are the same setting."""
    return int(number) if math.isfinite(number) and number == int(number) else float(number)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Any value between two, each as likely as any other."""

    least: float
    greatest: float

    def at(self, share: float) -> float:
        """Give a quantile."""
        return self.least + share * (self.greatest - self.least)

    @property
    def ends(self) -> tuple[float, ...]:
        """Both ends."""
        return self.least, self.greatest


@dataclass(frozen=True, slots=True)
class Triangular:
    """The triangular law: least, most likely, greatest."""

    least: float
    mode: float
    greatest: float

    def at(self, share: float) -> float:
        """Give a quantile."""
        width, rise = self.greatest - self.least, self.mode - self.least
        if width == 0.0:
            return self.least
        if share * width <= rise:
            return self.least + math.sqrt(share * width * rise)
        return self.greatest - math.sqrt((1.0 - share) * width * (self.greatest - self.mode))

    @property
    def ends(self) -> tuple[float, ...]:
        """Both ends."""
        return self.least, self.greatest


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values, each with its share of chance; the shares add up to 1."""

    values: tuple[Any, ...]
    shares: tuple[float, ...]

    def at(self, share: float) -> Any:
        """Give a quantile in the order of the list."""
        edges = list(accumulate(self.shares))[:-1]
        return self.values[bisect_right(edges, share)]

    @property
    def ends(self) -> tuple[Any, ...]:
        """All of them."""
        return self.values


def spread_of(written: Any, where: str) -> Spread:
    """Read a spread: ``5~30``, whole numbers ``2..6``, a list, or a law by its name.

    Laws are ``{uniform: [a, b]}``, ``{triangular: [a, likely, b]}`` and ``{choice: {value: share, ...}}``.

    Raises
    ------
    ScenarioError
        When it is none of these.
    """
    match = _SPREAD.fullmatch(written) if isinstance(written, str) else None
    if match is not None:
        return _uniform([float(match[1]), float(match[2])], where)
    if isinstance(written, list) or (isinstance(written, str) and _RANGE.fullmatch(written)):
        values = levels_of(written, where)
        return Choice(values, (1.0 / len(values),) * len(values))
    law, numbers = (
        next(iter(written.items())) if isinstance(written, dict) and len(written) == 1 else ("", None)
    )
    if law in _LAWS:
        return _LAWS[law](numbers, f"{where}.{law}")
    raise ScenarioError(
        f"{where} is {shown(written)}: must be least~greatest, first..last, a list, {{uniform: [a, b]}},"
        " {triangular: [a, likely, b]} or {choice: {value: share}}"
    )


def _uniform(numbers: Any, where: str) -> Uniform:
    return Uniform(*_rising(numbers, 2, where))


def _triangular(numbers: Any, where: str) -> Triangular:
    return Triangular(*_rising(numbers, 3, where))


def _rising(numbers: Any, count: int, where: str) -> Sequence[float]:
    sound = isinstance(numbers, list) and len(numbers) == count and all(map(_is_number, numbers))
    if not sound or list(numbers) != sorted(numbers):
        raise ScenarioError(f"{where} is {shown(numbers)}: must be {count} finite numbers that rise")
    return [float(number) for number in numbers]


def _choice(shares: Any, where: str) -> Choice:
    sound = isinstance(shares, dict) and shares and all(map(_is_number, shares.values()))
    total = sum(shares.values()) if sound else 0.0
    if not sound or min(shares.values()) < 0.0 or abs(total - 1.0) > 1e-6:
        raise ScenarioError(f"{where} is {shown(shares)}: must be values with shares that add up to 1")
    return Choice(tuple(map(_key, shares)), tuple(share / total for share in shares.values()))


def _key(written: Any) -> Any:
    """Give a value that was written as a key, which files know as texts only."""
    is_text_of_number = isinstance(written, str) and re.fullmatch(_NUMBER, written)
    return read_value(written, "choice") if is_text_of_number else written


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


_LAWS: dict[str, Callable[[Any, str], Spread]] = {
    "uniform": _uniform,
    "triangular": _triangular,
    "choice": _choice,
}
