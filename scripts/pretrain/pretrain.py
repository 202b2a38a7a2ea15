"""Trains the base model of the built-in trainer from the files that make-data.ts wrote (PyTorch, CPU, bfloat16).

python pretrain.py --data pretrain-data --out tiny-chat-1.safetensors --minutes 42
"""

import argparse
import json
import math
import time

import numpy as np
import torch
import torch.nn.functional as F

WIDTH, LAYERS, HEADS, VOCABULARY = 160, 4, 5, 1536
HIDDEN = 4 * WIDTH
HEAD = WIDTH // HEADS
BOS = 1
VALIDATION_ROWS = 64


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="pretrain-data", help="prefix of the .ids and .weights files")
    parser.add_argument("--out", default="tiny-chat-1.safetensors")
    parser.add_argument("--minutes", type=float, default=42, help="the learning rate reaches its end at this time")
    parser.add_argument("--rows", type=int, default=32)
    parser.add_argument("--length", type=int, default=128, help="tokens per row")
    parser.add_argument("--learning-rate", type=float, default=3e-3)
    return parser.parse_args()


def load_rows(prefix, length):
    """Cuts the token stream into rows: inputs, targets, loss weights, and which document a token belongs to."""
    ids = np.fromfile(prefix + ".ids", np.uint16).astype(np.int64)
    weights = np.fromfile(prefix + ".weights", np.uint8).astype(np.float32) / 100
    document = np.cumsum(ids == BOS)
    rows = (len(ids) - 1) // length
    cut = lambda values, shift: values[shift : rows * length + shift].reshape(rows, length)
    return cut(ids, 0), cut(ids, 1), cut(weights, 1), cut(document, 0)


def make_parameters():
    parameters = {}

    def matrix(name, *shape, std):
        parameters[name] = torch.nn.Parameter(torch.randn(*shape) * std)

    def gain(name, value):
        parameters[name] = torch.nn.Parameter(torch.full((WIDTH,), value))

    matrix("emb", VOCABULARY, WIDTH, std=0.02 * math.sqrt(768 / WIDTH))
    for layer in range(LAYERS):
        gain(f"{layer}.n1", 1.0)
        gain(f"{layer}.n2", 1.0)
        gain(f"{layer}.sh", 0.3)
        for name in ("wq", "wk", "wv"):
            matrix(f"{layer}.{name}", WIDTH, WIDTH, std=WIDTH**-0.5)
        matrix(f"{layer}.wo", WIDTH, WIDTH, std=(2 * LAYERS * WIDTH) ** -0.5)
        matrix(f"{layer}.w1", WIDTH, HIDDEN, std=WIDTH**-0.5)
        matrix(f"{layer}.w2", HIDDEN, WIDTH, std=(2 * LAYERS * HIDDEN) ** -0.5)
    gain("nf", 1.0)
    return parameters


def norm(x, gain):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * gain


class Model:
    """The same arithmetic as src/trainer: RMSNorm, token shift, rotary attention, squared ReLU, tied embeddings."""

    def __init__(self, parameters, length):
        self.p = parameters
        half = HEAD // 2
        angle = torch.arange(length)[:, None] * 10000.0 ** (-(torch.arange(HEAD) % half) / half)[None]
        self.cos, self.sin = angle.cos(), angle.sin()
        self.causal = torch.ones(length, length, dtype=torch.bool).tril()

    def rotate(self, x):
        half = HEAD // 2
        return x * self.cos + torch.cat([-x[..., half:], x[..., :half]], -1) * self.sin

    def loss(self, batch):
        inputs, targets, weights, document = [torch.from_numpy(part) for part in batch]
        p, (rows, length) = self.p, inputs.shape
        visible = (document[:, None, :, None] == document[:, None, None, :]) & self.causal
        same = (document[:, 1:] == document[:, :-1]).float()[..., None]
        keep = torch.cat([torch.zeros(rows, 1, 1), same], 1)
        x = p["emb"][inputs]
        for layer in range(LAYERS):
            n = norm(x, p[f"{layer}.n1"])
            n = n + F.pad(n[:, :-1], (0, 0, 1, 0)) * keep * p[f"{layer}.sh"]
            split = lambda name: (n @ p[f"{layer}.{name}"]).view(rows, length, HEADS, HEAD).transpose(1, 2)
            q, k, v = split("wq"), split("wk"), split("wv")
            mixed = F.scaled_dot_product_attention(self.rotate(q), self.rotate(k), v, attn_mask=visible)
            x = x + mixed.transpose(1, 2).reshape(rows, length, WIDTH) @ p[f"{layer}.wo"]
            x = x + F.relu(norm(x, p[f"{layer}.n2"]) @ p[f"{layer}.w1"]).square() @ p[f"{layer}.w2"]
        logits = norm(x, p["nf"]) @ p["emb"].T
        losses = F.cross_entropy(logits.view(-1, VOCABULARY), targets.reshape(-1), reduction="none")
        return (losses * weights.reshape(-1)).sum() / weights.sum()


def save(parameters, path):
    """Writes 16-bit safetensors with the sizes in the metadata, as src/trainer reads them."""
    header, parts, offset = {}, [], 0
    for name, value in parameters.items():
        raw = value.detach().half().numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(value.shape), "data_offsets": [offset, offset + len(raw)]}
        offset += len(raw)
        parts.append(raw)
    config = {"D": WIDTH, "L": LAYERS, "H": HEADS, "F": HIDDEN, "V": VOCABULARY}
    header["__metadata__"] = {"config": json.dumps(config)}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(parts))


def main():
    options = parse_arguments()
    torch.manual_seed(1)
    data = load_rows(options.data, options.length)
    validation = [part[-VALIDATION_ROWS:] for part in data]
    train = [part[:-VALIDATION_ROWS] for part in data]
    parameters = make_parameters()
    model = Model(parameters, options.length)
    groups = [
        {"params": [p for p in parameters.values() if p.dim() > 1], "weight_decay": 0.1},
        {"params": [p for p in parameters.values() if p.dim() < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.98), eps=1e-8)

    count, step, at = len(train[0]), 0, 0
    order = np.random.RandomState(0).permutation(count)
    start, seconds = time.time(), options.minutes * 60
    while time.time() - start < seconds:
        if at + options.rows > count:
            order, at = np.random.RandomState(step).permutation(count), 0
        rows = order[at : at + options.rows]
        at += options.rows
        left = 1 - (time.time() - start) / seconds
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * min(1, (step + 1) / 100) * max(0.02, left)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = model.loss([part[rows] for part in train])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(parameters.values()), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        if step % 100 == 0:
            with torch.no_grad():
                checked = model.loss(validation).item()
            print(f"step {step} {time.time() - start:.0f}s loss {loss.item():.3f} validation {checked:.3f}", flush=True)
            save(parameters, options.out)
    save(parameters, options.out)
    print(f"done: {step} steps, {step * options.rows * options.length} tokens")


if __name__ == "__main__":
    main()
