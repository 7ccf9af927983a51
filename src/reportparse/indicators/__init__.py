"""Indicators that are known by name: packs in TOML, and the match of a record with one of them.

load()                  the registry of the library's packs (`load(folder)` lays the user's over them)
registry.match(record)  the indicator, with the alias or pattern that fits; None keeps the record's own words
"""

from reportparse.indicators.model import Indicator, Match, Standard
from reportparse.indicators.registry import PACKS, Registry, load

__all__ = ["PACKS", "Indicator", "Match", "Registry", "Standard", "load"]
