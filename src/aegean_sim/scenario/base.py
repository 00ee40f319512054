"""What all parts of a scenario file share: strict frozen models, names, places, delays."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Name: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
Positive: TypeAlias = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Finite: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Waters: TypeAlias = Literal["GR", "TR", "IT", "MT", "LY", "TN", "high_seas"]
Point: TypeAlias = tuple[Finite, Finite]
Place: TypeAlias = str | Point
"""A named place, or a point: lon and lat in degrees on a coast, x and y in nautical miles in a laboratory."""


class Model(BaseModel):
    """Base of all parts of a scenario: immutable, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Triangle(Model):
    """Triangular law: least, most likely, greatest."""

    triangular: tuple[NotNegative, NotNegative, NotNegative]

    @model_validator(mode="after")
    def _in_order(self) -> Triangle:
        low, mode, high = self.triangular
        if not low <= mode <= high:
            raise ValueError(f"triangular {list(self.triangular)} must rise: least, most likely, greatest")
        return self


class Exponential(Model):
    """Exponential law, by its mean."""

    exponential: Positive


class Constant(Model):
    """Always the same."""

    constant: NotNegative


def _number_as_constant(value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"constant": value} if is_number else value


Delay: TypeAlias = Annotated[Constant | Triangle | Exponential, BeforeValidator(_number_as_constant)]
"""A duration: a number, ``{triangular: [least, likely, most]}`` or ``{exponential: mean}``; the key names the unit."""


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
