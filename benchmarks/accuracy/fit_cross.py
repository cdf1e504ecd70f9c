"""Fit the cross-encoder, encode/cross.npz, and print how well it tells what is marked.

    pip install torch
    python benchmarks/accuracy/fit_cross.py [--data FOLDER] [--cache FILE] [-o FILE]

The figures, none of them text of the data, and what each is fitted on:
- where the layers begin: layers 8 to 12 of multilingual-e5-small, of which 8 follows the states
  that the vectors of words are made of;
- the weights: every second news document of NTREX, in French and Vietnamese, English and French,
  English and Vietnamese; the published documents at even places of the list; 21,000 segments of
  the bulk, drawn with a fixed seed. Each text is changed on both sides alike, then on one side
  (`crossedits.py`), in several rounds (`crossdata.py`). They never saw an annotated document;
- the rounding steps of the products: some of the same examples.
How many layers and steps, the rates and the weight of what is marked were set by eye on the figures
printed; that both sides are edited alike and that tokens meet their partners first, with an eye on
the annotated documents too. The weights that ship are from an earlier draw of the same edits, some
60,000 pairs, gone through almost twice.

Printed are, every 500 steps and for each source, the area under the curve and the average precision
over the tokens of the other news documents and of documents at odd places, edited likewise; in the
end once more with what is written, in 8-bit integers. With --cache the examples are kept in a file,
from which they are read the next time. With --measure nothing is learned: the figures are those of
the weights that ship.

Making the examples takes half an hour on two processors, learning as long. Sums of floats depend on
the processor, so that the weights come out alike but not the same.
"""

import argparse
import math
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
import torch.nn.functional as F  # type: ignore[import-not-found,unused-ignore]  # noqa: N812
from crossdata import (
    Batch,
    Batches,
    Examples,
    Floats,
    Labels,
    examples,
    held_out,
    prepared,
)
from numpy.typing import NDArray
from rounding import Inputs, levels_of

from paraalign.encode.cross import CrossEncoder, CrossWeights
from paraalign.encode.e5file import PRODUCTS, E5File, weights_path
from paraalign.encode.int8 import Steps
from paraalign.evaluate.ranking import area_under_curve, average_precision

SEED = 0
FIRST, LAST = 7, 12  # layers of the encoder, from 0, to before the last
NORMS = ("aln", "oln")
STEPS, WARM_UP, SHOWN_EVERY = 3_800, 100, 500
RATE, FRONT_RATE = 3e-4, 1.5e-3  # of the layers; of what stands before and after them
BETAS, DECAY, STEEPEST = (0.9, 0.98), 0.01, 1.0
MARKED_WEIGHT = 2.0  # of a marked token against another
BIAS, SPREAD = -2.0, 0.02  # in the beginning: log odds; standard deviation of what is seen
SHARPNESS = 0.05  # difference of cosines at which a token is e times as likely a partner
FIGURES = 6  # of what is seen of the other side
ROUNDED_ON = 200  # batches that the rounding steps are learned from
Tensors = dict[str, torch.Tensor]
Stored = dict[str, NDArray[Any]]
Tap = Callable[[str, torch.Tensor], object]
Told = tuple[Labels, Floats]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--cache", type=Path, help="file that the examples are kept in")
    parser.add_argument("-o", "--output", type=Path, default="cross.npz")
    parser.add_argument("--measure", action="store_true", help="the weights that ship, no other")
    options = parser.parse_args()
    if options.measure:
        measure(Path(options.data))
        return
    learning, other = (Batches(part) for part in prepared(Path(options.data), options.cache))
    model = CrossLayers(first_weights(E5File(weights_path())))
    learn(model, learning, other)
    stored = stored_weights(model.weights, rounding_steps(model.weights, learning))
    print(f"in 8-bit integers: {figures(told_rounded(CrossWeights(stored), other))}")
    with options.output.open("wb") as file:
        np.savez_compressed(file, **stored)  # type: ignore[arg-type]


def measure(data: Path) -> None:
    """Print the figures of the weights that ship."""
    batches = Batches(Examples.of(examples(held_out(data))))
    print(f"in 8-bit integers: {figures(told_rounded(CrossWeights.stored(), batches))}")


def first_weights(file: E5File) -> Tensors:
    """Return the weights to begin with, by the names under which they are stored.

    A product of the layers has a matrix `.w` and a bias `.b`, as normalisation has.
    """
    found: Stored = {}
    for place, number in enumerate(range(FIRST, LAST)):
        for name in PRODUCTS:
            weights, bias = file.product(f"l{number}.{name}")
            found |= {f"l{place}.{name}.w": weights, f"l{place}.{name}.b": bias}
        for name in (f"{norm}.{part}" for norm in NORMS for part in "wb"):
            found[f"l{place}.{name}"] = file.floats(f"l{number}.{name}")
    seen = np.random.default_rng(SEED).normal(0, SPREAD, (file.width, FIGURES))
    found |= {"seen.w": seen, "seen.b": np.zeros(file.width), "sides": np.zeros((2, file.width))}
    found |= {"partner": np.zeros((file.width, file.width))}
    found |= {"out.w": np.zeros(file.width), "out.b": np.array([BIAS])}
    return {
        name: torch.tensor(values, dtype=torch.float32, requires_grad=True)
        for name, values in found.items()
    }


class CrossLayers:
    """The cross-encoder over *weights*, as `paraalign.encode.cross` computes it.

    Attributes:
        weights: The weights, by name.
    """

    def __init__(self, weights: Tensors, tap: Tap = lambda *_: None) -> None:
        """Keep *weights*; *tap* is called with the name and the input of each layer's products."""
        self.weights = weights
        self._tap = tap

    def odds(self, batch: Batch) -> torch.Tensor:
        """Return the log odds that each token of *batch* is marked. Shape: (pairs, places)."""
        states = self._met(batch)
        mask = torch.from_numpy(batch.mask)[:, None, None, :]
        for number in range(LAST - FIRST):
            states = self._layer(f"l{number}", states, mask)
        return F.linear(states, self.weights["out.w"][None], self.weights["out.b"]).squeeze(-1)

    def _met(self, batch: Batch) -> torch.Tensor:
        """Return the vectors of the tokens with what is seen of their partners."""
        with torch.autocast("cpu", enabled=False):
            partners, seen = look(batch)
        states = torch.from_numpy(batch.vectors)
        change = F.linear(partners - states, self.weights["partner"])
        hint = F.linear(seen, self.weights["seen.w"], self.weights["seen.b"])
        return states + self.weights["sides"][torch.from_numpy(batch.sides)] + change + hint

    def _layer(self, name: str, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        change = self._multiply(f"{name}.ao", self._attention(name, states, mask))
        states = self._normalised(f"{name}.aln", states + change)
        inner = F.gelu(self._multiply(f"{name}.fi", states))
        return self._normalised(f"{name}.oln", states + self._multiply(f"{name}.fo", inner))

    def _attention(self, name: str, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        parts = (3, CrossWeights.head_count, -1)
        projected = self._multiply(f"{name}.q", states).view(*states.shape[:2], *parts)
        queries, keys, values = projected.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        return seen.transpose(1, 2).flatten(2)

    def _multiply(self, name: str, states: torch.Tensor) -> torch.Tensor:
        self._tap(name, states)
        return F.linear(states, self.weights[f"{name}.w"], self.weights[f"{name}.b"])

    def _normalised(self, name: str, states: torch.Tensor) -> torch.Tensor:
        gain, bias = self.weights[f"{name}.w"], self.weights[f"{name}.b"]
        return F.layer_norm(states, gain.shape, gain, bias, CrossWeights.epsilon)


def look(batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean partner of each token on the other side, and six figures on it.

    They are those of `paraalign.encode.cross`.

    Shapes: (pairs, places, dimensions), (pairs, places, 6).
    """
    centred, sides = torch.from_numpy(batch.centred), torch.from_numpy(batch.sides)
    mask = torch.from_numpy(batch.mask)
    across = (sides[:, :, None] != sides[:, None]) & mask[:, :, None] & mask[:, None]
    likeness = (centred @ centred.mT).masked_fill(~across, -1e4)
    shares = torch.softmax(likeness / SHARPNESS, dim=2) * across
    ties = (shares * shares.mT).clamp_min(1e-12).sqrt() * across
    best = ties.argmax(dim=2)
    first, second = likeness.topk(2, dim=2).values.clamp(-1, 1).unbind(2)
    places = along(sides, mask)
    seen = [
        first * 4 - 2,
        (first - second) * 5,
        ties.amax(2) * 3,
        (places - places.gather(1, best)).abs() * 5,
        (best.gather(1, best) == torch.arange(best.shape[1])).float(),
        -(shares.clamp_min(1e-9).log() * shares).sum(2),
    ]
    return shares @ torch.from_numpy(batch.vectors), torch.stack(seen, dim=2)


def along(sides: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return how far along its side each token stands, 0 to 1. Shape: (pairs, places)."""
    counts = torch.stack([((sides == k) & mask).sum(1) for k in (0, 1)], dim=1).clamp_min(1)
    places = torch.arange(sides.shape[1]) - sides * counts[:, :1]
    return places / counts.gather(1, sides)


def learn(model: CrossLayers, learning: Batches, other: Batches) -> None:
    """Let the weights of *model* learn from *learning*, and print how it does on the *other*."""
    optimiser = optimiser_of(model.weights)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    losses = []
    for step, batch in zip(range(1, STEPS + 1), endless(learning), strict=False):
        optimiser.zero_grad()
        loss = loss_of(model, batch)
        loss.backward()  # type: ignore[no-untyped-call,unused-ignore]
        torch.nn.utils.clip_grad_norm_(model.weights.values(), STEEPEST)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % SHOWN_EVERY == 0:
            mean = np.mean(losses[-SHOWN_EVERY:])
            print(f"step {step}, loss {mean:.4f}: {figures(told(model, other))}", flush=True)


def optimiser_of(weights: Tensors) -> torch.optim.Optimizer:
    """Return what changes the *weights*: slowly those of the layers, faster the new ones."""
    groups: dict[float, list[torch.Tensor]] = {RATE: [], FRONT_RATE: []}
    for name, values in weights.items():
        groups[RATE if name.startswith("l") else FRONT_RATE].append(values)
    parameters = [{"params": values, "lr": rate} for rate, values in groups.items()]
    return torch.optim.AdamW(parameters, betas=BETAS, weight_decay=DECAY)


def pace(step: int) -> float:
    """Return the share of the highest rate at which *step* learns: up at once, then down slowly."""
    return min(1.0, (step + 1) / WARM_UP) * (1 + math.cos(math.pi * step / STEPS)) / 2


def endless(batches: Batches) -> Iterator[Batch]:
    """Yield all *batches* again and again, each time shuffled anew."""
    rng = np.random.default_rng(SEED)
    while True:
        yield from map(batches.batch, batches.iter_places(rng))


def loss_of(model: CrossLayers, batch: Batch) -> torch.Tensor:
    """Return how far *model* is from the labels of *batch*."""
    with torch.autocast("cpu", torch.bfloat16):
        odds = model.odds(batch).float()
    labels = torch.from_numpy(batch.labels)
    kept = labels >= 0
    return F.binary_cross_entropy_with_logits(
        odds[kept], labels[kept].float(), pos_weight=torch.tensor(MARKED_WEIGHT)
    )


def told(model: CrossLayers, batches: Batches) -> dict[str, Told]:
    """Return labels and log odds of the tokens of *batches*, by source."""
    found: dict[str, list[Told]] = defaultdict(list)
    for chosen in batches.iter_places(np.random.default_rng(SEED)):
        batch = batches.batch(chosen)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            odds = model.odds(batch).float().numpy()
        for row, place in enumerate(chosen):
            kept = batch.labels[row] >= 0
            name = str(batches.examples.sources[place])
            found[name].append((batch.labels[row, kept], odds[row, kept]))
    return joined(found)


def told_rounded(weights: CrossWeights, batches: Batches) -> dict[str, Told]:
    """Return what `told` does, as the package computes it with *weights*."""
    encoder = CrossEncoder(weights)
    found: dict[str, list[Told]] = {}
    for name, (one, other) in batches.means.items():
        places = np.flatnonzero(batches.examples.sources == name).tolist()
        pairs = [batches.example(place) for place in places]
        odds = encoder.odds([pair.vectors for pair in pairs], (one, other))
        sides = [
            side
            for pair, both in zip(pairs, odds, strict=True)
            for side in zip(pair.labels, both, strict=True)
        ]
        found[name] = [(labels[labels >= 0], each[labels >= 0]) for labels, each in sides]
    return joined(found)


def joined(found: Mapping[str, Sequence[Told]]) -> dict[str, Told]:
    """Return what was *found* of each source in one row."""
    return {
        name: (np.concatenate([ones for ones, _ in parts]), np.concatenate([x for _, x in parts]))
        for name, parts in sorted(found.items())
    }


def figures(found: Mapping[str, Told]) -> str:
    """Return the area under the curve and the average precision of each source."""
    measures = area_under_curve, average_precision
    rows = {
        name: [measure(labels, odds.astype(np.float64)) or 0 for measure in measures]
        for name, (labels, odds) in found.items()
    }
    return ", ".join(
        f"{name} {area:.3f} {precision:.3f}" for name, (area, precision) in rows.items()
    )


def rounding_steps(weights: Tensors, batches: Batches) -> dict[str, Steps]:
    """Return the steps by which what goes into each product is best rounded, by its name."""
    inputs, rng = Inputs(), np.random.default_rng(SEED)
    for chosen in islice(batches.iter_places(rng), ROUNDED_ON):
        batch = batches.batch(chosen)
        note(inputs, weights, batch, rng.choice(int(batch.mask.sum()), 2 * len(chosen)))
    return {name: inputs.steps(name, values_of(weights[f"{name}.w"])) for name in inputs.rows}


def note(inputs: Inputs, weights: Tensors, batch: Batch, picked: NDArray[np.int64]) -> None:
    """Note in *inputs* what goes into each product over *batch*, tokens *picked* as a sample."""

    def tap(name: str, states: torch.Tensor) -> None:
        inputs.add(name, states.numpy()[batch.mask], picked)

    with torch.no_grad():
        CrossLayers(weights, tap).odds(batch)


def stored_weights(weights: Tensors, steps: Mapping[str, Steps]) -> Stored:
    """Return *weights* as `CrossWeights` reads them: products in levels, the rest in floats."""
    stored: Stored = {}
    for name, tensor in weights.items():
        product, _, part = name.rpartition(".")
        if product not in steps:
            stored[name] = values_of(tensor)
        elif part == "b":
            stored[f"{product}.bias"] = values_of(tensor)
        else:
            stored |= stored_product(product, values_of(tensor), steps[product])
    return stored | {"partner": stored["partner"].astype(np.float16)}


def stored_product(name: str, weights: Floats, steps: Steps) -> Stored:
    """Return the matrix of the product *name* in levels, with what they stand for."""
    levels, scales = levels_of(weights, steps)
    return {
        f"{name}.levels": levels.astype(np.int8),
        f"{name}.scales": scales,
        f"{name}.steps": steps.sizes,
        f"{name}.zero": np.array(steps.zero, np.uint8),
    }


def values_of(tensor: torch.Tensor) -> Floats:
    """Return the values of *tensor*."""
    values: Floats = tensor.detach().numpy()
    return values


if __name__ == "__main__":
    main()
