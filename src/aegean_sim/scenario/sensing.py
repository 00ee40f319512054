"""Sensors in a scenario file: a law with its numbers, or a preset by target class, sea state and light."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from aegean_sim.scenario.base import Model, Name, NotNegative, Positive

TargetClass: TypeAlias = Literal["rubber", "wooden", "swimmers"]
TARGET_CLASSES: tuple[TargetClass, ...] = ("rubber", "wooden", "swimmers")
SensorKind: TypeAlias = Literal["radar", "visual", "infrared"]
SENSOR_KINDS: tuple[SensorKind, ...] = ("radar", "visual", "infrared")


class InverseCube(Model):
    """Koopman's law, ``rate = b / (r2 + height2)^1.5``; ``b`` itself, or a sweep width at a speed."""

    law: Literal["inverse_cube"]
    b_nm3_per_h: Positive | None = None
    sweep_width_nm: Positive | None = None
    at_speed_kn: Positive | None = None
    max_range_nm: Positive | None = None
    height_nm: NotNegative = 0.0

    @model_validator(mode="after")
    def _one_way(self) -> InverseCube:
        by_width = self.sweep_width_nm is not None and self.at_speed_kn is not None
        half = (self.sweep_width_nm is None) != (self.at_speed_kn is None)
        if half or (self.b_nm3_per_h is None) != by_width:
            raise ValueError("give either b_nm3_per_h, or sweep_width_nm together with at_speed_kn")
        return self


class DefiniteRange(Model):
    """Seen at once within a range, never beyond it."""

    law: Literal["definite_range"]
    range_nm: Positive


class DiscRate(Model):
    """Seen at a constant rate within a range."""

    law: Literal["disc_rate"]
    range_nm: Positive
    rate_per_h: Positive


class Radar(Model):
    """Swerling 1 target, signal falling as the fourth power of range; independent looks."""

    law: Literal["radar"]
    r50_nm: Positive
    false_alarm: Annotated[float, Field(gt=0, lt=0.5, strict=True)] = 1e-6
    look_s: Positive = 30.0
    max_range_nm: Positive | None = None


LawSensor: TypeAlias = Annotated[InverseCube | DefiniteRange | DiscRate | Radar, Field(discriminator="law")]

BySea: TypeAlias = tuple[NotNegative, NotNegative, NotNegative, NotNegative]
"""One number each for Douglas sea states 0-2, 3, 4, and 5 and above."""


class Preset(Model):
    """A sensor's numbers by target class and sea state, with its source.

    Parameters
    ----------
    kind : {"radar", "visual", "infrared"}
        A boat's lasting cross-section factor is common to all sensors of a kind.
    law : {"inverse_cube", "radar"}
        Whether the table holds sweep widths (inverse cube) or per-look 50 % ranges (radar).
    at_speed_kn : float, optional
        Searcher speed at which the sweep widths hold; inverse cube only.
    sweep_width_nm, r50_nm : mapping of target class to four numbers
        By Douglas sea state 0-2, 3, 4, 5+; the one that the law needs.
    max_range_nm : mapping of target class to number
        Nothing is seen beyond it; the horizon may cut it further.
    height_m : float
        Height of antenna or eye above the sea.
    night_factor : float
        What the table's numbers are multiplied by at night; 0 switches the sensor off.
    """

    kind: SensorKind
    law: Literal["inverse_cube", "radar"]
    at_speed_kn: Positive | None = None
    sweep_width_nm: dict[TargetClass, BySea] | None = None
    r50_nm: dict[TargetClass, BySea] | None = None
    false_alarm: Annotated[float, Field(gt=0, lt=0.5, strict=True)] = 1e-6
    look_s: Positive = 30.0
    max_range_nm: dict[TargetClass, Positive]
    height_m: Positive
    night_factor: NotNegative = 1.0
    day_factor: NotNegative = 1.0
    source: str
    confidence: Literal["high", "medium", "low"]

    @model_validator(mode="after")
    def _table_fits_law(self) -> Preset:
        if self.law == "inverse_cube" and (self.sweep_width_nm is None or self.at_speed_kn is None):
            raise ValueError("an inverse_cube preset needs sweep_width_nm and at_speed_kn")
        if self.law == "radar" and self.r50_nm is None:
            raise ValueError("a radar preset needs r50_nm")
        tables = (self.sweep_width_nm if self.law == "inverse_cube" else self.r50_nm, self.max_range_nm)
        missing = [target for target in TARGET_CLASSES for table in tables if target not in (table or {})]
        if missing:
            raise ValueError(f"a preset needs numbers for every target class; missing: {missing[0]}")
        return self


class PresetSensor(Model):
    """A sensor of a preset, perhaps at another height."""

    preset: Name
    height_m: Positive | None = None


def _form(value: Any) -> str:
    has_preset = "preset" in value if isinstance(value, dict) else isinstance(value, PresetSensor)
    return "<preset>" if has_preset else "<law>"


Sensor: TypeAlias = Annotated[
    Annotated[PresetSensor, Tag("<preset>")] | Annotated[LawSensor, Tag("<law>")], Discriminator(_form)
]
