"""Show a report on a terminal: the verdict, the clauses, then each finding in its place.

Whoever runs a check wants to know first whether the two texts are versions of each other at all,
then how they compare clause by clause, then what to look at. Each finding shows both quotes inside
their sentences and one sentence of why.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from paraalign.messages import Messages, messages_in
from paraalign.model import Document, Finding, Report, Role, Severity, Span
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of
from paraalign.report.marking import ONE_SIDED, side_of
from paraalign.report.parity import Parity, clause_parity
from paraalign.report.plain import plain, shown
from paraalign.report.verdict import attention, counts, sizes, verdict, word_counts

__all__ = ["render", "render_document"]

STYLES = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}
COLUMNS = tuple(
    f"report.{name}" for name in ("sentences", "words", "link", "parity", "findings-column")
)
CONTEXT = 40  # characters shown on each side of a quote


def render(report: Report, console: Console, *, is_verbose: bool = False) -> None:
    """Print *report* for a person on *console*: verdict, clauses, findings.

    Args:
        report: What to show.
        console: Where; its width and colours are respected.
        is_verbose: Whether the signature, ids, checks and evidence are shown too.
    """
    for part in _parts(report, is_verbose=is_verbose):
        console.print(part, highlight=False)


def render_document(document: Document, console: Console) -> None:
    """Print the clause tree of one *document* on *console*."""
    name = document.path or "text"
    console.print(Text(f"{name} ({document.lang}): {sizes(document)}"))
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("clause", no_wrap=True)
    table.add_column("role", style="dim", no_wrap=True)
    table.add_column("text", no_wrap=True, overflow="ellipsis", ratio=1)
    for index, clause in enumerate(document.clauses):
        text = document.read(clause.span) if document.is_leaf(index) else ""
        indent = "  " * _depth(document, index)
        table.add_row(Text(indent + clause.label), str(clause.role), Text(_start(text)))
    console.print(table, highlight=False)


def _parts(report: Report, *, is_verbose: bool) -> Iterator[RenderableType]:
    yield _head(report)
    yield Text()
    yield _clauses(report)
    findings = in_reading_order(report)
    for number, finding in enumerate(findings, start=1):
        yield Text()
        yield _finding(report, finding, number, is_verbose=is_verbose)
    if is_verbose:
        yield Text()
        yield Text(
            " · ".join(f"{key} {shown(plain(value))}" for key, value in report.signature.items()),
            "dim",
        )


def _head(report: Report) -> Text:
    messages = messages_in(report.message_lang)
    style = "bold green" if report.parallel else "bold white on red"
    head = Text(verdict(report), style)
    for document in (report.source, report.target):
        name = document.path or messages.say("report.text")
        head.append(f"\n{name} ({document.lang}): {sizes(document, messages)}", "not bold")
    for line in (counts(report.findings, messages), attention(report)):
        head.append(f"\n{line}" if line else "", "default on default not bold")
    return head


def _clauses(report: Report) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(report.source.lang, overflow="fold")
    table.add_column(report.target.lang, overflow="fold")
    say = messages_in(report.message_lang).say
    for name in COLUMNS:
        table.add_column(say(name), justify="right", no_wrap=True)
    words = word_counts(report.source), word_counts(report.target)
    for row, parity in zip(facing(report), clause_parity(report), strict=True):
        if not row.is_section:
            cells = _cells(report, row, words, parity)
            table.add_row(*cells, style="red" if row.is_gap else None)
    return table


def _cells(
    report: Report, row: Row, words: tuple[dict[int, int], dict[int, int]], parity: Parity
) -> Iterator[Text]:
    messages = messages_in(report.message_lang)
    yield Text(_label(messages, report.source, row.source) or "—")
    yield Text(_label(messages, report.target, row.target) or "—")
    sentences = [sum(len(line.source) for line in row.lines)]
    sentences.append(sum(len(line.target) for line in row.lines))
    yield Text(_ratio(sentences))
    sides = zip(words, (row.source, row.target), strict=True)
    yield Text(_ratio([sum(count.get(index, 0) for index in side) for count, side in sides]))
    yield Text(messages.say("report.gap") if row.is_gap else f"{row.link.score:.2f}")
    yield Text("" if parity.share is None else messages.share(parity.share))
    yield Text(str(len(row.findings) or ""))


def _label(messages: Messages, document: Document, clauses: Sequence[int]) -> str:
    return messages.clause(label_of(document, clauses))


def _ratio(numbers: Sequence[int]) -> str:
    return " / ".join(str(number) for number in numbers)


def _finding(report: Report, finding: Finding, number: int, *, is_verbose: bool) -> Group:
    messages, style = messages_in(report.message_lang), STYLES[finding.severity]
    source = [] if finding.source_clause is None else [finding.source_clause]
    target = [] if finding.target_clause is None else [finding.target_clause]
    label = _label(messages, report.source, source) or _label(messages, report.target, target)
    head = Text.assemble(
        (f"{number}. {label or messages.say('report.whole-text')} · ", "bold"),
        (messages.named(str(finding.kind), str(finding.severity)), style),
        f" · {messages.share(finding.confidence)}",
        (f" · {finding.id} · {finding.check}" if is_verbose else "", "dim"),
    )
    sides = (("source", report.source), ("target", report.target))
    quotes = [
        _quote(document, finding, side, style)
        for side, document in sides
        if side_of(finding, side)[0] or finding.kind not in ONE_SIDED
    ]
    parts = [*quotes, Text(finding.message), *(_evidence(finding) if is_verbose else ())]
    return Group(head, *(Padding(part, (0, 0, 0, 3), expand=False) for part in parts))


def _evidence(finding: Finding) -> Iterator[Text]:
    for name, value in finding.evidence.items():
        yield Text(f"{name}: {_flat(shown(plain(value)))}", "dim")


def _quote(document: Document, finding: Finding, side: str, style: str) -> Text:
    spans, clause = side_of(finding, side)
    line = Text(f"{document.lang}  ", "dim")
    if not spans:
        return line.append("—", "not dim")
    view = document.view
    within = document.clauses[clause].span if clause is not None else Span(0, len(document.text))
    first, last = view.range(within)
    done = _back(view.text, view.range(spans[0])[0], first)
    line.append("… " if done > first else "", "not dim")
    for span in spans:
        (start, end), quote = view.range(span), text_of(document, [span])
        line.append(_between(view.text, done, start), "not dim")
        line.append(f"[{_flat(quote) or '…'}]", f"not dim {style}")
        done = max(done, end)
    stop = _ahead(view.text, done, last)
    return line.append(_flat(view.text[done:stop]) + (" …" if stop < last else ""), "not dim")


def _between(text: str, start: int, end: int) -> str:
    """Return what stands between two quotes, its middle left out where it is long."""
    if end - start <= 3 * CONTEXT:
        return _flat(text[start:end])
    head, tail = text[start : _ahead(text, start, end)], text[_back(text, end, start) : end]
    return f"{_flat(head)} … {_flat(tail)}"


def _back(text: str, place: int, first: int) -> int:
    """Return where the context before *place* starts: at a word, at or after *first*."""
    start = max(place - CONTEXT, first)
    return start if start <= first else min(text.find(" ", start, place) + 1 or place, place)


def _ahead(text: str, place: int, last: int) -> int:
    """Return where the context after *place* ends: after a word, at or before *last*."""
    end = min(place + CONTEXT, last)
    return end if end >= last else max(text.rfind(" ", place, end), place)


def _flat(text: str) -> str:
    return "".join(
        " " if char.isspace() else char for char in text if char.isprintable() or char.isspace()
    )


def _start(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= 2 * CONTEXT else flat[: 2 * CONTEXT - 1].rstrip() + "…"


def _depth(document: Document, index: int) -> int:
    depth, parent = 0, document.clauses[index].parent
    while parent is not None and document.clauses[parent].role is Role.SECTION:
        depth, parent = depth + 1, document.clauses[parent].parent
    return depth
