"""Draw a report: where the two texts run side by side, which words are linked, where findings are.

Each plot shows itself in a notebook and saves itself to a file (.png, .svg, .pdf). Needs matplotlib
(extra `plots`); nothing of its global state is touched.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

from paraalign.errors import MissingExtraError, OptionError
from paraalign.model import Document, Link, Report, Severity
from paraalign.report.facing import facing, in_reading_order, label_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PLOTS", "Plot", "plot"]

DPI = 110
HEAT_WORDS = 80  # a side; more can't be read
LABELS = 80  # clauses that are named on an axis
COLOURS = {Severity.CRITICAL: "#a40e26", Severity.MAJOR: "#d08a2e", Severity.MINOR: "#6f9fd8"}


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing that shows itself in a notebook.

    Attributes:
        figure: The matplotlib figure, to be changed at will.
    """

    figure: "Figure"

    def save(self, path: "str | PathLike[str]") -> None:
        """Write the plot to the file *path*; its ending chooses the format."""
        self.figure.savefig(path, dpi=DPI, bbox_inches="tight")

    def _repr_png_(self) -> bytes:
        """Show the plot in a notebook's cell."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=DPI, bbox_inches="tight")
        return buffer.getvalue()


def plot(report: Report, name: str = "alignment", *, clause: str | None = None) -> Plot:
    """Return the plot *name* of *report*: "alignment", "words" or "findings".

    Args:
        report: What to draw.
        name: "alignment": a dot a linked pair of sentences, gaps on the edges; "words": the word
            links of one clause, darker where surer; "findings": how many findings each clause has.
        clause: The label of the clause that "words" draws; the first with word links where None.

    Raises:
        MissingExtraError: If matplotlib is not installed.
        OptionError: If there is no such plot or clause.
    """
    if name not in PLOTS:
        message = f"unknown plot {name!r}; allowed are {', '.join(PLOTS)}"
        raise OptionError(message)
    if name == "words":
        return _words(report, clause)
    return PLOTS[name](report)


def _alignment(report: Report) -> Plot:
    figure, axes = _blank((5.5, 5.5))
    links = report.links.sentences or report.links.clauses
    pairs = [(a, b, link.score) for link in links for a in link.source for b in link.target]
    source, target, scores = ([each[n] for each in pairs] for n in range(3))
    dots = axes.scatter(
        source, target, c=scores, s=_size(len(links)), cmap="viridis", vmin=0, vmax=1
    )
    alone = [i for link in links if not link.target for i in link.source]
    other = [i for link in links if not link.source for i in link.target]
    style: dict[str, Any] = {"marker": "x", "color": COLOURS[Severity.CRITICAL], "clip_on": False}
    axes.scatter(alone, [-1] * len(alone), label="no counterpart", **style)
    axes.scatter([-1] * len(other), other, **style)
    figure.colorbar(dots, label="link")
    _named(axes, f"sentence of {report.source.lang}", f"sentence of {report.target.lang}")
    return Plot(figure)


def _findings(report: Report) -> Plot:
    rows = [row for row in facing(report) if not row.is_section]
    found = in_reading_order(report)
    figure, axes = _blank((max(5.5, min(0.35 * len(rows), 16)), 3))
    below = [0] * len(rows)
    for severity, colour in COLOURS.items():
        counts = [sum(found[n - 1].severity is severity for n in row.findings) for row in rows]
        axes.bar(range(len(rows)), counts, bottom=below, color=colour, label=str(severity))
        below = [a + b for a, b in zip(below, counts, strict=True)]
    if len(rows) <= LABELS:
        labels = [
            label_of(report.source, r.source) or label_of(report.target, r.target) for r in rows
        ]
        axes.set_xticks(range(len(rows)), labels, rotation=90)
    axes.legend()
    _named(axes, "clause", "findings")
    return Plot(figure)


def _words(report: Report, clause: str | None) -> Plot:
    link = _linked_clause(report, clause)
    source = _words_of(report.source, link.source)
    target = _words_of(report.target, link.target)
    rows, columns = ({word: n for n, word in enumerate(side)} for side in (source, target))
    shades = [[0.0] * len(target) for _ in source]
    for word in report.links.words:
        if word.source in rows and word.target in columns:
            shades[rows[word.source]][columns[word.target]] = word.score
    figure, axes = _blank((1.5 + 0.22 * len(target), 1.5 + 0.22 * len(source)))
    axes.imshow(shades, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    texts = [
        [side.words[index].text for index in words]
        for side, words in ((report.source, source), (report.target, target))
    ]
    axes.set_yticks(range(len(source)), texts[0], fontsize=8)
    axes.set_xticks(range(len(target)), texts[1], fontsize=8, rotation=90)
    axes.set_title(f"clause {label_of(report.source, link.source)}")
    return Plot(figure)


PLOTS: Mapping[str, Callable[[Report], Plot]] = {
    "alignment": _alignment,
    "words": lambda report: _words(report, None),
    "findings": _findings,
}


def _linked_clause(report: Report, label: str | None) -> Link:
    linked = {
        report.source.sentences[report.source.words[w.source].sentence].clause
        for w in report.links.words
    }
    for link in report.links.clauses:
        names = {report.source.clauses[index].label for index in link.source}
        if label in names if label is not None else linked.intersection(link.source):
            return link
    message = f"no clause {label!r} with linked words; its label in the source is needed"
    raise OptionError(message)


def _words_of(document: Document, clauses: Sequence[int]) -> list[int]:
    """Return the first words of *clauses*, signs left out."""
    found = (
        index
        for index, word in enumerate(document.words)
        if document.sentences[word.sentence].clause in clauses and not word.is_sign
    )
    return [index for index, _ in zip(found, range(HEAT_WORDS), strict=False)]


def _size(count: int) -> float:
    return max(4.0, min(40.0, 2000 / max(count, 1)))


def _named(axes: "Axes", across: str, up: str) -> None:
    axes.set_xlabel(across)
    axes.set_ylabel(up)


def _blank(size: tuple[float, float]) -> "tuple[Figure, Axes]":
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "plots need matplotlib; pip install 'paraalign[plots]'"
        raise MissingExtraError(message) from error
    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.add_subplot()
