"""Golden values of encoder-decoders, computed by PyTorch on CPU in float64.

Run `python make_golden_encoder_decoder.py` in this folder: it overwrites encoder-decoder-*.json of ../resources/golden.
The encoder is nn.GRU or nn.LSTM over a packed batch, the decoder a stack of nn.GRUCell or nn.LSTMCell, everything else
nn.Embedding, nn.Linear and softmax; autograd does the rest.
"""

import dataclasses

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from make_golden import float32, write

LENGTHS = [5, 2, 4]  # steps of the sources
TEXTS = [3, 5, 1]  # predictions of the texts
SOURCES, TARGETS = 7, 6  # vocabularies
NUMBERS = 4  # of a vector
EMBEDDING, READ, HIDDEN, ENERGIES = 3, 3, 4, 5


@dataclasses.dataclass
class Shape:
    cell: str = "gru-reset-after"
    source: str = "tokens"
    encoder_layers: int = 1
    bidirectional: bool = False
    reversed: bool = False
    decoder_layers: int = 1
    condition: str = "start"
    attention: int = 0
    tied: bool = False
    smoothing: float = 0.0
    gated: bool = False
    coverage: float = 0.0


SHAPES = {
    "gru-attention": Shape(bidirectional=True, attention=ENERGIES, tied=True, smoothing=0.1),
    "lstm-both": Shape("lstm", encoder_layers=2, reversed=True, decoder_layers=2, condition="both"),
    "gated": Shape("lstm", "vectors", encoder_layers=0, attention=ENERGIES, gated=True, coverage=0.5),
    "vectors": Shape("lstm", "vectors", encoder_layers=0, condition="every-step", attention=ENERGIES),
}


class EncoderDecoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        lstm = shape.cell == "lstm"
        if shape.source == "tokens":
            self.read = nn.Embedding(SOURCES, EMBEDDING)
        else:
            self.read = nn.Linear(NUMBERS, EMBEDDING)
        said = EMBEDDING
        if shape.encoder_layers:
            module = nn.LSTM if lstm else nn.GRU
            layers, both = shape.encoder_layers, shape.bidirectional
            self.encoder = module(EMBEDDING, READ, layers, bidirectional=both)
            said = READ * (1 + both)
        if shape.condition != "every-step":
            self.bridge = nn.Linear(said, shape.decoder_layers * (1 + lstm) * HIDDEN)
        self.written = nn.Embedding(TARGETS, EMBEDDING)
        told = said * (shape.condition != "start")
        if shape.attention:
            self.key = nn.Linear(said, shape.attention)
            self.query = nn.Linear(HIDDEN, shape.attention, bias=False)
            self.energy = nn.Parameter(torch.empty(shape.attention))
            if shape.gated:
                self.gate = nn.Linear(HIDDEN, 1)
            told += said
        cell = nn.LSTMCell if lstm else nn.GRUCell
        widths = [EMBEDDING + told] + [HIDDEN] * (shape.decoder_layers - 1)
        self.decoder = nn.ModuleList(cell(width, HIDDEN) for width in widths)
        self.readout = nn.Linear(HIDDEN + EMBEDDING + told, EMBEDDING)
        self.output = nn.Linear(EMBEDDING, TARGETS)
        if shape.tied:
            self.output.weight = self.written.weight

    def named(self):
        """The parameters by the names that Unroll's files have, in their order."""
        tokens, attends = self.shape.source == "tokens", self.shape.attention > 0
        parts = {"encoder.embedding" if tokens else "encoder.projection": self.read}
        if self.shape.encoder_layers:
            parts["encoder"] = self.encoder
        if self.shape.condition != "every-step":
            parts["bridge"] = self.bridge
        if attends:
            parts["attention.key"] = self.key
        parts["decoder.embedding"] = self.written
        named = {f"{part}.{name}": p for part, module in parts.items() for name, p in module.named_parameters()}
        if attends:
            named |= {"attention.query.weight": self.query.weight, "attention.energy": self.energy}
        if self.shape.gated:
            named |= {f"attention.gate.{name}": p for name, p in self.gate.named_parameters()}
        for layer, cell in enumerate(self.decoder):
            named |= {f"decoder.{name}_l{layer}": p for name, p in cell.named_parameters()}
        named |= {f"decoder.readout.{name}": p for name, p in self.readout.named_parameters()}
        if not self.shape.tied:
            named["output.weight"] = self.output.weight
        return named | {"output.bias": self.output.bias}

    def forward(self, source, text):
        memory, summary = self.encode(self.read(source))
        keys = self.key(memory) if self.shape.attention else None
        states = self.begin(summary)
        logits, self.weights = [], []
        for token in text:
            y = self.written(token)
            told = [summary] if self.shape.condition != "start" else []
            if self.shape.attention:
                told.append(self.attend(states[0][0], keys, memory))
            x = torch.cat([y, *told], 1)
            for layer, cell in enumerate(self.decoder):
                state = cell(x, states[layer] if self.shape.cell == "lstm" else states[layer][0])
                states[layer] = state if self.shape.cell == "lstm" else (state,)
                x = states[layer][0]
            logits.append(self.output(torch.tanh(self.readout(torch.cat([x, y, *told], 1)))))
        return torch.stack(logits)

    def encode(self, x):
        """What each step says, and the summary."""
        if self.shape.encoder_layers == 0:
            steps = torch.arange(len(x))[:, None] < torch.tensor(LENGTHS)
            return x, (x * steps[:, :, None]).sum(0) / steps.sum(0)[:, None]
        if self.shape.reversed:
            turned = [torch.cat([x[:n, b].flip(0), x[n:, b]]) for b, n in enumerate(LENGTHS)]
            x = torch.stack(turned, 1)
        packed, last = self.encoder(pack_padded_sequence(x, LENGTHS, enforce_sorted=False))
        last = last[0] if self.shape.cell == "lstm" else last
        ends = last[-2:] if self.shape.bidirectional else last[-1:]
        return pad_packed_sequence(packed)[0], torch.cat([*ends], 1)

    def begin(self, summary):
        """The first states of each layer: h, and c of an LSTM."""
        count = 1 + (self.shape.cell == "lstm")
        if self.shape.condition == "every-step":
            first = summary.new_zeros(len(summary), self.shape.decoder_layers * count * HIDDEN)
        else:
            first = torch.tanh(self.bridge(summary))
        blocks = first.split(HIDDEN, 1)
        return [tuple(blocks[x : x + count]) for x in range(0, len(blocks), count)]

    def attend(self, h, keys, memory):
        energies = torch.tanh(self.query(h) + keys) @ self.energy
        outside = torch.arange(len(keys))[:, None] >= torch.tensor(LENGTHS)
        weights = energies.masked_fill(outside, -torch.inf).softmax(0)
        self.weights.append(weights)
        found = (weights[:, :, None] * memory).sum(0)
        return torch.sigmoid(self.gate(h)) * found if self.shape.gated else found


def encoder_decoder(name, shape):
    torch.manual_seed(4)
    model = EncoderDecoder(shape).double()
    named = model.named()
    for parameter in named.values():
        parameter.data = float32(*parameter.shape, scale=0.5)
    batch, steps = len(LENGTHS), max(LENGTHS)
    if shape.source == "tokens":
        source = torch.randint(SOURCES, (steps, batch))
    else:
        source = float32(steps, batch, NUMBERS)
    text = torch.randint(TARGETS, (max(TEXTS) + 1, batch))
    counts = torch.arange(max(TEXTS))[:, None] < torch.tensor(TEXTS)
    logits = model(source, text[:-1])
    chosen, targets = logits[counts], text[1:][counts]
    losses = nn.functional.cross_entropy(logits.transpose(1, 2), text[1:], reduction="none")
    mean = nn.functional.cross_entropy(chosen, targets, label_smoothing=shape.smoothing)
    if shape.coverage:
        looked = (torch.stack(model.weights) * counts[:, None]).sum(0)
        inside = torch.arange(steps)[:, None] < torch.tensor(LENGTHS)
        mean = mean + shape.coverage * ((1 - looked) ** 2 * inside).sum() / counts.sum()
    gradients = torch.autograd.grad(mean, list(named.values()))
    write(
        f"encoder-decoder-{name}.json",
        {
            "shape": dataclasses.asdict(shape),
            "sizes": {
                "sources": SOURCES,
                "targets": TARGETS,
                "numbers": NUMBERS,
                "embedding": EMBEDDING,
                "encoderHidden": READ,
                "decoderHidden": HIDDEN,
            },
            "lengths": LENGTHS,
            "texts": TEXTS,
            "shapes": {key: list(parameter.shape) for key, parameter in named.items()},
            "parameters": {key: values.detach().flatten() for key, values in named.items()},
            "source": source.transpose(0, 1),
            "text": text.T,
            "losses": (losses * counts).sum(0).detach(),
            "logits": logits.detach().transpose(0, 1),
            "gradients": {key: g.flatten() for key, g in zip(named, gradients)},
        },
    )


if __name__ == "__main__":
    for name, shape in SHAPES.items():
        encoder_decoder(name, shape)
