// node check-node.mjs BUNDLE: the check as JSON.
import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-node";
import { check } from "./check.mjs";

const read = async (file) => new Uint8Array(await readFile(`${process.argv[2]}/${file}`)).buffer;
console.log(JSON.stringify(await check(ort, read)));
