"""The command `paraalign evaluate`: score a report against what people found.

paraalign check fr.md vi.md -o report.json
paraalign evaluate report.json divergences.json
"""

import json
from pathlib import Path

import click

from paraalign.atomic import write_bytes
from paraalign.errors import OptionError
from paraalign.evaluate.evaluation import Evaluation
from paraalign.evaluate.evaluation import evaluate as score

__all__ = ["evaluate"]

FILE = click.Path(readable=False)  # shells complete file names; reading says what is wrong


@click.command()
@click.argument("report", type=FILE)
@click.argument("golds", type=FILE, metavar="GOLD...", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write the figures to FILE (.json)."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="0..1",
    help="Leave out findings below this confidence.",
)
def evaluate(report: str, golds: tuple[str, ...], output: str | None, min_confidence: float) -> int:
    """Score REPORT, a report's JSON, against GOLD: divergences or links that people marked.

    Several files may be given, one of each sort. Without -o the figures are printed as tables.
    """
    if output is not None and not output.endswith(".json"):
        message = f"{output}: the figures are written as .json"
        raise OptionError(message)
    found = score(report, *golds, min_confidence=min_confidence)
    _deliver(found, output)
    return 0


def _deliver(found: Evaluation, output: str | None) -> None:
    if output is None:
        click.echo("\n".join(found.lines()))
        return
    text = json.dumps(found.to_dict(), indent=1) + "\n"
    if Path(output).name == "-.json":
        click.echo(text, nl=False)
    else:
        write_bytes(Path(output), text.encode())
