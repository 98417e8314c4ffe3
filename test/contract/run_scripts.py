"""Runs Python scripts in one process, since importing PyTorch takes longer than any of them.

Reads a JSON list of command lines from stdin, prints a JSON list of what each has printed, or of its error if it has refused
its arguments. Status 3: there is no PyTorch.
"""
import io
import json
import runpy
import sys

try:
    import torch
except ImportError:
    sys.exit(3)
torch.set_num_threads(1)


def printed(command_line):
    stdout, stderr, argv = sys.stdout, sys.stderr, sys.argv
    sys.stdout, sys.stderr, sys.argv = io.TextIOWrapper(io.BytesIO(), write_through=True), io.StringIO(), command_line
    try:
        runpy.run_path(command_line[0], run_name="__main__")
        return sys.stdout.buffer.getvalue().decode("utf-8")
    except SystemExit:
        return sys.stderr.getvalue()
    finally:
        sys.stdout, sys.stderr, sys.argv = stdout, stderr, argv


outputs = [printed(command_line) for command_line in json.load(sys.stdin)]
json.dump({"torch": torch.__version__, "outputs": outputs}, sys.stdout)
