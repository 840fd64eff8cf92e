"""python classify.py BUNDLE: what the network makes of the images that every bundle carries."""
import json
import pathlib
import sys

import numpy
import onnxruntime
from safetensors.numpy import load_file

folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
assert manifest["formatVersion"] == 1
images = load_file(folder / manifest["golden"])["input"]  # float32 [N, C, H, W], preprocessed

session = onnxruntime.InferenceSession(folder / manifest["routed"])
logits, subnet_index = session.run(["logits", "subnet_index"], {manifest["input"]["name"]: images})

labels = manifest["labels"] or range(logits.shape[1])
for row, index in zip(logits, subnet_index):
    print(f"{labels[numpy.argmax(row)]} ({manifest['subnets'][index]['name']})")
