#!/usr/bin/env python3
"""Trains a small network on drawn shapes, and writes it in ONNX with pictures and what it says of them.

    python3 -m venv venv && venv/bin/pip install torch==2.7.1 onnx==1.23.2 pillow==13.0.0
    venv/bin/python make_network.py

Writes into ../resources/golden:
    shapes.onnx         [n, 3, 32, 32] to vectors [n, 24], grid [n, 24, 4, 4] and scores [n, 3] of circle, square and triangle
    shapes-last.onnx    the vectors alone, of two pictures [2, height, width, 3] at a time
    *.png, *.jpg        pictures of several sizes and kinds
    vectors.json        what the network says of each, made 32 x 32 by Pillow
"""

import json
import math
import pathlib
import random

import torch
from PIL import Image, ImageDraw

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"
KINDS = ("circle", "square", "triangle")
SIZE = 32
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def drawn(kind, width, height, draw):
    """A shape somewhere on a background of another colour."""
    colour = lambda: tuple(draw.randrange(256) for _ in range(3))  # noqa: E731
    ground, ink = colour(), colour()
    while sum(abs(a - b) for a, b in zip(ground, ink)) < 150:
        ink = colour()
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    radius = draw.uniform(0.25, 0.4) * min(width, height)
    x, y = draw.uniform(radius, width - radius), draw.uniform(radius, height - radius)
    if kind == "circle":
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
    elif kind == "square":
        pen.rectangle((x - 0.8 * radius, y - 0.8 * radius, x + 0.8 * radius, y + 0.8 * radius), fill=ink)
    else:
        turn = draw.uniform(0, 2 * math.pi)
        corners = [turn + 2 * math.pi * n / 3 for n in range(3)]
        pen.polygon([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in corners], fill=ink)
    return image


def numbers(image):
    """What the network reads of a picture: made 32 x 32 as torchvision's Resize does, and standardised."""
    small = image.convert("RGB").resize((SIZE, SIZE), Image.Resampling.BILINEAR)
    pixels = torch.frombuffer(bytearray(small.tobytes()), dtype=torch.uint8).float().reshape(SIZE, SIZE, 3) / 255
    return ((pixels - torch.tensor(MEAN)) / torch.tensor(DEVIATION)).permute(2, 0, 1)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        sizes = (3, 8, 16, 24)
        self.layers = torch.nn.ModuleList(torch.nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(sizes, sizes[1:]))
        self.scores = torch.nn.Linear(sizes[-1], len(KINDS))

    def forward(self, pictures):
        grid = pictures
        for layer in self.layers:
            grid = torch.relu(layer(grid))
        vectors = grid.mean((2, 3))
        return vectors, grid, self.scores(vectors)


class Last(torch.nn.Module):
    """The vectors of pictures whose channels come last."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pictures):
        return self.network(pictures.permute(0, 3, 1, 2))[0]


def trained():
    draw = random.Random(1)
    torch.manual_seed(1)
    network = Network()
    optimizer = torch.optim.Adam(network.parameters(), 0.005)
    steps = 1500
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for step in range(steps):
        kinds = [draw.randrange(len(KINDS)) for _ in range(64)]
        pictures = torch.stack([numbers(drawn(KINDS[kind], SIZE, SIZE, draw)) for kind in kinds])
        loss = torch.nn.functional.cross_entropy(network(pictures)[2], torch.tensor(kinds))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 250 == 249:
            print(f"step {step + 1} loss {loss.item():.4f}")
    return network.eval()


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    network = trained()
    some = torch.zeros(2, 3, SIZE, SIZE)
    torch.onnx.export(
        network, some, FOLDER / "shapes.onnx", opset_version=17, dynamo=False, input_names=["pictures"],
        output_names=["vectors", "grid", "scores"], dynamic_axes={name: {0: "n"} for name in ("pictures", "vectors", "grid", "scores")},
    )  # fmt: skip
    torch.onnx.export(
        Last(network), some.permute(0, 2, 3, 1), FOLDER / "shapes-last.onnx", opset_version=17, dynamo=False, input_names=["pictures"],
        output_names=["vectors"], dynamic_axes={"pictures": {1: "height", 2: "width"}},
    )  # fmt: skip
    draw = random.Random(2)
    images = {
        "circle_0001.png": drawn("circle", 50, 40, draw),
        "square_0002.png": drawn("square", 32, 32, draw),
        "triangle_0003.png": drawn("triangle", 97, 120, draw),
        "circle_0004.jpg": drawn("circle", 64, 80, draw),
        "square_0005.png": drawn("square", 21, 17, draw).convert("L"),
    }
    golden = {}
    for name, image in images.items():
        image.save(FOLDER / name, **({"quality": 95} if name.endswith("jpg") else {}))
        with Image.open(FOLDER / name) as stored, torch.no_grad():
            vectors, grid, scores = network(numbers(stored)[None])
        golden[name] = {
            "kind": KINDS[scores.argmax()],
            "vectors": [float(f"{x:.6g}") for x in vectors[0].tolist()],
            "grid": [float(f"{x:.6g}") for x in grid[0].permute(1, 2, 0).flatten().tolist()],
        }
        print(name, golden[name]["kind"])
    (FOLDER / "vectors.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
