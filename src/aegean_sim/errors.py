"""The errors of the house; whatever a user can cause is one of these."""


class AegeanError(Exception):
    """Base of all errors that are told to the user in one message."""


class ScenarioError(AegeanError):
    """A scenario file, or an override of it, breaks a rule."""


class GeographyError(AegeanError):
    """A place, route or region is impossible: on land, out of bounds, unreachable."""


class StoreError(AegeanError):
    """A result folder cannot be written or read."""
