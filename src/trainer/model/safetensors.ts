import fs from 'node:fs';
import { writeFileAtomically } from '../files/atomic-file';
import { fromHalf, toHalf } from './half-float';

/** One named tensor; values are always 32-bit floats in memory. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface TensorFile {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Record<string, string>;
}

interface TensorHeader {
  dtype: 'F16' | 'F32';
  shape: number[];
  data_offsets: [number, number];
}

/**
 * Writes tensors in the safetensors format (github.com/huggingface/safetensors: 8-byte little-endian header length,
 * JSON header, raw data), to a temporary file first, so that a reader sees the old file or the new one, whole.
 */
export function saveTensors(
  file: string,
  tensors: Iterable<Tensor>,
  metadata: Record<string, string>,
  dtype: 'F16' | 'F32',
): void {
  const header: Record<string, TensorHeader | Record<string, string>> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    const raw = dtype === 'F16' ? Uint16Array.from(values, toHalf) : values;
    header[name] = { dtype, shape: [...shape], data_offsets: [offset, offset + raw.byteLength] };
    parts.push(new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength));
    offset += raw.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc((8 - (json.length % 8)) % 8, ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length + padding.length));
  writeFileAtomically(file, [length, json, padding, ...parts]);
}

/** Reads a safetensors file with F16 or F32 tensors. Throws when the file is cut short or uses another type. */
export function loadTensors(file: string): TensorFile {
  const bytes = fs.readFileSync(file);
  if (bytes.length < 8) throw new Error(`${file} is not a safetensors file.`);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  if (headerLength > bytes.length - 8) throw new Error(`${file} is cut short.`);
  const header = JSON.parse(bytes.subarray(8, 8 + headerLength).toString()) as Record<string, unknown>;
  const tensors = new Map<string, Tensor>();
  const { __metadata__: metadata, ...entries } = header;
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: range } = entry as TensorHeader;
    const from = bytes.byteOffset + 8 + headerLength;
    if (from + range[1] > bytes.byteOffset + bytes.length) throw new Error(`${file} is cut short.`);
    const raw = bytes.buffer.slice(from + range[0], from + range[1]);
    tensors.set(name, { name, shape, values: decode(dtype, raw, file) });
  }
  return { tensors, metadata: (metadata ?? {}) as Record<string, string> };
}

function decode(dtype: string, raw: ArrayBufferLike, file: string): Float32Array {
  if (dtype === 'F32') return new Float32Array(raw);
  if (dtype === 'F16') return Float32Array.from(new Uint16Array(raw), fromHalf);
  throw new Error(`${file} holds tensors of type ${dtype}; only F16 and F32 can be read.`);
}
