"""Checking inputs against the registry: a model is compiled once into closures that tell every violation at once."""

from domain.validation.closest import closest
from domain.validation.model_input import Validator, compile_model, not_an_object
from domain.validation.nested import compile_parameter
from domain.validation.outcome import Outcome

__all__ = ["Outcome", "Validator", "closest", "compile_model", "compile_parameter", "not_an_object"]
