"""Encoders that the user names: any model that `transformers` loads, with the extra `hub`.

The tokenizer must be a fast one, since only those say where a token stands. Links of words take the
states halfway up (in the models measured, the layers that link words best lie there), links of
sentences those of the last layer. Each text runs by itself, so its vectors depend on it alone. All
tokens weigh the same, since nothing tells how rare they are.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.protocol import TokenVectors
from paraalign.errors import MissingExtraError, OptionError

__all__ = ["HubEncoder", "load_hub_encoder"]

_LONGEST = 512  # tokens in a window, the model's own signs included, if it takes as many
_SHARE = 3  # neighbouring windows share the third part of their tokens
_Span: TypeAlias = tuple[int, int]

_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def load_hub_encoder(name: str) -> "HubEncoder":
    """Return the encoder over the model *name*, a folder or a name that `transformers` knows.

    Raises:
        MissingExtraError: If `transformers` or `torch` is not installed.
        OptionError: If there is no such model, or it has no fast tokenizer.
    """
    try:
        import torch  # type: ignore[import-not-found,unused-ignore]  # noqa: F401, PLC0415
        from transformers import (  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
            AutoModel,
            AutoTokenizer,
        )
    except ImportError as error:
        message = f"encoder {name!r} needs more packages: pip install 'paraalign[hub]'"
        raise MissingExtraError(message) from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True)
        model = AutoModel.from_pretrained(name)
    except (OSError, ValueError, KeyError) as error:
        reason = str(error).strip().partition("\n")[0]
        message = f"encoder {name!r} can't be loaded; expected 'e5', 'none' or a model ({reason})"
        raise OptionError(message) from error
    return HubEncoder(name, tokenizer, model.eval())


class HubEncoder:
    """The encoder *name* over a fast *tokenizer* and a *model* that gives its hidden states.

    Raises:
        OptionError: If the tokenizer is not a fast one.
    """

    def __init__(self, name: str, tokenizer: Any, model: Any) -> None:  # noqa: ANN401 - optional
        if not getattr(tokenizer, "is_fast", False):
            message = (
                f"encoder {name!r} has no fast tokenizer, which alone says where a token stands"
            )
            raise OptionError(message)
        self.name = name
        self._tokenizer = tokenizer
        self._model = model
        places = getattr(model.config, "max_position_embeddings", _LONGEST)
        self._size = min(_LONGEST, int(tokenizer.model_max_length), places)

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of each of *texts*, in order; of an empty text, none."""
        known = {text: self._encode(text) for text in dict.fromkeys(texts)}
        return [known[text] for text in texts]

    def _encode(self, text: str) -> TokenVectors:
        windows = list(self._iter_windows(text))
        spans = np.array([_visible(text, *span) for part, _ in windows for span in part], np.int32)
        spans = spans.reshape(-1, 2)
        shown = np.flatnonzero(spans[:, 0] < spans[:, 1])
        words, sentences = np.concatenate([states for _, states in windows], axis=1)[:, shown]
        return TokenVectors(
            starts=spans[shown, 0],
            ends=spans[shown, 1],
            words=words,
            sentences=sentences,
            weights=np.ones(len(shown), np.float32),
        )

    def _iter_windows(self, text: str) -> Iterator[tuple[list[_Span], NDArray[np.float32]]]:
        """Yield the spans of the tokens of *text*, and their states, window by window."""
        overlap = self._size // _SHARE
        cut = self._tokenizer(
            text.translate(_LONE_SURROGATES),
            truncation=True,
            max_length=self._size,
            stride=overlap,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        count = len(cut["input_ids"])
        for number, ids in enumerate(cut["input_ids"]):
            own = np.flatnonzero(np.array(cut["special_tokens_mask"][number]) == 0)
            own = own[overlap // 2 if number else 0 :]
            own = own[: len(own) - (overlap - overlap // 2) if number + 1 < count else None]
            spans = cut["offset_mapping"][number]
            yield [spans[place] for place in own], self._states(ids)[:, own]

    def _states(self, ids: list[int]) -> NDArray[np.float32]:
        """Return the states of the tokens *ids*, two of each. Shape: (2, ids, width)."""
        import torch  # noqa: PLC0415 - the optional extra

        with torch.no_grad():
            output = self._model(input_ids=torch.tensor([ids]), output_hidden_states=True)
        states = [state[0].float().numpy() for state in output.hidden_states]
        middle = len(states) // 2
        return np.stack(
            [(states[middle] + states[min(middle + 1, len(states) - 1)]) / 2, states[-1]]
        )


def _visible(text: str, start: int, end: int) -> _Span:
    """Return the span without the blanks at its ends.

    >>> _visible("a  bc", 1, 5)
    (3, 5)
    """
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
