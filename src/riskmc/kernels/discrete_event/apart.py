"""Functions compiled apart: each on its own, when a run first needs it, and called by its address.

Machine code for everything that the discrete-event engine can do takes a minute to compile, and most programs use
little of it. A function marked ``apart`` is no part of the kernels that call it: they find its address in the array
`code` of the state, at its place in `PARTS`. Where there is none yet, the call does nothing, the replication ends with
MORE_CODE and says which is wanted; `code_of` compiles it, or finds it in numba's cache, and the replication runs again
from its beginning. The function takes a model, a state and whole numbers; it returns a whole number, or None.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from llvmlite import ir
from numba import cfunc
from numba.core import cgutils, config, types
from numba.extending import intrinsic

from riskmc.kernels.compiled import kept_machine_code
from riskmc.kernels.discrete_event.codes import MORE_CODE, STATUS, WANTED
from riskmc.kernels.linking import WholeCompiler
from riskmc.kernels.structs import WORD, address_in

PARTS = (
    "begin_funding", "fund", "serve", "has_money_for", "open_standing", "pay_at_once", "move_money", "close_account",
    "close_standing", "begin_policies", "review", "act", "end_policies", "pay_overtime", "begin_units", "set_plan",
    "turn_over", "step_up", "begin_outages", "strike_or_end", "settle_outages", "wear", "begin_arrivals", "watch",
    "come", "end_pause", "move_back", "grows_on", "make_room", "ask", "judge", "decided", "seat", "send_back",
    "good_by", "opens_by", "over_by", "release_redone", "compute_first",
)  # fmt: skip
_functions: dict[str, Any] = {}
_compiled: dict[tuple[str, Any, Any], Any] = {}
_compiling = Lock()


def apart(function: Any) -> Any:
    """Return what kernels call in the place of a function that is compiled apart."""
    if config.DISABLE_JIT:  # type: ignore[attr-defined]
        return function
    _functions[function.__name__] = function
    place, result, numbers = PARTS.index(function.__name__), _result(function), function.__code__.co_argcount - 2

    def typed(model: Any, state: Any) -> Any:
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return _called(context, builder, signature, args, place)

        return result(model, state, *[types.int64] * numbers), codegen

    return intrinsic(_OF_SO_MANY[numbers](typed))


_OF_SO_MANY: Any = (
    lambda typed: lambda typingctx, model, state: typed(model, state),  # noqa: ARG005
    lambda typed: lambda typingctx, model, state, a: typed(model, state),  # noqa: ARG005
    lambda typed: lambda typingctx, model, state, a, b: typed(model, state),  # noqa: ARG005
)  # numba's intrinsics take no argument lists


def _result(function: Any) -> Any:
    return types.none if function.__annotations__["return"] == "None" else types.int64


def _called(context: Any, builder: Any, signature: Any, args: Any, place: int) -> Any:
    """Write the call: of the address at a place, or, where there is none, a note that it is wanted."""
    kind, state = signature.args[1], args[1]
    code = address_in(builder, kind, state, "code")
    address = builder.load(builder.gep(code, [WORD(place)]))
    result = context.get_argument_type(signature.return_type)
    out = cgutils.alloca_once_value(builder, ir.Constant(result, None))
    with builder.if_else(builder.icmp_unsigned("==", address, WORD(0)), likely=False) as (missing, there):
        with missing:
            count = address_in(builder, kind, state, "count")
            for at, word in ((STATUS, MORE_CODE), (WANTED, place + 1)):
                builder.store(WORD(word), builder.gep(count, [WORD(at)]))
        with there:
            function = ir.FunctionType(result, [arg.type for arg in args])
            builder.store(builder.call(builder.inttoptr(address, function.as_pointer()), args), out)
    return context.get_dummy_value() if signature.return_type == types.none else builder.load(out)


def code_of(place: int, model: Any, state: Any) -> int:
    """Return the address of the function at a place in `PARTS`, for structs of these types."""
    name = PARTS[place]
    with _compiling:
        if (name, model, state) not in _compiled:
            function = _functions[name]
            numbers = [types.int64] * (function.__code__.co_argcount - 2)
            signature = _result(function)(model, state, *numbers)
            with kept_machine_code() as kept:
                _compiled[name, model, state] = cfunc(
                    signature, cache=kept, error_model="numpy", pipeline_class=WholeCompiler
                )(function)
        return int(_compiled[name, model, state].address)
