#!/usr/bin/env python3
"""What the program of docs/deeplearning4j.md would learn if Deeplearning4j's training differed in one point only.

Two workers, parameters averaged every ten minibatches of four windows each, as in Deeplearning4j. Prints the validation
loss after each epoch for every combination of

gradient   right: of truncated BPTT
           zeros: Deeplearning4j's: the loss is of the carried state, but the backward pass of each recurrent
           layer is that of a window which begins from zeros
updater    averaged: Adam's moments are averaged along with the parameters, and each window counts as an iteration
           anew: Deeplearning4j's unless saveUpdater(true) is asked for: moments begin from zero in every round,
           while the iterations, by which Adam corrects for that, go on, by one for each minibatch of past rounds

    python3 bench/pytorch-averaging.py data/tiny-shakespeare/input.txt

Two minutes for each combination, on one core. Needs Python 3.9 and torch.
"""

import argparse
import itertools
import math
import pathlib

import torch

HIDDEN, BATCH, TIME, WINDOW, WORKERS, FREQUENCY = 128, 32, 200, 50, 2, 10
L2, BETA1, BETA2, EPSILON = 1e-4, 0.9, 0.999, 1e-8
TRAINING = 0.95


def minibatches(tokens):
    size = BATCH * TIME
    starts = range(0, len(tokens) - size, size)
    return [(tokens[s : s + size].view(BATCH, TIME), tokens[s + 1 : s + size + 1].view(BATCH, TIME)) for s in starts]


class Network(torch.nn.Module):
    """Begins as Deeplearning4j's does: Xavier, forget gates open, one bias."""

    def __init__(self, vocabulary):
        super().__init__()
        self.vocabulary = vocabulary
        self.layers = torch.nn.ModuleList(
            torch.nn.LSTM(inputs, HIDDEN, batch_first=True) for inputs in (vocabulary, HIDDEN)
        )
        self.output = torch.nn.Linear(HIDDEN, vocabulary)
        for layer in self.layers:
            for weight in (layer.weight_ih_l0, layer.weight_hh_l0):
                torch.nn.init.normal_(weight, std=math.sqrt(2 / (2 * HIDDEN + layer.input_size)))
            torch.nn.init.zeros_(layer.bias_ih_l0)
            layer.bias_ih_l0.data[HIDDEN : 2 * HIDDEN] = 1
            torch.nn.init.zeros_(layer.bias_hh_l0).requires_grad_(False)
        torch.nn.init.normal_(self.output.weight, std=math.sqrt(2 / (HIDDEN + vocabulary)))
        torch.nn.init.zeros_(self.output.bias)

    def one_hot(self, tokens):
        return torch.nn.functional.one_hot(tokens, self.vocabulary).float()

    def loss(self, hidden, labels):
        """Of a sequence, mean over the minibatch."""
        scores = self.output(hidden).reshape(-1, self.vocabulary)
        return torch.nn.functional.cross_entropy(scores, labels.reshape(-1), reduction="sum") / BATCH

    def forward(self, tokens, states):
        hidden, ends = self.one_hot(tokens), []
        for layer, state in zip(self.layers, states):
            hidden, end = layer(hidden, state)
            ends.append(tuple(part.detach() for part in end))
        return hidden, ends

    def right_backward(self, tokens, labels, states):
        hidden, ends = self(tokens, states)
        self.loss(hidden, labels).backward()
        return ends

    def zeros_backward(self, tokens, labels, states):
        inputs, ends = [self.one_hot(tokens)], []
        for layer, state in zip(self.layers, states):
            with torch.no_grad():
                hidden, end = layer(inputs[-1], state)
            inputs.append(hidden.requires_grad_())
            ends.append(end)
        self.loss(inputs[-1], labels).backward()
        for layer, below, above in reversed(list(zip(self.layers, inputs, inputs[1:]))):
            layer(below)[0].backward(above.grad)
        return ends


class Adam:
    def __init__(self, parameters, rate):
        self.parameters, self.rate = parameters, rate

    def begin(self, moments, iterations):
        self.moments = [[m.clone() for m in moment] for moment in moments]
        self.iterations = iterations

    @torch.no_grad()
    def step(self):
        self.iterations += 1
        corrected = self.rate * math.sqrt(1 - BETA2**self.iterations) / (1 - BETA1**self.iterations)
        for p, first, second in zip(self.parameters, *self.moments):
            gradient = p.grad + L2 * p if p.dim() > 1 else p.grad
            first.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
            second.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
            p.addcdiv_(first, second.sqrt().add_(EPSILON), value=-corrected)


def fit(network, adam, backward, tokens, labels):
    states = [None] * len(network.layers)
    for start in range(0, TIME, WINDOW):
        network.zero_grad()
        states = backward(tokens[:, start : start + WINDOW], labels[:, start : start + WINDOW], states)
        adam.step()


def mean(lists):
    return [sum(tensors) / len(tensors) for tensors in zip(*lists)]


class Averaging:
    def __init__(self, network, gradient, updater, rate):
        self.network = network
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        self.adam = Adam(self.parameters, rate)
        self.backward = {"right": network.right_backward, "zeros": network.zeros_backward}[gradient]
        self.anew = updater == "anew"
        self.moments = self.zero_moments()
        self.iterations = 0

    def zero_moments(self):
        return [[torch.zeros_like(p) for p in self.parameters] for _ in range(2)]

    def set(self, values):
        for p, value in zip(self.parameters, values):
            p.data.copy_(value)

    def round(self, data):
        begin = [p.detach().clone() for p in self.parameters]
        ends = []
        for worker in range(min(WORKERS, len(data))):
            self.set(begin)
            self.adam.begin(self.zero_moments() if self.anew else self.moments, self.iterations)
            for tokens, labels in data[worker::WORKERS]:
                fit(self.network, self.adam, self.backward, tokens, labels)
            ends.append(([p.detach().clone() for p in self.parameters], *self.adam.moments))
        parameters, *self.moments = (mean(part) for part in zip(*ends))
        self.set(parameters)
        self.iterations += FREQUENCY if self.anew else math.ceil(len(data) / WORKERS) * (TIME // WINDOW)

    def epoch(self, data):
        for start in range(0, len(data), FREQUENCY * WORKERS):
            self.round(data[start : start + FREQUENCY * WORKERS])


@torch.no_grad()
def validation_loss(network, data):
    states = [None] * len(network.layers)
    losses = [network.loss(network(tokens, states)[0], labels).item() for tokens, labels in data]
    return sum(losses) / len(losses) / TIME


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=pathlib.Path, help="UTF-8")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0.005)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    text = options.text.read_text(encoding="utf-8")
    characters = {character: index for index, character in enumerate(sorted(set(text)))}
    tokens = torch.tensor([characters[character] for character in text])
    split = int(TRAINING * len(tokens))
    training, validation = minibatches(tokens[:split]), minibatches(tokens[split:])
    for gradient, updater in itertools.product(("right", "zeros"), ("averaged", "anew")):
        torch.manual_seed(options.seed)
        averaging = Averaging(Network(len(characters)), gradient, updater, options.rate)
        losses = []
        for _ in range(options.epochs):
            averaging.epoch(training)
            losses.append(f"{validation_loss(averaging.network, validation):.3f}")
        print(f"gradient {gradient}, updater {updater}: {', '.join(losses)}", flush=True)


if __name__ == "__main__":
    main()
