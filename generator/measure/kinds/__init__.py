"""How each kind of metric is counted: one module a kind, which says which rows it needs and gives the SQL.

- `kind`   the protocol
- `dates`  days and their months
- `sql`    pieces that several of them are put together from
- `survey` what both kinds of answers have in common

The keys that each kind has in metrics.yml are in `generator.model.metric_kinds`.
"""

from __future__ import annotations

from typing import Any

from generator.measure.kinds.activation import ActivationKind
from generator.measure.kinds.dual_use import DualUseKind
from generator.measure.kinds.enps import EnpsKind
from generator.measure.kinds.faq_effect import FaqEffectKind
from generator.measure.kinds.favourable import FavourableKind
from generator.measure.kinds.kind import Kind, Reading
from generator.measure.kinds.retention import RetentionKind
from generator.measure.kinds.share import ShareKind
from generator.measure.kinds.stickiness import StickinessKind

__all__ = ["KINDS", "Kind", "Reading"]

KINDS: dict[str, Kind[Any]] = {
    "share": ShareKind(),
    "stickiness": StickinessKind(),
    "activation": ActivationKind(),
    "retention": RetentionKind(),
    "dual_use": DualUseKind(),
    "favourable": FavourableKind(),
    "enps": EnpsKind(),
    "faq_effect": FaqEffectKind(),
}
