// A bundle through ONNX Runtime's JavaScript API, which is the same in Node and in the browser: `ort` is either package,
// and `read` gives a file of the bundle as an ArrayBuffer. `images` is { shape: [N, C, H, W], data: Float32Array }, preprocessed.
export async function openBundle(ort, read) {
  const manifest = JSON.parse(new TextDecoder().decode(await read("manifest.json")));
  if (manifest.formatVersion !== 1) throw new Error(`a bundle of version ${manifest.formatVersion}`);

  const sessions = new Map(); // One for each file, made when it is first needed.
  const run = async (file, input, images) => {
    if (!sessions.has(file)) sessions.set(file, await ort.InferenceSession.create(new Uint8Array(await read(file))));
    return sessions.get(file).run({ [input]: new ort.Tensor("float32", images.data, images.shape) });
  };

  const bundle = {
    manifest,
    run,

    // One file does it all: the gate, the choice, and the chosen subnet. Needs a bundle exported with --routed.
    async classify(images) {
      const { logits, subnet_index } = await run(manifest.routed, manifest.input.name, images);
      return rows(logits).map((row, n) => answer(row, manifest.subnets[Number(subnet_index.data[n])]));
    },

    // The gate's file, then that of the subnet it chose, one image at a time. Takes either layout.
    async classifyInTwoSteps(images) {
      const answers = [];
      for (const image of rows(images)) {
        const one = { shape: [1, ...images.shape.slice(1)], data: image };
        const gate = await run(manifest.gate.file, manifest.input.name, one);
        const name = manifest.gate.candidates[largest(gate[manifest.gateLogits.name].data)];
        const subnet = manifest.subnets.find((each) => each.name === name);
        const { logits } = subnet.tail
          ? await run(subnet.tail, manifest.features.name, { shape: gate.features.dims, data: gate.features.data })
          : await run(subnet.full, manifest.input.name, one);
        answers.push(answer(logits.data, subnet));
      }
      return answers;
    },
  };
  return bundle;

  function answer(logits, subnet) {
    const index = largest(logits);
    return { label: manifest.labels ? manifest.labels[index] : index, subnet: subnet.name, logits: Array.from(logits) };
  }
}

// The parts of a tensor along its first dimension.
export function rows({ shape, dims, data }) {
  const count = (shape ?? dims)[0];
  return Array.from({ length: count }, (_, n) => data.subarray((n * data.length) / count, ((n + 1) * data.length) / count));
}

// The first of equals.
export function largest(numbers) {
  return numbers.reduce((best, value, index) => (value > numbers[best] ? index : best), 0);
}
