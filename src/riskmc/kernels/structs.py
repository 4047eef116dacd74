"""Structs: a named tuple of arrays passed between kernels by reference, so that many small ones can share many arrays.

numba passes a tuple by value: with a hundred arrays every call copies kilobytes, and compiles as slowly as it runs.
`as_struct` puts the tuple's fields, and those of tuples in it, behind one pointer on the stack of the kernel that was
given the tuple; attributes read the same. Nothing is copied but the descriptions of the arrays, and none of them is
counted as a reference: a struct lives no longer than the kernel that made it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model

_NamedTuple: Any = types.BaseNamedTuple
_POINTER = ir.IntType(8).as_pointer()


class Struct(types.Type):
    """The type of a struct: names and types of its fields.

    Its name is a digest of them, for it becomes part of the name of every function that is given the struct.
    """

    def __init__(self, fields: tuple[tuple[str, Any], ...]):
        self.fields = fields
        self.types = dict(fields)
        super().__init__(f"Struct({sha256(repr(fields).encode()).hexdigest()[:16]})")


@register_model(Struct)
class _StructModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any):
        super().__init__(manager, kind, _POINTER)


@infer_getattr
class _StructAttribute(AttributeTemplate):
    key = Struct

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        return kind.types.get(name)


@lower_getattr_generic(Struct)
def _attribute(context: Any, builder: Any, kind: Any, pointer: Any, name: str) -> Any:
    """Load a field; an array comes without its owner, so that numba counts no reference to it."""
    where = builder.bitcast(pointer, _layout(context, kind).as_pointer())
    place = list(kind.types).index(name)
    value = builder.load(cgutils.gep_inbounds(builder, where, 0, place))
    if isinstance(kind.types[name], types.Array):
        for owner in (0, 1):
            value = builder.insert_value(value, ir.Constant(_POINTER, None), owner)
    return value


def _layout(context: Any, kind: Any) -> Any:
    return ir.LiteralStructType([context.get_value_type(field) for _, field in kind.fields])


def _typed(kind: Any) -> Any:
    """Return the type of a struct for a named tuple; of anything else its own."""
    if isinstance(kind, _NamedTuple):
        return Struct(tuple((name, _typed(field)) for name, field in zip(kind.fields, kind.types, strict=True)))
    return types.unliteral(kind)


def _built(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """Write code that puts a named tuple on the stack, and return where."""
    if not isinstance(kind, _NamedTuple):
        return value
    where = cgutils.alloca_once(builder, _layout(context, _typed(kind)))
    for place, field in enumerate(kind.types):
        part = _built(context, builder, field, builder.extract_value(value, place))
        builder.store(part, cgutils.gep_inbounds(builder, where, 0, place))
    return builder.bitcast(where, _POINTER)


def _as_struct(typingctx: Any, table: Any) -> Any:  # noqa: ARG001
    """Return a struct with the fields of a named tuple, which shares its arrays; for use in the kernel that has it."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _built(context, builder, signature.args[0], args[0])

    return _typed(table)(table), codegen


as_struct: Any = intrinsic(_as_struct)
