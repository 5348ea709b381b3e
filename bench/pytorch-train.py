#!/usr/bin/env python3
"""Trains the character model of conf/tiny-shakespeare.yaml in PyTorch: minutes to the same loss.

Same architecture, batch (2 lanes of 32 are 64 streams here), window, optimiser, schedule, clipping, dropout
and state resets; same splits; the loss is measured as Unroll measures it, in segments of 2048 characters
with 256 of context. Prints one line per epoch. Minutes are those of the training steps alone.

    python3 bench/pytorch-train.py data/tiny-shakespeare/input.txt --threads 2
"""

import argparse
import math
import time

import torch

HIDDEN, EMBEDDING, LAYERS = 512, 64, 2
BATCH, WINDOW, DROPOUT = 64, 64, 0.4
RATE, WARM_UP = 0.004, 100
MAX_NORM, RESET = 1.0, 0.02
SEGMENT, CONTEXT = 2048, 256
VALIDATION = 0.1


class LanguageModel(torch.nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, EMBEDDING)
        self.rnn = torch.nn.LSTM(EMBEDDING, HIDDEN, LAYERS, dropout=DROPOUT)
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.output = torch.nn.Linear(HIDDEN, vocabulary)
        for layer in range(LAYERS):  # forget gates begin open, as Unroll's do
            getattr(self.rnn, f"bias_hh_l{layer}").data.zero_()
            bias = getattr(self.rnn, f"bias_ih_l{layer}").data.zero_()
            bias[HIDDEN : 2 * HIDDEN] = 1

    def forward(self, tokens, state):
        hidden, state = self.rnn(self.embedding(tokens), state)
        return self.output(self.dropout(hidden)), state


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    ids = {character: index for index, character in enumerate(sorted(set(text)))}
    tokens = torch.tensor([ids[character] for character in text])
    split = round(len(tokens) * (1 - VALIDATION))
    return tokens[:split], tokens[split:], len(ids)


def rate(step, steps):
    if step < WARM_UP:
        return RATE * (step + 1) / WARM_UP
    x = (step - WARM_UP) / (steps - WARM_UP)
    return RATE * 0.5 * (1 + math.cos(math.pi * x))


@torch.inference_mode()
def evaluate(model, tokens):
    """Mean loss over all predictions of the split; each segment is read with what comes before it."""
    model.eval()
    total, count = 0.0, 0
    groups = {}
    for first in range(0, len(tokens) - 1, SEGMENT):
        begin, end = max(0, first - CONTEXT), min(first + SEGMENT, len(tokens) - 1)
        groups.setdefault((first - begin, end - begin), []).append(begin)
    for (context, length), begins in groups.items():
        rows = torch.stack([tokens[begin : begin + length + 1] for begin in begins], 1)
        logits, _ = model(rows[:-1], None)
        targets = rows[1:][context:]
        total += torch.nn.functional.cross_entropy(
            logits[context:].flatten(0, 1), targets.flatten(), reduction="sum"
        ).item()
        count += targets.numel()
    model.train()
    return total / count, count


def train(model, tokens, valid, epochs):
    optimizer = torch.optim.Adam(model.parameters())
    length = (len(tokens) - 1) // BATCH
    inputs = tokens[: length * BATCH].view(BATCH, length).t()
    targets = tokens[1 : length * BATCH + 1].view(BATCH, length).t()
    windows = math.ceil(length / WINDOW)
    step, seconds, processor = 0, 0.0, 0.0
    for epoch in range(1, epochs + 1):
        state = tuple(torch.zeros(LAYERS, BATCH, HIDDEN) for _ in range(2))
        begin, begin_processor = time.perf_counter(), time.process_time()
        for first in range(0, length, WINDOW):
            optimizer.param_groups[0]["lr"] = rate(step, epochs * windows)
            keep = (torch.rand(1, BATCH, 1) >= RESET).float()
            state = tuple(part.detach() * keep for part in state)
            logits, state = model(inputs[first : first + WINDOW], state)
            loss = torch.nn.functional.cross_entropy(
                logits.flatten(0, 1), targets[first : first + WINDOW].flatten()
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
            optimizer.step()
            step += 1
        seconds += time.perf_counter() - begin
        processor += time.process_time() - begin_processor
        measured, count = evaluate(model, valid)
        print(
            f"epoch {epoch}: validation loss {measured:.4f} over {count} characters,"
            f" {seconds / 60:.2f} minutes ({processor / 60:.2f} of processor time),"
            f" {epoch * length * BATCH / seconds:.0f} characters/s",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", help="tiny-shakespeare's input.txt")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    tokens, valid, vocabulary = read(options.text)
    train(LanguageModel(vocabulary), tokens, valid, options.epochs)


if __name__ == "__main__":
    main()
