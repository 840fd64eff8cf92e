// node classify.mjs BUNDLE: what the network makes of the images that every bundle carries.
import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-node";
import { openBundle } from "./bundle.mjs";
import { readTensors } from "./safetensors.mjs";

const read = async (file) => {
  const { buffer, byteOffset, byteLength } = await readFile(`${process.argv[2]}/${file}`);
  return buffer.slice(byteOffset, byteOffset + byteLength);
};

const bundle = await openBundle(ort, read);
const images = readTensors(await read(bundle.manifest.golden)).input;
const answers = bundle.manifest.routed ? await bundle.classify(images) : await bundle.classifyInTwoSteps(images);
for (const { label, subnet } of answers) console.log(`${label} (${subnet})`);
