"""Structs: a named tuple of arrays handed to kernels by reference, so that many small ones can share many arrays.

numba passes a tuple by value: with a hundred arrays every call copies kilobytes, and compiles as slowly as it runs.
`as_struct` lays the fields of a named tuple, and of tuples in it, one after the other in memory: of an array where it
lies, its shape and its strides, of a number its value. A kernel gets the address of that, and hands it on; attributes
read the same. No array is copied, and none is counted as a reference: the struct keeps them all, and lives as long as
its caller holds it. What is laid out never changes while a kernel runs, and the compiler is told so.

An array of a struct is a `Row` to the kernel: it can be read and written by whole indices, and has a size and a shape,
no more. So it compiles several times as fast as numba's own array. Indices from 0 on alone are allowed, and none is
checked.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import numpy as np
from llvmlite import ir
from numba import typeof
from numba.core import cgutils, config, types
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)

WORD = ir.IntType(64)


class Row(types.Type):
    """The type of an array of a struct: its elements, how many indices it has, whether they lie side by side.

    What describes it is ``lasting`` where it is in the struct, and not a part that a kernel has taken of an array.
    """

    def __init__(self, dtype: Any, ndim: int, contiguous: bool, lasting: bool):
        self.dtype, self.ndim, self.contiguous, self.lasting = dtype, ndim, contiguous, lasting
        super().__init__(f"Row({dtype}, {ndim}, {contiguous}, {lasting})")


class Struct(types.Type):
    """The type of a struct: names and types of its fields.

    Its name is a digest of them, for it becomes part of the name of every function that is given the struct.
    """

    def __init__(self, fields: tuple[tuple[str, Any], ...]):
        self.fields = fields
        self.types = dict(fields)
        super().__init__(f"Struct({sha256(repr(fields).encode()).hexdigest()[:16]})")


class Laid:
    """A named tuple laid out in memory as words of 64 bits, and the arrays in it, which it keeps."""

    __slots__ = ("address", "kind", "table", "words")

    def __init__(self, table: Any):
        self.table, self.kind = table, _typed(table)
        self.words = np.array(list(_words(table)), np.int64)
        self.address = self.words.ctypes.data


def as_struct(table: Any) -> Any:
    """Return a struct with the fields of a named tuple, which shares its arrays: what kernels are called with."""
    return table if config.DISABLE_JIT else Laid(table)  # type: ignore[attr-defined]


def _typed(value: Any) -> Any:
    """Return the type of a field: a struct for a named tuple; whole numbers have 64 bits."""
    if isinstance(value, tuple):
        return Struct(tuple((name, _typed(field)) for name, field in zip(value._fields, value, strict=True)))  # type: ignore[attr-defined]
    if isinstance(value, np.ndarray):
        kind: Any = typeof(value)
        return Row(kind.dtype, kind.ndim, kind.layout == "C", lasting=True)
    return types.float64 if isinstance(value, (float, np.floating)) else types.int64


def _words(value: Any) -> Iterator[int]:
    """Yield the words of a field."""
    if isinstance(value, tuple):
        for field in value:
            yield from _words(field)
    elif isinstance(value, np.ndarray):
        yield value.__array_interface__["data"][0]
        yield from value.shape
        yield from value.strides
    elif isinstance(value, (float, np.floating)):
        yield int(np.float64(value).view(np.int64))
    else:
        yield int(value)


def _width(kind: Any) -> int:
    """Return how many words a field has."""
    if isinstance(kind, Struct):
        return sum(_width(field) for _, field in kind.fields)
    return 1 + 2 * kind.ndim if isinstance(kind, Row) else 1


@typeof_impl.register(Laid)
def _type_of(value: Any, _: Any) -> Any:
    return value.kind


@register_model(Struct)
@register_model(Row)
class _WordsModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any):
        super().__init__(manager, kind, WORD.as_pointer())


@unbox(Struct)
def _address(_: Any, laid: Any, c: Any) -> Any:
    address = c.pyapi.object_getattr_string(laid, "address")
    words = c.builder.inttoptr(c.pyapi.long_as_longlong(address), WORD.as_pointer())
    c.pyapi.decref(address)
    return NativeValue(words, is_error=c.pyapi.c_api_error())


# Fields


@infer_getattr
class _StructAttribute(AttributeTemplate):
    key = Struct

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        return kind.types.get(name)


@lower_getattr_generic(Struct)
def _field(context: Any, builder: Any, kind: Any, words: Any, name: str) -> Any:  # noqa: ARG001
    """Return a number, or where what describes an array or a struct begins."""
    field, at = kind.types[name], _begin(kind, name)
    if isinstance(field, (Struct, Row)):
        return builder.gep(words, [WORD(at)])
    value = _load(builder, words, at, lasting=True)
    return builder.bitcast(value, ir.DoubleType()) if field == types.float64 else value


def _begin(kind: Any, name: str) -> int:
    """Return the word at which a field begins."""
    names = list(kind.types)
    return sum(_width(kind.types[before]) for before in names[: names.index(name)])


def address_in(builder: Any, kind: Any, words: Any, name: str) -> Any:
    """Write code that returns where the words of an array of a struct lie."""
    return builder.inttoptr(_load(builder, words, _begin(kind, name), lasting=True), WORD.as_pointer())


def _load(builder: Any, words: Any, at: int, lasting: bool) -> Any:
    """Load a word; a lasting one stays what it is."""
    word = builder.load(builder.gep(words, [WORD(at)]))
    if lasting:
        word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


# Rows: of an array the words are its address, its shape, its strides


@infer_getattr
class _RowAttribute(AttributeTemplate):
    key = Row

    def resolve_size(self, _: Any) -> Any:
        return types.intp

    def resolve_shape(self, row: Any) -> Any:
        return types.UniTuple(types.intp, row.ndim)


@lower_getattr_generic(Row)
def _extent(context: Any, builder: Any, row: Any, words: Any, name: str) -> Any:  # noqa: ARG001
    """Return the shape of an array, or how many elements it has."""
    shape = [_load(builder, words, 1 + axis, row.lasting) for axis in range(row.ndim)]
    if name == "shape":
        return cgutils.pack_array(builder, shape)
    size = shape[0]
    for more in shape[1:]:
        size = builder.mul(size, more)
    return size


def _indices(index: Any) -> int:
    """Return how many whole numbers an index is, 0 where it is something else."""
    every: Any = index if isinstance(index, types.BaseTuple) else (index,)
    return len(every) if all(isinstance(one, types.Integer) for one in every) else 0


def _whole(index: Any) -> Any:
    return types.UniTuple(types.intp, _indices(index)) if isinstance(index, types.BaseTuple) else types.intp


@infer_global(operator.getitem)
class _RowRead(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
        row, index = args
        if not isinstance(row, Row) or not 0 < _indices(index) <= row.ndim:
            return None
        rest = row.ndim - _indices(index)
        return signature(Row(row.dtype, rest, row.contiguous, lasting=False) if rest else row.dtype, row, _whole(index))


@infer_global(operator.setitem)
class _RowWrite(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
        row, index, _ = args
        if not isinstance(row, Row) or _indices(index) != row.ndim:
            return None
        return signature(types.none, row, _whole(index), row.dtype)


@lower_builtin(operator.getitem, Row, types.Integer)
@lower_builtin(operator.getitem, Row, types.BaseTuple)
def _read(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return an element, or the part of an array that has the first indices."""
    row, place = sig.args[0], _place(context, builder, sig, args)
    rest = sig.return_type
    if not isinstance(rest, Row):
        return context.unpack_value(builder, rest, place)
    words = cgutils.alloca_once(builder, WORD, 1 + 2 * rest.ndim)
    kept = [1 + axis for axis in range(row.ndim - rest.ndim, row.ndim)]
    described = [_load(builder, args[0], at, row.lasting) for at in (*kept, *(at + row.ndim for at in kept))]
    for at, word in enumerate([builder.ptrtoint(place, WORD), *described]):
        builder.store(word, builder.gep(words, [WORD(at)]))
    return words


@lower_builtin(operator.setitem, Row, types.Integer, types.Any)
@lower_builtin(operator.setitem, Row, types.BaseTuple, types.Any)
def _write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Write an element."""
    context.pack_value(builder, sig.args[0].dtype, args[2], _place(context, builder, sig, args))
    return context.get_dummy_value()


def _place(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return where the element with these indices is, or the first that has them."""
    row, index, words = sig.args[0], args[1], args[0]
    every = cgutils.unpack_tuple(builder, index) if isinstance(sig.args[1], types.BaseTuple) else [index]
    element = context.get_data_type(row.dtype).as_pointer()
    data = builder.inttoptr(_load(builder, words, 0, row.lasting), element)
    if row.contiguous and row.ndim == 1:
        return builder.gep(data, every)
    strides = [_load(builder, words, 1 + row.ndim + axis, row.lasting) for axis in range(len(every))]
    if row.contiguous and len(every) == row.ndim:
        strides[-1] = WORD(context.get_abi_sizeof(context.get_data_type(row.dtype)))
    away = WORD(0)
    for one, stride in zip(every, strides, strict=True):
        away = builder.add(away, builder.mul(one, stride))
    return builder.bitcast(builder.gep(builder.bitcast(data, cgutils.voidptr_t), [away]), element)
