"""32-bit lane arithmetic that numba does not offer by itself: fused multiply-add and bit casts.

numba widens int32 and uint32 arithmetic to 64 bits, which halves the number of lanes in a vector register; these
intrinsics keep it at 32 bits, wrapping as the hardware does. ``fma`` rounds once, on every machine: the hardware's
instruction where there is one, the C library's correctly rounded ``fmaf`` where there is none. So the same bits come
out everywhere, which a compiler's own contraction of a*b+c (never allowed here) would not give.

With NUMBA_DISABLE_JIT=1 plain numpy stands in for them, so that coverage can be measured.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import config
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


def _plain(operation: Any, result: Any) -> Any:
    """Return the same integer operation in numpy, for runs without the compiler."""

    def apply(a: Any, b: Any) -> Any:
        wide = operation(int(a), int(b)) & 0xFFFFFFFF
        return np.uint32(wide).view(result)[()]

    return apply


if config.DISABLE_JIT:  # type: ignore[attr-defined]
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
    fma = _fma
    add_i, sub_i, mul_i = _binary("add", _I32), _binary("sub", _I32), _binary("mul", _I32)
    xor_i, and_i = _binary("xor", _I32), _binary("and_", _I32)
    shl_i, shr_i = _binary("shl", _I32), _binary("ashr", _I32)
    bits_of, float_of = _bitcast(_F32, _I32), _bitcast(_I32, _F32)
