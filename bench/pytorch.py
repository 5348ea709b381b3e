#!/usr/bin/env python3
"""Speed of one training step in PyTorch, on the presets of `deploy/unroll benchmark`.

A step is what Unroll's is: forward, backward, clipping by global norm and SGD, float32, state carried
from window to window and cut off from the gradient. Tokens/s = T * B / median step time, after a
warm-up half as long as the measured time. With --sample N: the time to write N tokens instead, with or
without oneDNN, whichever is faster here.

    python3 bench/pytorch.py --preset char-512 --threads 1 --seconds 10 --json
"""

import argparse
import collections
import json
import statistics
import sys
import time

import torch

Preset = collections.namedtuple("Preset", "cell vocabulary hidden window batch")

# The table of io.unroll.worker.benchmark.Preset: two layers, embedding as large as the hidden state.
PRESETS = {
    "char-128": Preset("lstm", 65, 128, 50, 50),
    "char-512": Preset("lstm", 65, 512, 50, 50),
    "gru-512": Preset("gru", 65, 512, 50, 50),
    "word-200": Preset("lstm", 10000, 200, 20, 20),
    "word-650": Preset("lstm", 10000, 650, 35, 20),
}
LAYERS = 2
GATES = {"lstm": 4, "gru": 3}
LEARNING_RATE = 0.1
MAX_NORM = 1.0
SEED = 1
WINDOWS = 16
FEWEST_STEPS = 3
PROBE = 200  # tokens

# Tokens as io.unroll.worker.benchmark.SyntheticTokens draws them.
LARGEST_UNIFORM = 1000
SHIFT = 2.7


class LanguageModel(torch.nn.Module):
    def __init__(self, preset):
        super().__init__()
        recurrent = torch.nn.LSTM if preset.cell == "lstm" else torch.nn.GRU
        self.embedding = torch.nn.Embedding(preset.vocabulary, preset.hidden)
        self.rnn = recurrent(preset.hidden, preset.hidden, LAYERS)
        self.output = torch.nn.Linear(preset.hidden, preset.vocabulary)

    def forward(self, tokens, state):
        hidden, state = self.rnn(self.embedding(tokens), state)
        return self.output(hidden), state


def flops_per_token(preset):
    """Nominal: 6 for each weight that takes part in a product."""
    layer = GATES[preset.cell] * preset.hidden * (preset.hidden + preset.hidden)
    return 6 * (LAYERS * layer + preset.vocabulary * preset.hidden)


def draw(vocabulary, count):
    """Tokens: characters are equally likely; words have p ~ 1 / (rank + 2.7)."""
    if vocabulary <= LARGEST_UNIFORM:
        return torch.randint(0, vocabulary, (count,))
    ranks = torch.arange(1, vocabulary + 1, dtype=torch.float64)
    return torch.multinomial(1 / (ranks + SHIFT), count, replacement=True)


class Trainer:
    """One model that trains on a few windows, drawn beforehand, which come round again and again."""

    def __init__(self, preset, batch):
        self.model = LanguageModel(preset)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=LEARNING_RATE)
        shape = (WINDOWS, preset.window, batch)
        count = WINDOWS * preset.window * batch
        self.inputs = draw(preset.vocabulary, count).view(shape)
        self.targets = draw(preset.vocabulary, count).view(shape)
        self.state = None
        self.steps = 0

    def step(self):
        window = self.steps % WINDOWS
        logits, state = self.model(self.inputs[window], self.state)
        self.state = (
            tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
        )
        loss = torch.nn.functional.cross_entropy(
            logits.flatten(0, 1), self.targets[window].flatten()
        )
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), MAX_NORM)
        self.optimizer.step()
        self.steps += 1


def times(action, seconds, fewest):
    """Seconds that each call took, for that long in all."""
    taken = []
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds or len(taken) < fewest:
        before = time.perf_counter()
        action()
        taken.append(time.perf_counter() - before)
    return taken


def train(preset, batch, seconds):
    trainer = Trainer(preset, batch)
    times(trainer.step, seconds / 2, FEWEST_STEPS)
    taken = times(trainer.step, seconds, FEWEST_STEPS)
    median = statistics.median(taken)
    rate = preset.window * batch / median
    return {
        "tokens-per-second": rate,
        "batch": batch,
        "steps": len(taken),
        "step-milliseconds": 1e3 * median,
        "gflops": flops_per_token(preset) * rate / 1e9,
    }


@torch.inference_mode()
def write(model, length):
    """Draws one token after another from the model's own distribution."""
    token = torch.zeros(1, 1, dtype=torch.long)
    state = None
    written = torch.empty(length, dtype=torch.long)
    for position in range(length):
        logits, state = model(token, state)
        token = torch.multinomial(torch.softmax(logits[0], dim=-1), 1)
        written[position] = token[0, 0]
    return written


def choose_backend(model):
    """Leaves oneDNN on or off, whichever writes faster, and tells the milliseconds per token of both.

    For one token at a time, oneDNN prepares its weights anew in each call of nn.LSTM.
    """
    milliseconds = {}
    for onednn in (True, False):
        torch.backends.mkldnn.enabled = onednn
        write(model, PROBE // 10)
        milliseconds[onednn] = 1e3 * times(lambda: write(model, PROBE), 0, 1)[0] / PROBE
    torch.backends.mkldnn.enabled = milliseconds[True] <= milliseconds[False]
    return milliseconds


def sample(preset, length, seconds):
    model = LanguageModel(preset).eval()
    probed = choose_backend(model)
    times(lambda: write(model, length), seconds / 2, 1)
    taken = times(lambda: write(model, length), seconds, 1)
    median = statistics.median(taken)
    return {
        "tokens-per-second": length / median,
        "sampled-tokens": length,
        "texts": len(taken),
        "sample-seconds": median,
        "onednn": torch.backends.mkldnn.enabled,
        "probed-milliseconds-per-token": {"onednn": probed[True], "without": probed[False]},
    }


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=list(PRESETS) + ["all"], default="all")
    parser.add_argument("--threads", type=int, default=1, help="default: 1")
    parser.add_argument("--seconds", type=float, default=10, help="measured time, default: 10")
    parser.add_argument("--batch", type=int, help="default: the preset's")
    parser.add_argument("--sample", type=int, metavar="N", help="write N tokens instead of training")
    parser.add_argument("--json", action="store_true", help="one JSON object for each preset")
    parsed = parser.parse_args()
    for name in ("threads", "batch", "sample"):
        value = getattr(parsed, name)
        if value is not None and value < 1:
            parser.error(f"--{name} must be at least 1")
    return parsed


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    for name in PRESETS if options.preset == "all" else [options.preset]:
        preset = PRESETS[name]
        torch.manual_seed(SEED)
        if options.sample:
            speed = sample(preset, options.sample, options.seconds)
        else:
            speed = train(preset, options.batch or preset.batch, options.seconds)
        result = {"preset": name, "cores": options.threads, **speed, "torch": torch.__version__}
        if options.json:
            print(json.dumps(result), flush=True)
        else:
            print("  ".join(f"{key} {text(value)}" for key, value in result.items()), flush=True)
    return 0


def text(value):
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
