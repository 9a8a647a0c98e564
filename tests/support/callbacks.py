"""The provider's callbacks, as the use case takes them."""

from collections.abc import Awaitable, Callable

from domain.generation import TaskId


def naming(task_id: TaskId | None) -> Callable[[TaskId | None], Awaitable[TaskId | None]]:
    """A callback whose body names this task. As the HTTP port has it, what is known already needs no body."""

    async def named(known: TaskId | None) -> TaskId | None:
        return known or task_id

    return named
