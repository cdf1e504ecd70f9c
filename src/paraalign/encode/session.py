"""Open a graph in onnxruntime, always in the same way."""

from typing import Any

__all__ = ["open_session"]

_ERRORS = 3  # log severity of onnxruntime
_AWAKE = "30"  # microseconds


def open_session(model: bytes, thread_count: int) -> Any:  # noqa: ANN401 - untyped
    """Return an `InferenceSession` of *model*, a ModelProto, on the processor.

    Its threads stay awake between the steps of a run, and sleep between runs. By default they go
    round in circles for longer, which takes the processor from whatever is done then; if they slept
    at once, runs would take a fifth longer.
    """
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - heavy

    options = SessionOptions()
    options.intra_op_num_threads = thread_count
    options.log_severity_level = _ERRORS
    options.add_session_config_entry("session.intra_op.spin_duration_us", _AWAKE)
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
