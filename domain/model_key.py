"""A short name of a model, for buttons and links."""

import hashlib

from domain.model import ModelId


def model_key(model_id: ModelId) -> str:
    """Return 8 characters that stand for a model, the same for ever whatever else the registry holds."""
    return hashlib.sha256(model_id.encode()).hexdigest()[:8]
