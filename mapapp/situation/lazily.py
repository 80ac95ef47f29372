"""Attributes of frozen dataclasses, and values of mappings, that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar, overload

K = TypeVar("K")
T = TypeVar("T")


class Lazily(Generic[T]):
    """An attribute that is given as a value, or as a function without arguments that works it out.

    Two threads that ask at once may both work it out; what they find is the same.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, owner: None, kind: type) -> Lazily[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        if owner is None:
            raise AttributeError(self.name)  # so that a dataclass takes the attribute for one without a default
        value = vars(owner)[self.name]
        if callable(value):
            value = vars(owner)[self.name] = value()
        return value

    def __set__(self, owner: object, value: T | Callable[[], T]) -> None:
        vars(owner)[self.name] = value


class OnDemand(Mapping[K, T]):
    """A mapping with known keys, each value of which is worked out when it is first asked for, and kept."""

    def __init__(self, keys: Iterable[K], work_out: Callable[[K], T]) -> None:
        self._keys = dict.fromkeys(keys)
        self._work_out = work_out
        self._found: dict[K, T] = {}

    def __getitem__(self, key: K) -> T:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._work_out(key)
        return self._found[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
