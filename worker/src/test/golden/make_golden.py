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
    """One line per entry."""
    content = {"torch": torch.__version__.split("+")[0], **content}
    lines = [
        f"{json.dumps(key)}: {json.dumps(value, default=torch.Tensor.tolist)}"
        for key, value in content.items()
    ]
    (RESULTS / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


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
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.3),
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


class GruResetBefore(torch.nn.Module):
    """Cho et al. 2014, which PyTorch lacks, with the parameters and the state of nn.GRU."""

    def __init__(self, inputs, hidden, layers):
        super().__init__()
        self.weights = torch.nn.GRU(inputs, hidden, layers)  # for its parameters only
        self.layers = layers

    def named_parameters(self, *args, **kwargs):
        return self.weights.named_parameters(*args, **kwargs)

    def forward(self, x, state):
        last = []
        for layer in range(self.layers):
            w_ih, w_hh, b_ih, b_hh = (
                getattr(self.weights, f"{name}_l{layer}")
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            hidden = w_hh.shape[1]
            h, outputs = state[layer], []
            for step in x:
                a = step @ w_ih.T + b_ih + b_hh
                rz = torch.sigmoid(a[:, : 2 * hidden] + h @ w_hh[: 2 * hidden].T)
                r, z = rz.chunk(2, dim=1)
                n = torch.tanh(a[:, 2 * hidden :] + (r * h) @ w_hh[2 * hidden :].T)
                h = (1 - z) * h + z * n
                outputs.append(h)
            x = torch.stack(outputs)
            last.append(h)
        return x, torch.stack(last)


CELLS = {
    "rnn": torch.nn.RNN,
    "lstm": torch.nn.LSTM,
    "gru": GruResetBefore,
    "gru-reset-after": torch.nn.GRU,
}


def model(cell):
    """Two windows of a two-layer model: the state is carried, the gradient cut."""
    torch.manual_seed(2)
    vocabulary, embedding, hidden, layers, time, batch = 5, 3, 4, 2, 4, 3
    embed = torch.nn.Embedding(vocabulary, embedding)
    rnn = CELLS[cell](embedding, hidden, layers)
    output = torch.nn.Linear(hidden, vocabulary)
    named = {"embedding.weight": embed.weight}
    named |= {f"rnn.{name}": parameter for name, parameter in rnn.named_parameters()}
    named |= {"output.weight": output.weight, "output.bias": output.bias}
    for parameter in named.values():
        parameter.data = float32(*parameter.shape, scale=0.5)
    zero = torch.zeros(layers, batch, hidden, dtype=torch.float64)
    state = (zero, zero) if cell == "lstm" else zero
    windows = []
    for _ in range(2):
        inputs = torch.randint(vocabulary, (time, batch))
        targets = torch.randint(vocabulary, (time, batch))
        hiddens, state = rnn(embed(inputs), state)
        logits = output(hiddens)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        gradients = torch.autograd.grad(loss, list(named.values()))
        state = tuple(part.detach() for part in state) if cell == "lstm" else state.detach()
        by_layer = torch.stack(state, dim=1) if cell == "lstm" else state
        windows.append(
            {
                "inputs": inputs.flatten(),
                "targets": targets.flatten(),
                "lastLogits": logits[-1].flatten(),
                "state": by_layer.flatten(),
                "loss": loss.item() * time * batch,
                "gradients": {name: g.flatten() for name, g in zip(named, gradients)},
            }
        )
    sizes = {
        "vocabulary": vocabulary,
        "embedding": embedding,
        "hidden": hidden,
        "layers": layers,
        "time": time,
        "batch": batch,
    }
    shapes = {name: list(parameter.shape) for name, parameter in named.items()}
    values = {name: parameter.detach().flatten() for name, parameter in named.items()}
    write(
        f"{cell}.json",
        {"sizes": sizes, "shapes": shapes, "parameters": values, "windows": windows},
    )


def labeler(name, cell, layers, pooling, residual):
    """A bidirectional labeler on a padded batch: nn.LSTM or nn.GRU, weights by their names.

    pooling: a list of "last", "mean" and "max", or empty for a label at every step.
    residual: one nn module for each layer, with a sum over each but the first.
    """
    torch.manual_seed(3)
    vocabulary, embedding, hidden, labels, time, batch = 6, 3, 4, 3, 5, 3
    lengths = [5, 2, 4]
    embed = torch.nn.Embedding(vocabulary, embedding)
    module = {"lstm": torch.nn.LSTM, "gru-reset-after": torch.nn.GRU}[cell]
    width = 2 * hidden
    if residual:
        stack = [
            module(embedding if level == 0 else width, hidden, bidirectional=True)
            for level in range(layers)
        ]
    else:
        stack = [module(embedding, hidden, layers, bidirectional=True)]
    output = torch.nn.Linear(width * max(1, len(pooling)), labels)
    named = {"embedding.weight": embed.weight}
    for level, part in enumerate(stack):
        for parameter, values in part.named_parameters():
            parameter = parameter.replace("_l0", f"_l{level}") if residual else parameter
            named[f"rnn.{parameter}"] = values
    named |= {"output.weight": output.weight, "output.bias": output.bias}
    for parameter in named.values():
        parameter.data = float32(*parameter.shape, scale=0.5)
    tokens = torch.randint(vocabulary, (time, batch))
    steps = torch.arange(time)[:, None] < torch.tensor(lengths)[None, :]
    x = embed(tokens)
    for level, part in enumerate(stack):
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
        out, _ = torch.nn.utils.rnn.pad_packed_sequence(part(packed)[0])
        x = out + x if residual and level > 0 else out
    if pooling:
        pooled = {
            "last": torch.stack(
                [
                    torch.cat([x[n - 1, b, :hidden], x[0, b, hidden:]])
                    for b, n in enumerate(lengths)
                ]
            ),
            "mean": (x * steps[:, :, None]).sum(0) / steps.sum(0)[:, None],
            "max": x.masked_fill(~steps[:, :, None], -torch.inf).amax(0),
        }
        logits = output(torch.cat([pooled[way] for way in pooling], 1))
        targets = torch.randint(labels, (batch,))
        loss = torch.nn.functional.cross_entropy(logits, targets)
        places = batch
    else:
        logits = output(x)
        targets = torch.randint(labels, (time, batch))
        loss = torch.nn.functional.cross_entropy(logits[steps], targets[steps])
        places = sum(lengths)
    gradients = torch.autograd.grad(loss, list(named.values()))
    write(
        f"labeler-{name}.json",
        {
            "cell": cell,
            "pooling": pooling,
            "residual": residual,
            "sizes": {
                "vocabulary": vocabulary,
                "embedding": embedding,
                "hidden": hidden,
                "layers": layers,
                "labels": labels,
                "time": time,
                "batch": batch,
            },
            "lengths": lengths,
            "shapes": {key: list(parameter.shape) for key, parameter in named.items()},
            "parameters": {key: values.detach().flatten() for key, values in named.items()},
            "tokens": tokens.flatten(),
            "targets": targets.flatten(),
            "loss": loss.item() * places,
            "logits": logits.flatten(),
            "gradients": {key: g.flatten() for key, g in zip(named, gradients)},
        },
    )


LABELERS = {
    "lstm-last": ("lstm", 2, ["last"], False),
    "gru-pooled": ("gru-reset-after", 1, ["max", "mean", "last"], False),
    "lstm-tags": ("lstm", 2, [], False),
    "gru-tags-residual": ("gru-reset-after", 3, [], True),
}


if __name__ == "__main__":
    RESULTS.mkdir(parents=True, exist_ok=True)
    optimizers()
    for cell in CELLS:
        model(cell)
    for name, arguments in LABELERS.items():
        labeler(name, *arguments)
