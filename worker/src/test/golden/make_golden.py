"""Golden values for the worker's tests, computed by PyTorch 2.13 on CPU in float64.

Run `python make_golden.py` in this folder: it overwrites the JSON files of ../resources/golden.
Every input is a float32 number, so that Java reads exactly what PyTorch computed with.
"""

import json
from pathlib import Path

import torch

RESULTS = Path(__file__).parent.parent / "resources" / "golden"


def float32(*shape, scale=1.0):
    """Normal numbers that float32 holds exactly, as float64."""
    return (torch.randn(*shape) * scale).float().double()


def write(name, content):
    def plain(value):
        return value.tolist() if isinstance(value, torch.Tensor) else value

    content = {"torch": torch.__version__.split("+")[0], **content}
    (RESULTS / name).write_text(json.dumps(content, default=plain, indent=1) + "\n")


def optimizers():
    """Ten clipped steps of each optimizer; clipping acts on some of the gradients only."""
    torch.manual_seed(1)
    start = float32(7)
    gradients = [float32(7, scale=0.1 + 0.1 * step) for step in range(10)]
    kinds = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
        "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.99, eps=1e-8),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.9, 0.999), eps=1e-8),
    }
    runs = {}
    for kind, optimizer_of in kinds.items():
        parameter = torch.nn.Parameter(start.clone())
        optimizer = optimizer_of([parameter])
        norms, steps = [], []
        for gradient in gradients:
            parameter.grad = gradient.clone()
            norms.append(torch.nn.utils.clip_grad_norm_([parameter], max_norm=1.0).item())
            optimizer.step()
            steps.append(parameter.detach().tolist())
        learning_rate = optimizer.param_groups[0]["lr"]
        runs[kind] = {"learningRate": learning_rate, "norms": norms, "parameters": steps}
    write(
        "optimizers.json",
        {"maxNorm": 1.0, "start": start, "gradients": gradients, "runs": runs},
    )


if __name__ == "__main__":
    RESULTS.mkdir(parents=True, exist_ok=True)
    optimizers()
