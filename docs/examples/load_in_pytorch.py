"""Loads a model directory into plain PyTorch modules and prints its loss on a text.

    python load_in_pytorch.py MODEL TOKENS

MODEL is a directory with model.json and model.safetensors. TOKENS is a file of token ids separated
by white space; the ids are read from a state of zeros, and the mean loss of predicting each but the
first is printed in nats per token. Needs torch and safetensors.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn


class ResetBeforeGru(nn.GRU):
    """The GRU of Cho et al. 2014, cell `gru`: nn.GRU resets after the product, the paper before it.

    Same parameters and gate order (r, z, n); h = (1 - z) h' + z n, so z is the other way round, too.
    """

    def forward(self, inputs):
        for layer in range(self.num_layers):
            inputs = self.run_layer(inputs, *(getattr(self, f"{name}_l{layer}") for name in
                                              ("weight_ih", "weight_hh", "bias_ih", "bias_hh")))
        return inputs, None

    def run_layer(self, inputs, weight_ih, weight_hh, bias_ih, bias_hh):
        h = inputs.new_zeros(self.hidden_size)
        w_r, w_z, w_n = weight_hh.chunk(3)
        b_r, b_z, b_n = bias_hh.chunk(3)
        outputs = []
        for x in inputs @ weight_ih.T + bias_ih:
            x_r, x_z, x_n = x.chunk(3)
            r = torch.sigmoid(x_r + w_r @ h + b_r)
            z = torch.sigmoid(x_z + w_z @ h + b_z)
            n = torch.tanh(x_n + w_n @ (r * h) + b_n)
            h = (1 - z) * h + z * n
            outputs.append(h)
        return torch.stack(outputs)


CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": ResetBeforeGru, "gru-reset-after": nn.GRU}


class LanguageModel(nn.Module):
    """Embedding, recurrent stack, softmax; submodules are named as the tensors in the file."""

    def __init__(self, description):
        super().__init__()
        cell = CELLS[description["cell"]]
        vocabulary, hidden = description["vocabulary"], description["hidden"]
        embedding, layers = description["embedding"], description["layers"]
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.rnn = cell(embedding, hidden, layers)
        self.output = nn.Linear(hidden, vocabulary)
        if description["tie-weights"]:
            self.output.weight = self.embedding.weight

    def forward(self, tokens):
        states, _ = self.rnn(self.embedding(tokens))
        return self.output(states)


def load(directory):
    """The model of a directory; dropout is left out, as it should be outside training."""
    description = json.loads((directory / "model.json").read_text())
    if description["format-version"] != 1:
        raise SystemExit(f"Cannot read {directory}: format version is not 1")
    parameters = load_file(directory / "model.safetensors")
    if description["tie-weights"]:
        parameters["output.weight"] = parameters["embedding.weight"]
    model = LanguageModel(description)
    model.load_state_dict(parameters)
    return model


def main():
    parser = argparse.ArgumentParser(description="Print the loss of a model on a text of token ids")
    parser.add_argument("model", type=Path, help="directory with model.json and model.safetensors")
    parser.add_argument("tokens", type=Path, help="file of token ids separated by white space")
    arguments = parser.parse_args()
    model = load(arguments.model).double()
    tokens = torch.tensor([int(token) for token in arguments.tokens.read_text().split()])
    with torch.no_grad():
        loss = nn.functional.cross_entropy(model(tokens[:-1]), tokens[1:])
    print(f"{loss.item():.9f}")


if __name__ == "__main__":
    main()
