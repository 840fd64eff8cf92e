"""One Stage I step of DS-Net with the ensemble (IEB), as one writes it in PyTorch.

The other side of a comparison, see StepComparison.cs. It reads the network and its weights from a checkpoint of ours, runs a step
for every line on standard input and answers with a line of JSON: the seconds it took and its losses. At the end it answers with the
largest memory it ever held.
"""

import argparse
import json
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from torch import nn


KINDS = {"F32": numpy.float32, "I64": numpy.int64}


def read_safetensors(path):
    """The tensors of a file by name, and its metadata."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:end], dtype=KINDS[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors, metadata


class Convolution(nn.Module):
    def __init__(self, node, tensors, axes):
        super().__init__()
        self.weight = nn.Parameter(tensors[node["name"] + ".weight"])
        self.bias = nn.Parameter(tensors[node["name"] + ".bias"]) if node["bias"] else None
        self.stride, self.padding = node["stride"], node["padding"]
        self.depthwise = node["kind"] == "depthwise"
        self.input, self.output = axes[node["in"]], axes[node["out"]]

    def forward(self, x, width):
        outputs, inputs = width(self.output), width(self.input)
        weight = self.weight[:outputs] if self.depthwise else self.weight[:outputs, :inputs]
        bias = None if self.bias is None else self.bias[:outputs]
        return F.conv2d(x, weight, bias, self.stride, self.padding, groups=outputs if self.depthwise else 1)


class Norm(nn.Module):
    def __init__(self, node, tensors, axes):
        super().__init__()
        self.axis, self.epsilon, self.momentum = axes[node["axis"]], node["epsilon"], node["momentum"]
        self.weight = nn.Parameter(tensors[node["name"] + ".weight"])
        self.bias = nn.Parameter(tensors[node["name"] + ".bias"])
        for index in range(len(self.axis["sizes"])):
            for name in ("running_mean", "running_var"):
                self.register_buffer(f"{name}_{index}", tensors[f"{node['name']}.{index}.{name}"])

    def forward(self, x, width):
        size, index = width(self.axis), width.index(self.axis)
        mean, variance = getattr(self, f"running_mean_{index}"), getattr(self, f"running_var_{index}")
        return F.batch_norm(x, mean, variance, self.weight[:size], self.bias[:size], self.training, self.momentum, self.epsilon)


class Linear(nn.Module):
    def __init__(self, node, tensors, axes):
        super().__init__()
        self.weight = nn.Parameter(tensors[node["name"] + ".weight"])
        self.bias = nn.Parameter(tensors[node["name"] + ".bias"])
        self.axis = axes[node["in"]]

    def forward(self, x, width):
        return F.linear(x, self.weight[:, : width(self.axis)], self.bias)


class Width:
    """The size that a subnet takes on an axis."""

    def __init__(self, subnet):
        self.name, self.indices = subnet["name"], subnet["indices"]

    def index(self, axis):
        return self.indices.get(axis["name"], 0)

    def __call__(self, axis):
        return axis["sizes"][self.index(axis)]


ACTIVATIONS = {"relu": lambda x: F.relu(x, inplace=True), "swish": F.silu, "hardSwish": F.hardswish, "sigmoid": torch.sigmoid}


class Supernet(nn.Module):
    def __init__(self, tensors, graph):
        super().__init__()
        axes = {axis["name"]: axis for axis in graph["axes"]}
        gate = {node["name"] for node in graph["nodes"] if node["name"].startswith("gate.")}
        self.nodes = [node for node in graph["nodes"] if node["name"] not in gate]
        self.last = graph["logits"]
        makers = {"conv2d": Convolution, "batchNorm": Norm, "linear": Linear}
        self.layers = nn.ModuleDict()
        for node in self.nodes:
            if node["op"] in makers:
                self.layers[node["name"].replace(".", "_")] = makers[node["op"]](node, tensors, axes)

    def forward(self, images, width):
        x, saved = images, None
        for node in self.nodes:
            match node["op"]:
                case "conv2d" | "batchNorm" | "linear":
                    x = self.layers[node["name"].replace(".", "_")](x, width)
                case "activation":
                    x = ACTIVATIONS[node["kind"]](x)
                case "globalAveragePool":
                    saved, x = x, F.adaptive_avg_pool2d(x, 1)
                case "multiply":
                    x = saved * x
                    saved = None
                case "flatten":
                    x = x.flatten(1)
                case "dropout":
                    pass
                case other:
                    raise NotImplementedError(other)
        return x


def soft_cross_entropy(logits, target):
    return -(target * F.log_softmax(logits, 1)).sum(1).mean()


class Step:
    """What DS-Net's authors do in one step, in the usual PyTorch."""

    def __init__(self, path, decay=0.997, smoothing=0.1):
        tensors, metadata = read_safetensors(path)
        graph = json.loads(metadata["slimmable.graph"])
        self.network = Supernet(tensors, graph).train()
        self.average = Supernet({name: tensor.clone() for name, tensor in tensors.items()}, graph).eval()
        for parameter in self.average.parameters():
            parameter.requires_grad_(False)
        self.decay, self.smoothing = decay, smoothing
        subnets = [Width(subnet) for subnet in graph["subnets"]]
        self.teacher, self.narrowest = subnets[-1], subnets[0]
        routable = [Width(subnet) for subnet in graph["subnets"] if subnet["routable"]]
        self.drawn = [width for width in routable if width.name not in (self.teacher.name, self.narrowest.name)][-2:]
        parameters = list(self.network.parameters())
        self.optimizer = torch.optim.SGD(
            [
                {"params": [p for p in parameters if p.ndim > 1], "weight_decay": 1e-4},
                {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0},
            ],
            lr=0.02,
            momentum=0.9,
            nesterov=True,
        )

    def run(self, images, labels):
        self.optimizer.zero_grad()
        with torch.no_grad():
            target = self.average(images, self.teacher).softmax(1)
        losses = []

        def learn(loss):
            loss.backward()
            losses.append(loss.item())

        learn(F.cross_entropy(self.network(images, self.teacher), labels, label_smoothing=self.smoothing))
        answers = [target]
        for width in self.drawn:
            learn(soft_cross_entropy(self.network(images, width), target))
            with torch.no_grad():
                answers.append(self.average(images, width).softmax(1))
        learn(soft_cross_entropy(self.network(images, self.narrowest), torch.stack(answers).mean(0)))
        self.optimizer.step()
        self.update_average()
        return losses

    @torch.no_grad()
    def update_average(self):
        theirs = self.network.state_dict()
        for name, tensor in self.average.state_dict().items():
            tensor.mul_(self.decay).add_(theirs[name], alpha=1 - self.decay)


def peak_bytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint")
    parser.add_argument("batch")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    step = Step(arguments.checkpoint)
    batch, _ = read_safetensors(arguments.batch)
    for _ in sys.stdin:
        start = time.perf_counter()
        losses = step.run(batch["images"], batch["labels"])
        print(json.dumps({"seconds": time.perf_counter() - start, "losses": losses}), flush=True)
    print(json.dumps({"peakBytes": peak_bytes()}), flush=True)


if __name__ == "__main__":
    main()
