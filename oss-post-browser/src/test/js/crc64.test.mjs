// The CRC-64 of OSS.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appending, crc64, crc64Of } from "../../main/js/crc64.js";

const bytes = (text) => new TextEncoder().encode(text);

// The check value of CRC-64/XZ in the catalogue of parametrised CRC algorithms.
test("check value of the catalogue", () => {
  assert.equal(crc64(bytes("123456789")), 0x995dc9bbdf1939fan);
  assert.equal(crc64(new Uint8Array()), 0n);
});

/** The definition, bit by bit. */
function slow(data) {
  let crc = ~0n & 0xffffffffffffffffn;
  for (const byte of data) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  return ~crc & 0xffffffffffffffffn;
}

test("any length equals the definition, at once and in pieces", async () => {
  for (let length = 0; length < 70; length++) {
    const data = new Uint8Array(length).map((_, i) => (i * 37 + length * 11) & 255);
    const expected = slow(data);
    assert.equal(crc64(data), expected);
    for (const cut of [0, 1, length >> 1, length].filter((at) => at <= length)) {
      const [first, second] = [data.slice(0, cut), data.slice(cut)];
      assert.equal(crc64(second, crc64(first)), expected);
      assert.equal(appending(second.length)(crc64(first), crc64(second)), expected, `${length} ${cut}`);
    }
    assert.equal(await crc64Of(new Blob([data])), expected);
  }
});

test("large parts are joined without reading them", () => {
  const first = new Uint8Array(70_000).map((_, i) => i & 255);
  const second = new Uint8Array(3_000_001).map((_, i) => (i * 7) & 255);
  const whole = new Uint8Array([...first, ...second]);
  assert.equal(appending(second.length)(crc64(first), crc64(second)), crc64(whole));
});
