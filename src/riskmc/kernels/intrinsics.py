"""32-bit lane arithmetic that numba does not offer by itself: fused multiply-add and bit casts.

numba widens int32 and uint32 arithmetic to 64 bits, which halves the number of lanes in a vector register; these
intrinsics keep it at 32 bits, wrapping as the hardware does. ``fma`` rounds once, on every machine: the hardware's
instruction where there is one, the C library's correctly rounded ``fmaf`` where there is none. So the same bits come
out everywhere, which a compiler's own contraction of a*b+c (never allowed here) would not give. ``horner`` is the value
at x of a polynomial given as a tuple of float32, lowest power first.

``wide`` asks for vector registers of 512 bits in the function that calls it, where the machine has them: for some
machines the compiler prefers half as many bits, and a quarter of the speed of long arithmetic is lost. ``alone`` asks
that the function that calls it stay a function of its own: what a loop before another keeps in registers slows that.

With NUMBA_DISABLE_JIT=1 plain numpy stands in for them, so that coverage can be measured.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic

_F32, _I32 = types.float32, types.int32


def _binary(operation: str, result: Any) -> Any:
    """Return an intrinsic of two 32-bit integers that never widens."""

    @intrinsic
    def apply(typingctx: Any, a: Any, b: Any) -> Any:  # noqa: ARG001
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            low = [context.cast(builder, x, t, result) for x, t in zip(args, signature.args, strict=True)]
            return getattr(builder, operation)(*low)

        return result(a, b), codegen

    return apply


def _bitcast(source: Any, target: Any) -> Any:
    """Return an intrinsic that reads the 32 bits of ``source`` as ``target``."""

    @intrinsic
    def apply(typingctx: Any, a: Any) -> Any:  # noqa: ARG001
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            value = context.cast(builder, args[0], signature.args[0], source)
            return builder.bitcast(value, context.get_value_type(target))

        return target(a), codegen

    return apply


@intrinsic
def _fma(typingctx: Any, a: Any, b: Any, c: Any) -> Any:  # noqa: ARG001
    kind = ir.FloatType()

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        values = [context.cast(builder, x, t, _F32) for x, t in zip(args, signature.args, strict=True)]
        function = builder.module.declare_intrinsic("llvm.fma", [kind], ir.FunctionType(kind, [kind] * 3))
        return builder.call(function, values)

    return _F32(a, b, c), codegen


@intrinsic
def _wide(typingctx: Any) -> Any:  # noqa: ARG001
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')  # llvmlite knows none that have values
        return context.get_dummy_value()

    return types.none(), codegen


@intrinsic
def _alone(typingctx: Any) -> Any:  # noqa: ARG001
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        builder.function.attributes.add("noinline")
        return context.get_dummy_value()

    return types.none(), codegen


@intrinsic
def _horner(typingctx: Any, coefficients: Any, x: Any) -> Any:  # noqa: ARG001
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
        value, *lower = reversed(cgutils.unpack_tuple(builder, args[0]))
        for coefficient in lower:
            value = builder.fma(value, args[1], coefficient)
        return value

    return _F32(coefficients, _F32), codegen


def _plain_horner(coefficients: Any, x: Any) -> Any:
    value, *lower = reversed(coefficients)
    for coefficient in lower:
        value = fma(value, x, coefficient)
    return value


def _plain(operation: Any, result: Any) -> Any:
    """Return the same integer operation in numpy, for runs without the compiler."""

    def apply(a: Any, b: Any) -> Any:
        wide = operation(int(a), int(b)) & 0xFFFFFFFF
        return np.uint32(wide).view(result)[()]

    return apply


if config.DISABLE_JIT:  # type: ignore[attr-defined]
    horner: Any = _plain_horner
    wide: Any = lambda: None  # noqa: E731
    alone: Any = lambda: None  # noqa: E731
    fma: Any = lambda a, b, c: np.float32(np.float64(a) * np.float64(b) + np.float64(c))  # noqa: E731
    add_i: Any = _plain(int.__add__, np.int32)
    sub_i: Any = _plain(int.__sub__, np.int32)
    mul_i: Any = _plain(int.__mul__, np.int32)
    xor_i: Any = _plain(int.__xor__, np.int32)
    and_i: Any = _plain(int.__and__, np.int32)
    shl_i: Any = _plain(int.__lshift__, np.int32)
    shr_i: Any = _plain(int.__rshift__, np.int32)
    bits_of: Any = lambda x: np.asarray(x, np.float32).view(np.int32)[()]  # noqa: E731
    float_of: Any = lambda x: np.asarray(x, np.int32).view(np.float32)[()]  # noqa: E731
else:
    fma, horner, wide, alone = _fma, _horner, _wide, _alone
    add_i, sub_i, mul_i = _binary("add", _I32), _binary("sub", _I32), _binary("mul", _I32)
    xor_i, and_i = _binary("xor", _I32), _binary("and_", _I32)
    shl_i, shr_i = _binary("shl", _I32), _binary("ashr", _I32)
    bits_of, float_of = _bitcast(_F32, _I32), _bitcast(_I32, _F32)
