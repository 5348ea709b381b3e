#!/usr/bin/env python3
"""Speed of a model that translates, in PyTorch: that of io.unroll.bench.translation.TranslationBenchmark and DecodingBenchmark.

    bench/pytorch-translation.py PAIRS THREADS SECONDS [--cell]
    bench/pytorch-translation.py PAIRS THREADS SECONDS WIDTH TOKENS

The loop is what PyTorch does best here: the encoder is nn.GRU over a packed batch; keys, and what the decoder's gates take of
the tokens before, are one product for all steps; a step of the decoder has one product for the query and the recurrent gates;
the readout, the logits and the loss are one product each for all tokens that count; Adam is fused. With --cell the decoder is nn.GRUCell instead, as people
write it.

With WIDTH and TOKENS, all sentences are translated by beams of that width, texts of so many tokens each: sentences of like length together, in the
batches that are fastest of those that are tried; those of a beam share their keys and their memory, no state is kept twice, and nothing is looked
at on its way but the largest sums, so that no text can end early.
"""

import argparse
import json
import pathlib
import random
import time

import torch
from torch import nn
from torch.nn.functional import cross_entropy, dropout, linear
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

VOCABULARY = 8000
EMBEDDING, ENCODER, DECODER, ATTENTION = 256, 256, 512, 256
INPUT_DROPOUT, DROPOUT, SMOOTHING = 0.4, 0.5, 0.1
BATCH = 64
BATCHES = (16, 32, 64, 128, 256)  # of which the fastest translates
BEGIN = 1
RATE, MAX_NORM = 5e-4, 1.0
SEED = 1


class Translator(nn.Module):
    def __init__(self, plain_cell):
        super().__init__()
        self.plain_cell = plain_cell
        self.read = nn.Embedding(VOCABULARY, EMBEDDING)
        self.encoder = nn.GRU(EMBEDDING, ENCODER, bidirectional=True)
        self.bridge = nn.Linear(2 * ENCODER, DECODER)
        self.key = nn.Linear(2 * ENCODER, ATTENTION)
        self.query = nn.Linear(DECODER, ATTENTION, bias=False)
        self.energy = nn.Parameter(torch.empty(ATTENTION).uniform_(-1 / 16, 1 / 16))
        self.written = nn.Embedding(VOCABULARY, EMBEDDING)
        self.cell = nn.GRUCell(EMBEDDING + 2 * ENCODER, DECODER)
        self.readout = nn.Linear(DECODER + EMBEDDING + 2 * ENCODER, EMBEDDING)
        self.output = nn.Linear(EMBEDDING, VOCABULARY)
        for embedding in (self.read, self.written):
            nn.init.uniform_(embedding.weight, -0.1, 0.1)
        self.output.weight = self.written.weight

    def forward(self, batch):
        packed = pack_padded_sequence(dropout(self.read(batch.source), INPUT_DROPOUT), batch.lengths)
        memory = dropout(pad_packed_sequence(self.encoder(packed)[0])[0], DROPOUT).transpose(0, 1)
        ends = memory[torch.arange(len(memory)), batch.lengths - 1]
        summary = torch.cat([ends[:, :ENCODER], memory[:, 0, ENCODER:]], 1)
        h = torch.tanh(self.bridge(summary))
        y = dropout(self.written(batch.inputs), INPUT_DROPOUT)
        decode = self.decode_by_cell if self.plain_cell else self.decode
        h, c = decode(y, h, self.key(memory), memory, batch.outside)
        read = torch.cat([dropout(h, DROPOUT), y, c], 2).flatten(0, 1)[batch.counted]
        return self.output(dropout(torch.tanh(self.readout(read)), DROPOUT))

    def attend(self, query, keys, memory, outside):
        energies = torch.tanh(query[:, None] + keys) @ self.energy
        if outside is not None:
            energies = energies + outside
        return torch.bmm(torch.softmax(energies, 1)[:, None], memory)[:, 0]

    def decode(self, y, h, keys, memory, outside):
        w, b = self.cell.weight_ih, self.cell.bias_ih
        gates = linear(y, w[:, :EMBEDDING], b)
        of_context = w[:, EMBEDDING:].T
        of_state = torch.cat([self.query.weight, self.cell.weight_hh]).T
        bias = torch.cat([h.new_zeros(ATTENTION), self.cell.bias_hh])
        states, contexts = [], []
        for gate in gates.unbind(0):
            query, recurrent = torch.addmm(bias, h, of_state).split([ATTENTION, 3 * DECODER], 1)
            c = self.attend(query, keys, memory, outside)
            gate = torch.addmm(gate, c, of_context)
            r, z = torch.sigmoid(gate[:, : 2 * DECODER] + recurrent[:, : 2 * DECODER]).chunk(2, 1)
            n = torch.tanh(torch.addcmul(gate[:, 2 * DECODER :], r, recurrent[:, 2 * DECODER :]))
            h = torch.lerp(n, h, z)
            states.append(h)
            contexts.append(c)
        return torch.stack(states), torch.stack(contexts)

    def decode_by_cell(self, y, h, keys, memory, outside):
        states, contexts = [], []
        for token in y.unbind(0):
            c = self.attend(self.query(h), keys, memory, outside)
            h = self.cell(torch.cat([token, c], 1), h)
            states.append(h)
            contexts.append(c)
        return torch.stack(states), torch.stack(contexts)


    def begin(self, source, lengths):
        """Memory, keys and first states of sentences, padded; what is outside of them."""
        packed = pack_padded_sequence(self.read(source), lengths)
        memory = pad_packed_sequence(self.encoder(packed)[0])[0].transpose(0, 1)
        ends = memory[torch.arange(len(memory)), lengths - 1]
        h = torch.tanh(self.bridge(torch.cat([ends[:, :ENCODER], memory[:, 0, ENCODER:]], 1)))
        outside = None
        if lengths[0] != lengths[-1]:
            beyond = torch.arange(len(source)) >= lengths[:, None]
            outside = torch.zeros(beyond.shape).masked_fill(beyond, -torch.inf)[:, None]
        return memory, self.key(memory)[:, None], h, outside

    def step(self, tokens, h, memory, keys, outside):
        """Logarithms of probabilities, and the next states, of rows [sentences x width]."""
        sentences, width = len(memory), len(h) // len(memory)
        y = self.written(tokens)
        energies = torch.tanh(self.query(h).view(sentences, width, 1, ATTENTION) + keys) @ self.energy
        if outside is not None:
            energies = energies + outside
        c = torch.bmm(torch.softmax(energies, 2), memory).view(len(h), -1)
        h = self.cell(torch.cat([y, c], 1), h)
        return torch.log_softmax(self.output(torch.tanh(self.readout(torch.cat([h, y, c], 1)))), 1), h

    def translate(self, source, lengths, width, tokens):
        """The best text of a beam search for each sentence."""
        memory, keys, h, outside = self.begin(source, lengths)
        sentences = len(memory)
        last = torch.full((sentences,), BEGIN)
        sums, texts = torch.zeros(sentences, 1), torch.empty(sentences, 0, dtype=torch.long)
        for _ in range(tokens):
            found, h = self.step(last, h, memory, keys, outside)
            sums, best = (sums.view(sentences, -1, 1) + found.view(sentences, -1, VOCABULARY)).flatten(1).topk(width)
            parents = (torch.arange(sentences)[:, None] * (len(last) // sentences) + best // VOCABULARY).flatten()
            last = (best % VOCABULARY).flatten()
            h, texts = h[parents], torch.cat([texts[parents], last[:, None]], 1)
        return texts[::width]


class Batch:
    """Pairs in descending order of the sources' lengths, padded."""

    def __init__(self, pairs):
        sources, texts = zip(*pairs)
        self.lengths = torch.tensor([len(source) for source in sources])
        self.source = nn.utils.rnn.pad_sequence([torch.tensor(source) for source in sources])
        self.inputs = nn.utils.rnn.pad_sequence([torch.tensor(text[:-1]) for text in texts])
        targets = nn.utils.rnn.pad_sequence([torch.tensor(text[1:]) for text in texts], padding_value=-1)
        self.counted = (targets.flatten() >= 0).nonzero()[:, 0]
        self.targets = targets.flatten()[self.counted]
        self.outside = None
        if self.lengths[0] != self.lengths[-1]:
            beyond = torch.arange(len(self.source)) >= self.lengths[:, None]
            self.outside = torch.zeros(beyond.shape).masked_fill(beyond, -torch.inf)


def batches(file):
    """Of sources of one length or of neighbouring ones, in each with texts of like length."""
    pairs = []
    for line in file.read_text().splitlines():
        source, text = ([int(token) for token in side.split()] for side in line.split("\t"))
        pairs.append((source, text))
    pairs.sort(key=lambda pair: (-len(pair[0]), -len(pair[1])))
    return [Batch(pairs[first : first + BATCH]) for first in range(0, len(pairs), BATCH)]


def train(model, optimizer, data, seconds):
    """Whole epochs for so many seconds, at least one."""
    tokens, loss, steps = 0, 0.0, 0
    begin, cpu = time.perf_counter(), time.process_time()
    while steps == 0 or time.perf_counter() - begin < seconds:
        random.shuffle(data)
        for batch in data:
            logits = model(batch)
            mean = cross_entropy(logits, batch.targets, label_smoothing=SMOOTHING)
            optimizer.zero_grad(set_to_none=True)
            mean.backward()
            nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
            optimizer.step()
            tokens += len(batch.targets)
            loss += mean.item() * len(batch.targets)
            steps += 1
    taken = time.perf_counter() - begin
    return {
        "tokens-per-second": round(tokens / taken, 1),
        "steps": steps,
        "seconds": round(taken, 3),
        "cpu-seconds": round(time.process_time() - cpu, 3),
        "smoothed-loss": round(loss / tokens, 4),
    }


@torch.inference_mode()
def decode(model, sources, batch, options):
    """All sentences for so many seconds, at least once: sentences per second."""
    done, begin = 0, time.perf_counter()
    while done == 0 or time.perf_counter() - begin < options.seconds:
        for first in range(0, len(sources), batch):
            some = sources[first : first + batch]
            lengths = torch.tensor([len(source) for source in some])
            model.translate(nn.utils.rnn.pad_sequence(some), lengths, options.width, options.tokens)
        done += len(sources)
    return done / (time.perf_counter() - begin)


def decoding(model, options):
    lines = options.pairs.read_text().splitlines()
    sources = sorted((torch.tensor([int(token) for token in line.split("\t")[0].split()]) for line in lines), key=lambda source: -len(source))
    rates = {batch: decode(model, sources, batch, argparse.Namespace(**{**vars(options), "seconds": 1})) for batch in BATCHES}
    best = max(rates, key=rates.get)
    return {"sentences-per-second": round(decode(model, sources, best, options), 1), "batch": best}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=pathlib.Path)
    parser.add_argument("threads", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("width", type=int, nargs="?", help="of the beam, to translate instead of to train")
    parser.add_argument("tokens", type=int, nargs="?", help="of each text")
    parser.add_argument("--cell", action="store_true", help="the decoder is nn.GRUCell")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    random.seed(SEED)
    torch.set_num_threads(options.threads)
    model = Translator(options.cell)
    if options.width:
        print(json.dumps({**decoding(model.eval(), options), "torch": torch.__version__}))
        return
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    data = batches(options.pairs)
    train(model, optimizer, data, options.seconds / 2)
    print(json.dumps({**train(model, optimizer, data, options.seconds), "torch": torch.__version__}))


if __name__ == "__main__":
    main()
