"""What all parts of a scenario file share: strict frozen models, names, places, delays."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"

# Strict, because YAML's `yes` or "24" in quotes would otherwise pass for a number.
Name: TypeAlias = Annotated[str, Field(pattern=NAME_PATTERN)]
Month: TypeAlias = Annotated[str, Field(pattern=MONTH_PATTERN)]
Positive: TypeAlias = Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)]
NotNegative: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
Finite: TypeAlias = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1, strict=True)]
MOST = 1_000_000
"""Greatest number that a law of durations may hold."""
State: TypeAlias = Literal["GR", "TR", "IT", "MT", "LY", "TN"]
"""A coastal state by its ISO 3166 code."""
Waters: TypeAlias = Literal[State, "high_seas"]
Nation: TypeAlias = Literal[
    "BE", "BG", "CA", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "IE", "IT", "LT", "LU", "LV",
    "LY", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "TN", "TR", "US", "EU", "NATO",
]  # fmt: skip
"""A state by its ISO 3166 code, or an alliance."""
Point: TypeAlias = tuple[Finite, Finite]


def _place_form(value: Any) -> str | None:
    return "<name>" if isinstance(value, str) else "<point>" if isinstance(value, (list, tuple)) else None


# Tags stand in angle brackets so that an error's location tells them from keys of the file.
Place: TypeAlias = Annotated[
    Annotated[str, Tag("<name>")] | Annotated[Point, Tag("<point>")],
    Discriminator(
        _place_form,
        custom_error_type="place",
        custom_error_message="must be the name of a place, or a point: a list of two numbers",
    ),
]
"""A named place, or a point: lon and lat in degrees on a coast, x and y in nautical miles in a laboratory."""


T = TypeVar("T", bound=str)
Chosen: TypeAlias = Annotated[frozenset[T], PlainSerializer(sorted, when_used="json")]
"""A set of words; written in order, so that the same scenario gives the same text."""


class Model(BaseModel):
    """Base of all parts of a scenario: immutable, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, data: Any) -> Any:
        """Refuse unknown keys before a key they were meant for is missed, and tell which are known."""
        known = cls.model_fields
        unknown = [key for key in data if key not in known] if isinstance(data, dict) else []
        if unknown:
            context = {"key": str(unknown[0]), "known": tuple(known)}
            raise PydanticCustomError("unknown_key", "unknown key", context)
        return data


_Bounded: TypeAlias = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False, strict=True)]
_BoundedPositive: TypeAlias = Annotated[float, Field(gt=0, le=MOST, allow_inf_nan=False, strict=True)]


class Triangle(Model):
    """Triangular law: least, most likely, greatest."""

    triangular: tuple[_Bounded, _Bounded, _Bounded]

    @model_validator(mode="after")
    def _in_order(self) -> Triangle:
        low, mode, high = self.triangular
        if not low <= mode <= high:
            raise ValueError(f"triangular {list(self.triangular)} must rise: least, most likely, greatest")
        return self


class Exponential(Model):
    """Exponential law, by its mean."""

    exponential: _BoundedPositive


class Lognormal(Model):
    """Lognormal law: median, and the factor that two in three draws stay within, above or below."""

    lognormal: tuple[_BoundedPositive, Annotated[float, Field(ge=1, le=100, strict=True)]]


class Empirical(Model):
    """As measured: each value as often as any other; in a file, a CSV table with a column ``minutes``."""

    empirical: Annotated[tuple[_Bounded, ...], Field(min_length=1)]


class Constant(Model):
    """Always the same."""

    constant: _Bounded


def _number_as_constant(value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"constant": value} if is_number else value


DELAY_LAWS: tuple[str, ...] = ("constant", "triangular", "exponential", "lognormal", "empirical")


def _delay_law(value: Any) -> str | None:
    known = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    return next((f"<{law}>" for law in DELAY_LAWS if law in known), None)


Delay: TypeAlias = Annotated[
    Annotated[Constant, Tag("<constant>")]
    | Annotated[Triangle, Tag("<triangular>")]
    | Annotated[Exponential, Tag("<exponential>")]
    | Annotated[Lognormal, Tag("<lognormal>")]
    | Annotated[Empirical, Tag("<empirical>")],
    Discriminator(
        _delay_law,
        custom_error_type="delay",
        custom_error_message=(
            "must be a number, {triangular: [least, likely, most]}, {exponential: mean},"
            " {lognormal: [median, factor]} or {empirical: table.csv}"
        ),
    ),
    BeforeValidator(_number_as_constant),
]
"""A number, or a law by its name, such as ``{triangular: [least, likely, most]}``; its key names the unit."""


class Fact(Model):
    """Where a value of this file comes from, and how sure it is.

    Parameters
    ----------
    path : str
        Dotted path of the value in this file.
    source : str
        Publication, or the reasoning of an assumption.
    confidence : {"high", "medium", "low"}
        As in the reference tables.
    basis : {"SOURCED", "DERIVED", "ASSUMPTION", "UNVERIFIED"}
        Whether it was published, worked out, or proposed.
    range : tuple of float, optional
        Least and greatest value worth trying.
    """

    path: str
    source: str
    confidence: Literal["high", "medium", "low"]
    basis: Literal["SOURCED", "DERIVED", "ASSUMPTION", "UNVERIFIED"] = "SOURCED"
    range: tuple[Finite, Finite] | None = None
