// Runs every graph of a bundle on its golden samples and compares: what the trainer answered must come out, whichever way an image takes.
import { largest, openBundle, rows } from "./bundle.mjs";
import { readTensors } from "./safetensors.mjs";

// Returns by file, and for each way through the bundle, the largest difference as a part of what is allowed.
export async function check(ort, read) {
  const bundle = await openBundle(ort, read);
  const { manifest, run } = bundle;
  const golden = readTensors(await read(manifest.golden));
  const input = manifest.input.name;
  const found = {};
  const compare = (name, expected, actual) => {
    if (expected.length !== actual.length) throw new Error(`${name}: expected ${expected.length} numbers, found ${actual.length}`);
    const allowed = 1e-4 * Math.max(1, ...expected.map(Math.abs));
    const worst = expected.reduce((most, value, index) => Math.max(most, Math.abs(value - actual[index])), 0) / allowed;
    found[name] = Number.isNaN(worst) ? Infinity : worst;
  };

  const gate = manifest.gate && (await run(manifest.gate.file, input, golden.input));
  if (gate) compare(manifest.gate.file, golden.gate_logits.data, gate[manifest.gateLogits.name].data);
  for (const { name, tail, full } of manifest.subnets) {
    const expected = golden[`logits.${name}`].data;
    if (tail) compare(tail, expected, (await run(tail, manifest.features.name, { shape: gate.features.dims, data: gate.features.data })).logits.data);
    if (full) compare(full, expected, (await run(full, input, golden.input)).logits.data);
  }

  if (gate) {
    // Who must answer each image, and what.
    const chosen = rows(golden.gate_logits).map((scores) => manifest.gate.candidates[largest(scores)]);
    const expected = chosen.map((name, n) => rows(golden[`logits.${name}`])[n]);
    if (new Set(chosen).size < 2) throw new Error("the gate sends every image one way: this proves little");
    const compareAnswers = (name, answers) => {
      answers.forEach(({ subnet }, n) => {
        if (subnet !== chosen[n]) throw new Error(`${name}, image ${n}: expected ${chosen[n]}, found ${subnet}`);
      });
      compare(name, expected.flatMap((row) => [...row]), answers.flatMap(({ logits }) => logits));
    };
    compareAnswers("in two steps", await bundle.classifyInTwoSteps(golden.input));
    if (manifest.routed) {
      compareAnswers(manifest.routed, await bundle.classify(golden.input));
      const alone = [];
      for (const image of rows(golden.input)) alone.push(...(await bundle.classify({ shape: [1, ...golden.input.shape.slice(1)], data: image })));
      compareAnswers(`${manifest.routed}, one by one`, alone);
    }
  }
  return found;
}
