"""How the machine code of event kernels is put together: inner functions become part of their entry, and nothing else.

numba optimises every function that it compiles, with all that it calls, and makes machine code of it, which for inner
functions nobody ever runs. Here an inner function stays what LLVM was given, is linked into each entry and is optimised
there, once. The entry's code is then known to be all that calls it, so what is called from one place is no call any
more: a quarter less to compile, and a tenth less to run where small functions are called for every event. No kernel
raises an exception, so no call is followed by a test whether there was one.
"""

from __future__ import annotations

from typing import Any

from numba.core import cgutils
from numba.core.callconv import CPUCallConv
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.cpu import CPUContext


class _Unasked(CPUCallConv):
    """Calls of functions that never fail: none is asked whether it did."""

    def call_function(self, *args: Any, **kwargs: Any) -> Any:
        status, result = super().call_function(*args, **kwargs)
        return status._replace(is_ok=cgutils.true_bit, is_error=cgutils.false_bit), result


class _Context(CPUContext):
    """What numba writes code with, but for the calls."""

    def __init__(self, shared: CPUContext):
        self.__dict__.update(shared.__dict__)

    @property
    def call_conv(self) -> Any:
        return _Unasked(self)


class _Part(JITCodeLibrary):
    """The code of an inner function, which has no machine code of its own."""

    @property
    def codegen(self) -> Any:
        return self

    def set_env(self, *_: Any) -> None:
        """Set nothing: what an inner function needs of Python lies in the entry."""

    def get_pointer_to_function(self, name: str) -> int:  # noqa: ARG002
        self._ensure_finalized()
        return 0

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


class _Whole(JITCodeLibrary):
    """The code of an entry, with all that it calls."""

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if function.name.startswith("_ZN6riskmc") and function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
        super()._optimize_final_module()


class PartCompiler(Compiler):
    """Compiles inner functions."""

    library: type[JITCodeLibrary] = _Part

    def __init__(self, typingctx: Any, targetctx: Any, *rest: Any):
        super().__init__(typingctx, _Context(targetctx), *rest)
        self.state.library = self.library(targetctx.codegen(), "kernel")
        self.state.library.enable_object_caching()


class WholeCompiler(PartCompiler):
    """Compiles entries, and what is called by its address."""

    library = _Whole
