"""Inner functions of event kernels are part of their entries, without machine code, and compute the same."""

from numba import types

from riskmc.kernels.compiled import inner, linked, linking_entry


def _squares(n):
    total = 0
    for k in range(n):
        total += k * k
    return total


linked_squares, inner_squares = linked(_squares), inner(_squares)


@linking_entry
def twice(n):
    return linked_squares(n) + linked_squares(n + 1)


def test_a_linked_function_computes_what_it_says():
    assert twice(5) == _squares(5) + _squares(6)


def test_a_linked_function_has_no_machine_code_of_its_own_and_an_inner_one_has():
    addresses = []
    for function in (linked_squares, inner_squares):
        function.compile((types.int64,))
        (compiled,) = function.overloads.values()
        addresses.append(compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name))
    assert addresses[0] == 0 < addresses[1]
