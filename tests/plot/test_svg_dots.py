"""Equal dots of a drawing: a line of points for each run of them."""

from riskmc.plot.svg_dots import merged

DOT = '<path id="joint-3" d="M 0 2\n' + "C 1 1 1 1 1 1\n" * 8 + 'z\n"/>'


def test_equal_dots_become_one_line_of_points_and_others_stay():
    use = '<use xlink:href="#joint-3" x="{}" y="2" style="fill: #5e92cb{}"/>'
    cloud = "\n".join(use.format(n, "; fill-opacity: 0.55") for n in range(100))
    row = "\n".join(use.format(n, "") for n in range(10))
    made = merged(f"<g>{DOT}\n{cloud}\n{row}</g><g clip-path='url(#a)'><g><text>x</text></g></g>")
    assert "<use" not in made
    assert made.count("h.01") == 100
    assert made.count("stroke-width: 4") == 5
    assert made.count("a2 2 0 1 0 4 0") == 10
    assert made.endswith("<g clip-path='url(#a)'><text>x</text></g>")
    other = use.format(1, "") + "\n" + use.format(2, "")
    assert merged(other) == other
