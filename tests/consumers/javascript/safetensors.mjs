// Reads a safetensors file of float32 tensors: the header's length in 8 bytes, the header as JSON, then the numbers.
export function readTensors(buffer) {
  const start = 8 + Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, start - 8)));
  const tensors = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    if (entry.dtype !== "F32") throw new Error(`${name}: expected F32, found ${entry.dtype}`);
    const [from, to] = entry.data_offsets;
    tensors[name] = { shape: entry.shape, data: new Float32Array(buffer.slice(start + from, start + to)) };
  }
  return tensors;
}
