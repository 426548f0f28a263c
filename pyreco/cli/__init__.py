"""The command line: options in, answers on standard output, faults on standard error, an exit code."""

from pyreco.cli.app import main

__all__ = ["main"]
