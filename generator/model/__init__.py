"""Plain frozen types that the verbs hand to each other. No input or output happens here.

Of all classes of the generator: a value is a `msgspec.Struct`, frozen unless it gathers something; one that is taken
apart, sorted or kept in a `cache.table.Table` is a `NamedTuple`; what people declare is a pydantic model, whose mistakes
get sentences; what keeps a state that nobody hands in is a plain class. Nothing is a dataclass, for Python makes each by
running code that it writes at every start: 0.5 ms, where a struct takes 0.01 ms.

A struct prints all its fields, so one that holds a key, a password or what somebody withholds has a `__repr__` without
it. One that is compared by some of its fields only is a plain class: `!=` of a struct does not ask its `__eq__`.
"""
