"""Use cases: each loads, acts and saves in one transaction."""

from storage.watch import Unreachable as Unreachable
