// CRC-64 as OSS computes it (ECMA-182, reflected), of files in pieces. Also the script of the worker.

const POLYNOMIAL = 0xc96c5795d7870f42n;
const ALL = 0xffffffffffffffffn;
const PIECE = 1 << 20;

let tables;

/** Eight tables, each as two arrays of 32 bits, because numbers have no 64 bits and BigInt is slow. */
function eightTables() {
  const low = [];
  const high = [];
  for (let table = 0; table < 8; table++) {
    low.push(new Int32Array(256));
    high.push(new Int32Array(256));
    for (let byte = 0; byte < 256; byte++) {
      let crc = BigInt(byte);
      if (table === 0) {
        for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n;
      } else {
        const last = low[table - 1][byte] >>> 0;
        crc = ((BigInt(high[table - 1][byte] >>> 0) << 32n) | BigInt(last)) >> 8n;
        crc ^= (BigInt(high[0][last & 255] >>> 0) << 32n) | BigInt(low[0][last & 255] >>> 0);
      }
      low[table][byte] = Number(crc & 0xffffffffn);
      high[table][byte] = Number(crc >> 32n);
    }
  }
  return { low, high };
}

/** Continues a CRC-64 over more bytes; begins with 0n. */
export function crc64(bytes, before = 0n) {
  tables ??= eightTables();
  const [l0, l1, l2, l3, l4, l5, l6, l7] = tables.low;
  const [h0, h1, h2, h3, h4, h5, h6, h7] = tables.high;
  let low = Number(~before & 0xffffffffn) | 0;
  let high = Number((~before >> 32n) & 0xffffffffn) | 0;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    low ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    high ^= bytes[i + 4] | (bytes[i + 5] << 8) | (bytes[i + 6] << 16) | (bytes[i + 7] << 24);
    const x = low;
    const y = high;
    low =
      l7[x & 255] ^ l6[(x >>> 8) & 255] ^ l5[(x >>> 16) & 255] ^ l4[x >>> 24] ^
      l3[y & 255] ^ l2[(y >>> 8) & 255] ^ l1[(y >>> 16) & 255] ^ l0[y >>> 24];
    high =
      h7[x & 255] ^ h6[(x >>> 8) & 255] ^ h5[(x >>> 16) & 255] ^ h4[x >>> 24] ^
      h3[y & 255] ^ h2[(y >>> 8) & 255] ^ h1[(y >>> 16) & 255] ^ h0[y >>> 24];
  }
  for (; i < bytes.length; i++) {
    const at = (low ^ bytes[i]) & 255;
    low = ((low >>> 8) | (high << 24)) ^ l0[at];
    high = (high >>> 8) ^ h0[at];
  }
  return ~((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) & ALL;
}

/** The CRC-64 of a file or a part, read in pieces so that no thread is blocked for long. */
export async function crc64Of(blob) {
  let crc = 0n;
  for (let begin = 0; begin < blob.size; begin += PIECE) {
    crc = crc64(new Uint8Array(await blob.slice(begin, begin + PIECE).arrayBuffer()), crc);
  }
  return crc;
}

/** Returns a function that appends a part of `length` bytes: it joins both CRC-64 without reading. */
export function appending(length) {
  // The operator "one zero bit more", then squared: 2, 4, 8 bits; each is a matrix of 64 columns.
  let power = [POLYNOMIAL];
  for (let bit = 1n; bit < 64n; bit++) power.push(1n << (bit - 1n));
  for (let i = 0; i < 3; i++) power = times(power, power);
  let operator;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2) operator = operator ? times(power, operator) : power;
    if (rest > 1) power = times(power, power);
  }
  return (before, part) => (operator ? applied(operator, before) ^ part : before);
}

function applied(matrix, vector) {
  let sum = 0n;
  for (let i = 0; vector; i++, vector >>= 1n) if (vector & 1n) sum ^= matrix[i];
  return sum;
}

function times(left, right) {
  return right.map((column) => applied(left, column));
}

const WORKER_NAME = "oss-post-crc64";

/** Computes in a worker, or here if the page allows no worker. Returns `{ of(blob), close() }`. */
export function startCrc64() {
  let worker;
  try {
    const url = new URL("./crc64.js", import.meta.url);
    worker = new Worker(trusted(url.href), { type: "module", name: WORKER_NAME });
  } catch {
    return { of: crc64Of, close() {} };
  }
  const waiting = new Map();
  let next = 0;
  let failed = false;
  worker.onmessage = ({ data: { id, crc, error } }) => {
    const { blob, resolve, reject } = waiting.get(id);
    waiting.delete(id);
    error ? crc64Of(blob).then(resolve, reject) : resolve(crc);
  };
  worker.onerror = () => {
    failed = true;
    for (const { blob, resolve, reject } of waiting.values()) crc64Of(blob).then(resolve, reject);
    waiting.clear();
  };
  return {
    of: (blob) =>
      failed
        ? crc64Of(blob)
        : new Promise((resolve, reject) => {
            waiting.set(next, { blob, resolve, reject });
            worker.postMessage({ id: next++, blob });
          }),
    close: () => worker.terminate(),
  };
}

let policy;

/** Pages with Trusted Types name the policy in their Content-Security-Policy: `trusted-types oss-post`. */
function trusted(url) {
  policy ??= globalThis.trustedTypes?.createPolicy("oss-post", { createScriptURL: (own) => own });
  return policy ? policy.createScriptURL(url) : url;
}

if (globalThis.DedicatedWorkerGlobalScope && globalThis.name === WORKER_NAME) {
  globalThis.onmessage = async ({ data: { id, blob } }) => {
    try {
      globalThis.postMessage({ id, crc: await crc64Of(blob) });
    } catch {
      globalThis.postMessage({ id, error: true });
    }
  };
}
