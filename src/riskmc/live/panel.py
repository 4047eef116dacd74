"""The panel: what follows the knobs, as HTML: a sentence, the key figures, the S-curves and the joint confidence."""

from __future__ import annotations

from html import escape

from riskmc.forecast.colours import declarations
from riskmc.forecast.figures import whole_percent
from riskmc.forecast.language import formats, marked, said
from riskmc.live.answer import Answer, Figure
from riskmc.live.drawing import LEVEL, draw_curve, draw_joint

_LIGHT, _DARK = (declarations(dark=dark).rstrip(";") for dark in (False, True))
_FONT = 'Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif'
STYLE = f"""
.riskmc-live{{{_LIGHT};color-scheme:light}}
@media (prefers-color-scheme:dark){{.riskmc-live{{{_DARK};color-scheme:dark}}}}
[data-jp-theme-light="true"] .riskmc-live,.vscode-light .riskmc-live{{{_LIGHT};color-scheme:light}}
[data-jp-theme-light="false"] .riskmc-live,.vscode-dark .riskmc-live{{{_DARK};color-scheme:dark}}
.riskmc-live{{background:var(--paper);color:var(--ink);font:14px/1.45 {_FONT};font-variant-numeric:tabular-nums}}
.riskmc-live .lead{{font-size:16px;margin:0 0 10px;overflow-wrap:anywhere}}
.riskmc-live table{{border-collapse:collapse;width:100%;max-width:944px;margin:0 0 14px}}
.riskmc-live caption{{text-align:left;color:var(--quiet);font-size:13px;padding-bottom:4px}}
.riskmc-live th,.riskmc-live td{{text-align:right;white-space:nowrap;padding:4px 8px}}
.riskmc-live th,.riskmc-live td{{border-bottom:1px solid var(--rule)}}
.riskmc-live th:first-child{{text-align:left;padding-left:0;overflow-wrap:anywhere;min-width:9em}}
.riskmc-live .room{{overflow-x:auto;max-width:944px}}
.riskmc-live thead th{{color:var(--quiet);font-weight:400;font-size:13px}}
.riskmc-live tbody th{{font-weight:400;white-space:normal}}
.riskmc-live td.now{{font-weight:600;color:var(--forecast)}}
.riskmc-live td.gain{{font-weight:600;color:var(--gain)}}
.riskmc-live td.threat{{font-weight:600;color:var(--threat)}}
.riskmc-live td.small{{color:var(--quiet);font-size:13px}}
.riskmc-live .pictures{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,360px),1fr));gap:18px 24px;
max-width:944px}}
.riskmc-live figure{{margin:0;min-width:0}}
.riskmc-live figcaption b{{display:block;font-weight:600;overflow-wrap:anywhere}}
.riskmc-live figcaption span{{color:var(--quiet);font-size:13px}}
.riskmc-live figcaption i{{font-style:normal;font-weight:600}}
.riskmc-live figcaption .now{{color:var(--forecast)}}
.riskmc-live svg{{display:block;width:100%;height:auto;margin-top:4px}}
.riskmc-live svg text{{paint-order:stroke;stroke:var(--paper);stroke-width:3px}}
.riskmc-live .words{{min-width:0}}
.riskmc-live .words pre{{font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre-wrap;
overflow-wrap:anywhere;margin:8px 0 0;color:var(--ink);background:none;padding:0}}
.riskmc-live .words p{{color:var(--quiet);margin:8px 0 0}}
.riskmc-live .foot{{color:var(--quiet);font-size:13px;margin:10px 0 0}}
"""
_COLUMNS = ("", marked("As it stands"), marked("Now"), marked("Known to"), marked("Difference"), marked("95% interval"))

_HERE = "\ue000"  # stands for markup in a text that is still to be escaped


def write_panel(answer: Answer) -> str:
    """Return the answer as HTML without style: a sentence, a table, and the pictures, each with its title in words."""
    pictures = f'<div class="pictures">{"".join(_pictures(answer))}{_words(answer)}</div>'
    return f"{_lead(answer)}{_table(answer)}{pictures}{_foot(answer)}"


def _lead(answer: Answer) -> str:
    """Return the answer in one paragraph."""
    return f'<p class="lead">{escape(answer.lead)}.</p>'


def _table(answer: Answer) -> str:
    heads = "".join(f'<th scope="col">{escape(said(name))}</th>' if name else "<td></td>" for name in _COLUMNS)
    rows = "".join(map(_row, answer.figures))
    caption = said("Differences are paired, iteration by iteration: both sides met the same chance events.")
    table = f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="room" role="region" aria-label="{escape(said("Key figures"))}" tabindex="0">{table}</div>'


def _row(figure: Figure) -> str:
    tone = f' class="{figure.tone}"' if figure.tone else ""
    cells = (
        f"<td>{escape(figure.before)}</td>",
        f'<td class="now">{escape(figure.now)}</td>',
        f'<td class="small">{escape(figure.error)}</td>',
        f"<td{tone}>{escape(figure.moved)}</td>",
        f'<td class="small">{escape(figure.interval)}</td>',
    )
    return f'<tr><th scope="row">{escape(figure.name)}</th>{"".join(cells)}</tr>'


def _pictures(answer: Answer) -> list[str]:
    """Return the S-curves, and finish against cost, each as a figure with its message as its title."""
    told = {figure.key: figure for figure in answer.figures}
    after, before = answer.after, answer.before
    blue = f'<i class="now">{escape(said("Blue"))}</i>'
    key = escape(said("{blue} now, with its simulation error; grey dashes as it stands.", blue=_HERE)).replace(
        _HERE, blue
    )
    shown = [told[name] for name in ("finish 0.8", "cost 0.8") if name in told]
    titles = [f"{figure.name} {figure.now}{_apart(figure)}" for figure in shown]
    drawn = [draw_curve(before.finish, after.finish, float(answer.date_minutes), titles[0])]
    if after.cost is None or before.cost is None:
        return [_figure(titles[0], key, drawn[0])]
    drawn.append(draw_curve(before.cost, after.cost, float(answer.question.amount or 0.0), titles[1]))
    both = told["both"]
    joint = said("Date and budget met together: {chance}", chance=f"{both.now}{_apart(both)}")
    share = formats().percent(str(whole_percent(LEVEL)))
    line = escape(
        said(
            "Each dot an iteration; the line, pairs met together in {share} of them (dashes: as it stands).",
            share=share,
        )
    )
    return [
        _figure(titles[0], key, drawn[0]),
        _figure(titles[1], key, drawn[1]),
        _figure(joint, line, draw_joint(answer, joint)),
    ]


def _words(answer: Answer) -> str:
    """Return what is turned, in the words of the program file."""
    nothing = f"<p>{escape(said('Nothing is turned: the program as it stands.'))}</p>"
    words = f"<pre>{escape(answer.words)}</pre>" if answer.words else nothing
    head = f"<b>{escape(said('This what-if in the words of the program file'))}</b>"
    return f'<section class="words" aria-label="{escape(said("This what-if as a scenario"))}">{head}{words}</section>'


def _apart(figure: Figure) -> str:
    return "" if figure.still else f", {figure.moved}"


def _figure(title: str, subtitle: str, drawing: str) -> str:
    return f"<figure><figcaption><b>{escape(title)}</b><span>{subtitle}</span></figcaption>{drawing}</figure>"


def _foot(answer: Answer) -> str:
    return f'<p class="foot">{escape(answer.foot)}</p>'
