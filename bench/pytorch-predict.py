"""Labels of a table's texts by PyTorch: the loop that people write. Arguments: model, table.csv, output.csv, threads.

The model is a labeler of one bidirectional LSTM layer, as Unroll writes it. A thousand texts at a time are sorted by length, packed and
run in batches of 64, as `predict` does.
"""

import csv
import json
import pathlib
import struct
import sys

import torch

TOGETHER, BATCH = 1024, 64


def read(model):
    """Configuration, tensors and words of a model."""
    if (model / "best").exists():
        model = model / "best"
    data = (model / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            numbers = torch.frombuffer(bytearray(data[8 + size + begin : 8 + size + end]), dtype=torch.float32)
            tensors[name] = numbers.reshape(entry["shape"])
    return json.loads((model / "model.json").read_text()), tensors, json.loads((model / "vocabulary.json").read_text())


class Labeler(torch.nn.Module):
    def __init__(self, tensors, pooling):
        super().__init__()
        vocabulary, embedding = tensors["embedding.weight"].shape
        hidden = tensors["rnn.weight_hh_l0"].shape[1]
        self.pooling = pooling
        self.embedding = torch.nn.Embedding(vocabulary, embedding)
        self.rnn = torch.nn.LSTM(embedding, hidden, bidirectional=True, batch_first=True)
        self.output = torch.nn.Linear(*reversed(tensors["output.weight"].shape))
        self.load_state_dict(tensors)

    def forward(self, tokens, lengths):
        packed = torch.nn.utils.rnn.pack_padded_sequence(self.embedding(tokens), lengths, batch_first=True)
        states, (last, _) = self.rnn(packed)
        states, _ = torch.nn.utils.rnn.pad_packed_sequence(states, batch_first=True)
        within = (torch.arange(states.shape[1])[None] < lengths[:, None])[..., None]
        parts = {
            "max": lambda: states.masked_fill(~within, -torch.inf).amax(1),
            "mean": lambda: (states * within).sum(1) / lengths[:, None],
            "last": lambda: torch.cat([last[0], last[1]], 1),
        }
        return self.output(torch.cat([parts[way]() for way in self.pooling], 1))


def main():
    model, table, output, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    description, tensors, vocabularies = read(pathlib.Path(model))
    labeler = Labeler(tensors, description["pooling"]).eval()
    words = {word: number for number, word in enumerate(vocabularies["tokens"]["tokens"])}
    labels = vocabularies["labels"]["tokens"]
    with open(table, newline="") as file, open(output, "w", newline="") as out, torch.inference_mode():
        writer = csv.writer(out)
        writer.writerow(["id", "label", "probability"])
        together = []
        for row in csv.DictReader(file, escapechar="\\", doublequote=False):
            together.append(row)
            if len(together) == TOGETHER:
                answer(labeler, words, labels, together, writer)
                together = []
        answer(labeler, words, labels, together, writer)


def answer(labeler, words, labels, rows, writer):
    tokens = [[words.get(word, words["<unk>"]) for word in row["body"].split()] for row in rows]
    order = sorted(range(len(rows)), key=lambda row: -len(tokens[row]))
    answers = [None] * len(rows)
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        lengths = torch.tensor([len(tokens[row]) for row in batch])
        padded = torch.zeros(len(batch), int(lengths[0]), dtype=torch.long)
        for place, row in enumerate(batch):
            padded[place, : lengths[place]] = torch.tensor(tokens[row])
        best = labeler(padded, lengths).softmax(1).max(1)
        for place, row in enumerate(batch):
            answers[row] = [labels[int(best.indices[place])], f"{float(best.values[place]):.6f}"]
    writer.writerows([rows[row]["id"], *answers[row]] for row in range(len(rows)))


if __name__ == "__main__":
    main()
