"""A file that nothing reads is refused with the way out."""

import pytest

import riskmc as rm


@pytest.mark.parametrize(
    "name, way_out",
    [
        ("plan.ods", "a spreadsheet of this kind is not read: save it as .xlsx"),
        ("plan.yamll", "did you mean '.yaml'"),
        ("plan", "unknown kind of file 'without a suffix'"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_way_out(name, way_out):
    with pytest.raises(rm.InputError) as error:
        rm.read(name)
    assert str(error.value).startswith(f"{name}: ")
    assert way_out in str(error.value)
    assert "llowed: .yaml .yml .xer" in str(error.value)


def test_a_folder_is_refused_with_a_file_in_it(tmp_path):
    with pytest.raises(
        rm.InputError,
        match=r"is a folder; name a file in it \(\.yaml \.yml \.xer .* and through mpxj \.mpp and 19 more\)$",
    ):
        rm.read(tmp_path)
    (tmp_path / "kitchen.yaml").write_text("", encoding="utf-8")
    with pytest.raises(rm.InputError, match=r"such as .*kitchen\.yaml"):
        rm.read(tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(rm.InputError, match="is a folder"):
        rm.read(tmp_path / "folder.yaml")
