"""Every example in a docstring does what it says."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import paraalign

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(paraalign.__path__, "paraalign.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", ["paraalign", *MODULES])
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
