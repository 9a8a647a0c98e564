"""What the check of an input comes to."""

from collections.abc import Mapping

from attrs import field, frozen

from domain.violation import Violation


@frozen
class Outcome:
    """Either every violation of an input, in the registry's order, or the input as the provider wants it.

    ``input`` is empty where there are violations. An ``Attachment`` may stand in it where a URL goes.
    """

    violations: tuple[Violation, ...]
    input: Mapping[str, object] = field(repr=False)

    @property
    def ok(self) -> bool:
        return not self.violations
