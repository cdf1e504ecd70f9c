"""The pages' templates and assets, read once.

Whatever a template is given is escaped, and characters that no page may hold are replaced.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from paraalign.report.legal import legal

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["asset", "template"]


@cache
def template(name: str) -> "Template":
    """Return the template *name* of the package, with escaping on."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only here

    environment = Environment(
        loader=PackageLoader("paraalign.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_without_illegal,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return environment.get_template(name)


def _without_illegal(value: object) -> object:
    """Replace what no page may hold; what a template has made is so already."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else legal(value)


@cache
def asset(name: str) -> str:
    """Return the text of the package's file *name*: a style sheet or a script.

    >>> asset("page.css").startswith(":root")
    True
    """
    return files("paraalign.report").joinpath("page", name).read_text("utf-8")
