// Uploads in parts, against a model of the server and of OSS that keeps what was sent.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerServer, answerUploads, hurry, requests, restore } from "../fakes/browser.mjs";

hurry();
const { discard, upload } = await import("../../main/js/oss-post.js");
const { crc64 } = await import("../../main/js/crc64.js");

const PART = 1000;
const STEP = "/oss_multipart_upload/";
const content = new Uint8Array(4500).map((_, i) => i % 251);
const film = () => new File([content], "film.mp4", { type: "video/mp4", lastModified: 7 });

let store;
let model;
let faults;

function memory() {
  const texts = new Map();
  return { texts, get: (name) => texts.get(name), set: (name, text) => void texts.set(name, text), delete: (name) => void texts.delete(name) };
}

const signed = (numbers) => numbers.map((number) => ({ number, url: `https://b.example/k?part=${number}`, headers: {} }));
const problem = (status, code, more = {}) => [{ code, detail: code, ...more }, status];

/** The server's steps. A fault by the step's name is answered once instead. */
async function serve({ path, form, init }) {
  if (init.method === "GET") return problem(405, "method-not-allowed");
  const step = path.slice(STEP.length);
  const fault = faults[step]?.shift();
  if (fault === "broken") throw new TypeError("Failed to fetch");
  if (fault === "lost") await model.answer(step, form);
  if (fault === "lost") throw new TypeError("Failed to fetch");
  return fault ?? model.answer(step, form);
}

beforeEach(() => {
  store = memory();
  faults = {};
  model = {
    parts: new Map(),
    stored: undefined,
    starts: 0,
    answer(step, form) {
      if (step === "start") {
        model.starts++;
        model.parts.clear();
        const partCount = Math.ceil(form.size / PART);
        return [{ key: "k", partSize: PART, partCount, ticket: `T${model.starts}`, urls: signed([1, 2]) }];
      }
      if (form.ticket !== `T${model.starts}`) return problem(400, "ticket-invalid");
      if (step === "sign") return [{ urls: signed(form.parts.split(",").map(Number)) }];
      if (step === "abort") return model.stored ? problem(409, "already-stored") : [null, 204];
      if (step === "parts" && model.stored) return problem(409, "already-stored");
      if (step === "parts") {
        return [{ parts: [...model.parts].map(([number, bytes]) => ({ number, size: bytes.length, etag: "e", crc64: `${crc64(bytes)}` })) }];
      }
      const missing = Array.from({ length: 5 }, (_, i) => i + 1).filter((n) => !model.parts.has(n));
      if (missing.length && !model.stored) return problem(409, "parts-missing", { parts: missing });
      const whole = model.stored ?? new Uint8Array([...Array(5).keys()].flatMap((i) => [...model.parts.get(i + 1)]));
      if (form.crc64 && form.crc64 !== `${crc64(whole)}`) return problem(409, "checksum-mismatch");
      model.stored = whole;
      return [{ key: "k", size: whole.length, etag: "E-5", crc64: `${crc64(whole)}` }];
    },
  };
  answerServer(serve);
  answerUploads(async ({ url, body }) => {
    const number = Number(new URL(url).searchParams.get("part"));
    const fault = faults[number]?.shift();
    if (fault && fault !== "lost") return fault;
    model.parts.set(number, new Uint8Array(await body.arrayBuffer()));
    return fault === "lost" ? {} : { status: 200 };
  });
});
afterEach(restore);

const options = (more) => ({ kind: "multipart", store, ...more });
const sentParts = () => requests.oss.map(({ url }) => Number(url.split("=")[1])).sort();

test("file is sent in parts of the server's size", async () => {
  const seen = [];
  const stored = await upload(film(), options({ onProgress: ({ loaded }) => seen.push(loaded) }));
  assert.deepEqual([...model.stored], [...content]);
  assert.deepEqual(sentParts(), [1, 2, 3, 4, 5]);
  assert.deepEqual(requests.server[0].form, { filename: "film.mp4", size: "4500", type: "video/mp4" });
  assert.equal(stored.key, "k");
  assert.equal(stored.etag, "E-5");
  assert.equal(seen.at(-1), 4500);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  assert.equal(store.texts.size, 0, "the ticket is forgotten");
  assert.ok(requests.oss.every(({ headers, body }) => Object.keys(headers).length === 0 && body.type === ""));
});

test("variables are sent once, and the answer comes with the completion", async () => {
  const { answer } = model;
  model.answer = (step, form) => {
    const [body, ...status] = answer(step, form);
    return [step === "complete" && !status.length ? { ...body, answer: { row: 17 } } : body, ...status];
  };
  const stored = await upload(film(), options({ vars: { order: 17 } }));
  assert.equal(requests.server[0].form["vars.order"], "17");
  assert.ok(requests.server.slice(1).every(({ form }) => !("vars.order" in form)));
  assert.deepEqual(stored.answer, { row: 17 });
});

test("other variables begin another upload", async () => {
  const one = options({ vars: { order: 1 }, retries: 0 });
  faults[2] = [{}];
  await assert.rejects(upload(film(), one));
  assert.equal(model.starts, 1);
  await upload(film(), options({ vars: { order: 2 } }));
  assert.equal(model.starts, 2);
});

test("checksum is that of the file", async () => {
  const stored = await upload(film(), options({ checksum: true }));
  const { form } = requests.server.at(-1);
  assert.equal(form.crc64, `${crc64(content)}`);
  assert.equal(stored.crc64, form.crc64);
});

test("part that was damaged on its way is sent again", async () => {
  answerUploads(async ({ url, body }) => {
    const number = Number(url.split("=")[1]);
    const bytes = new Uint8Array(await body.arrayBuffer());
    if (number === 3 && !faults.damaged) faults.damaged = bytes[5]++ > -1;
    model.parts.set(number, bytes);
    return { status: 200 };
  });
  await upload(film(), options({ checksum: true }));
  assert.deepEqual([...model.stored], [...content]);
  assert.deepEqual(sentParts(), [1, 2, 3, 3, 4, 5]);
});

test("line that breaks once in every part costs one repetition each", async () => {
  for (let number = 1; number <= 5; number++) faults[number] = [number % 2 ? {} : "lost"];
  await upload(film(), options());
  assert.deepEqual([...model.stored], [...content]);
  assert.equal(requests.oss.length, 10);
});

test("expired URL is signed again", async () => {
  faults[4] = [{ status: 403, body: "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>" }];
  faults[5] = [{ status: 403, body: "<Error><Code>InvalidAccessKeyId</Code><Message>gone</Message></Error>" }];
  await upload(film(), options());
  const signs = requests.server.filter(({ path }) => path.endsWith("/sign")).map(({ form }) => form.parts);
  assert.ok(signs.filter((parts) => parts.includes("4")).length >= 2, signs.join(" | "));
});

test("pause sends nothing more, and the next call only the missing parts", async () => {
  const pause = new AbortController();
  faults[3] = [{ hangs: true }];
  const first = upload(film(), options({ partsAtOnce: 1, signal: pause.signal, onProgress: ({ loaded }) => loaded >= 2000 && setTimeout(() => pause.abort(), 9) }));
  await assert.rejects(first, { name: "AbortError" });
  assert.deepEqual([...model.parts.keys()], [1, 2]);
  assert.equal(store.texts.size, 1);
  assert.ok(![...store.texts.values()].some((text) => text.includes("https")), "no signed URL is kept");
  requests.oss.length = 0;
  await upload(film(), options());
  assert.deepEqual(sentParts(), [3, 4, 5]);
  assert.equal(model.starts, 1);
});

test("part of another content is not kept when an upload is resumed", async () => {
  faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code><Message>m</Message></Error>" }];
  await assert.rejects(upload(film(), options({ partsAtOnce: 1 })), { code: "InvalidArgument", ticket: "T1", key: "k" });
  model.parts.set(2, new Uint8Array(PART));
  requests.oss.length = 0;
  await upload(film(), options());
  assert.deepEqual(sentParts(), [2, 4, 5]);
  assert.deepEqual([...model.stored], [...content]);
});

test("other file of the same name starts its own upload", async () => {
  faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" }];
  await assert.rejects(upload(film(), options()));
  await upload(new File([content], "film.mp4", { lastModified: 8 }), options());
  assert.equal(model.starts, 2);
});

for (const code of ["upload-gone", "ticket-invalid", "profile-changed", "ticket-expired", "ticket-of-another-caller"]) {
  test(`saved upload with ${code} is forgotten, and a new one starts`, async () => {
    faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" }];
    await assert.rejects(upload(film(), options()));
    faults.parts = [problem(403, code)];
    await upload(film(), options());
    assert.equal(model.starts, 2);
    assert.deepEqual([...model.stored], [...content]);
  });
}

test("upload that vanishes from OSS on the way starts again once", async () => {
  faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" }];
  await assert.rejects(upload(film(), options()));
  faults[4] = [{ status: 404, body: "<Error><Code>NoSuchUpload</Code></Error>" }];
  await upload(film(), options());
  assert.equal(model.starts, 2);
});

test("lost answer of complete is asked for again", async () => {
  faults.complete = ["lost", problem(503, "still-completing")];
  assert.equal((await upload(film(), options())).etag, "E-5");
});

test("upload that was completed before a reload gives its result", async () => {
  faults.complete = ["lost"];
  const stop = new AbortController();
  await assert.rejects(upload(film(), options({ signal: stop.signal, onRetry: () => stop.abort() })));
  requests.oss.length = 0;
  assert.equal((await upload(film(), options())).etag, "E-5");
  assert.equal(requests.oss.length, 0);
  assert.equal(model.starts, 1);
});

test("parts that the server misses are sent again", async () => {
  faults.complete = [problem(409, "parts-missing", { parts: [2, 5] })];
  await upload(film(), options());
  assert.deepEqual(sentParts(), [1, 2, 2, 3, 4, 5, 5]);
});

test("server that always misses parts is not asked for ever", async () => {
  faults.complete = Array(50).fill(problem(409, "parts-missing", { parts: [1] }));
  await assert.rejects(upload(film(), options()), { code: "parts-missing" });
});

test("limit of open uploads is told after one start, and nothing is saved", async () => {
  faults.start = [problem(409, "too-many-open-uploads")];
  await assert.rejects(upload(film(), options()), { code: "too-many-open-uploads", retryable: false });
  assert.equal(model.starts, 0);
  assert.equal(requests.oss.length, 0);
  assert.equal(store.texts.size, 0);
  await upload(film(), options());
  assert.equal(model.starts, 1);
});

test("name that is taken is told, and the upload is forgotten", async () => {
  faults.complete = [problem(409, "already-exists")];
  await assert.rejects(upload(film(), options()), { code: "already-exists" });
  assert.equal(store.texts.size, 0);
  assert.equal(model.starts, 1);
});

test("lost answer of start does not start a second upload", async () => {
  faults.start = ["lost"];
  await assert.rejects(upload(film(), options()), { code: "network-error" });
  assert.equal(model.starts, 1);
});

test("part that cannot be sent stops the others", async () => {
  faults[2] = [{ status: 403, body: "<Error><Code>AccessDenied</Code><Message>no</Message></Error>" }].concat(
    Array(9).fill({ status: 403, body: "<Error><Code>AccessDenied</Code><Message>no</Message></Error>" }),
  );
  faults[1] = [{ hangs: true }];
  await assert.rejects(upload(film(), options()), { code: "AccessDenied", ticket: "T1" });
});

test("discard aborts the upload and forgets its ticket", async () => {
  assert.equal(await discard(film(), { store }), false);
  faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" }];
  await assert.rejects(upload(film(), options()));
  assert.equal(await discard(film(), { store }), true);
  assert.equal(requests.server.at(-1).path, `${STEP}abort`);
  assert.equal(store.texts.size, 0);
  assert.equal(await discard(film(), { store }), false);
});

test("limits decide between form and parts", async () => {
  const big = new File([new Uint8Array(5 << 20)], "big.bin", { lastModified: 1 });
  const form = { method: "POST", url: "https://b.example/", fields: {}, key: "f", ticket: "F" };
  for (const [limits, parts] of [
    [{ maxSize: 1e9, kinds: ["post"] }, false],
    [{ maxSize: 1e9, kinds: ["post", "multipart"], multipartFrom: 1 << 20 }, true],
    [{ maxSize: 1e9, kinds: ["post", "multipart"], multipartFrom: 32 << 20 }, false],
    [{ maxSize: 1e9, kinds: ["post", "multipart"], multipartFrom: 32 << 20, requestMaxSize: 1 << 20 }, true],
  ]) {
    answerUploads(() => ({ status: 200 }));
    answerServer(({ path }) => {
      if (path.endsWith("/get_upload_limits")) return [limits];
      if (path.endsWith("/complete")) return [{ key: "k", size: big.size, etag: "e" }];
      if (path.includes(STEP)) return [{ key: "k", partSize: 5 << 20, partCount: 1, ticket: "T", urls: signed([1]) }];
      return [form];
    });
    const stored = await upload(big, { store: memory(), profile: JSON.stringify(limits) });
    assert.equal(stored.key, parts ? "k" : "f", JSON.stringify(limits));
  }
});

test("profile that offers only parts gets them for small files, too", async () => {
  const steps = serve;
  answerServer((request) => {
    if (request.path.endsWith("/get_upload_limits")) return [{ maxSize: 1e9, kinds: ["multipart"], multipartFrom: 9e9 }];
    return request.path.includes(STEP) ? steps(request) : problem(403, "grant-not-offered");
  });
  assert.equal((await upload(film(), { store })).etag, "E-5");
});

test("broken storage does not fail an upload", async () => {
  const broken = () => Promise.reject(new Error("IDB closed"));
  assert.equal((await upload(film(), options({ store: { get: broken, set: broken, delete: broken } }))).etag, "E-5");
});

test("blob without a date continues within its page", async () => {
  const blob = new Blob([content], { type: "video/mp4" });
  faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" }];
  await assert.rejects(upload(blob, options({ filename: "b.mp4", partsAtOnce: 1 })));
  requests.oss.length = 0;
  await upload(blob, options({ filename: "b.mp4" }));
  assert.deepEqual(sentParts(), [4, 5]);
  assert.equal(model.starts, 1);
});

test("files of one name in two folders are two uploads", async () => {
  const inFolder = (folder) => Object.defineProperty(film(), "webkitRelativePath", { value: `${folder}/film.mp4` });
  faults[4] = [{ status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" }];
  await assert.rejects(upload(inFolder("a"), options()));
  await upload(inFolder("b"), options());
  assert.equal(model.starts, 2);
});

test("server that cannot sign is asked a bounded number of times", async () => {
  faults.sign = Array(500).fill(problem(503, "credentials-unavailable"));
  await assert.rejects(upload(film(), options({ retries: 3 })), { code: "credentials-unavailable" });
  const asked = requests.server.filter(({ path }) => path.endsWith("/sign")).length;
  assert.ok(asked <= 4 * 2, `${asked}`);
});

test("gateway's timeout does not start a second upload", async () => {
  for (const status of [502, 504]) {
    faults.start = [["<h1>Gateway</h1>", status]];
    await assert.rejects(upload(film(), options()), { status });
  }
  assert.equal(model.starts, 0);
});

test("upload that another tab completed gives its result", async () => {
  faults[5] = [{ status: 404, body: "<Error><Code>NoSuchUpload</Code></Error>" }];
  model.stored = content;
  assert.equal((await upload(film(), options({ partsAtOnce: 1 }))).etag, "E-5");
  assert.equal(model.starts, 1);
});

test("pause while the browser is offline ends the wait", async () => {
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  globalThis.addEventListener = () => {};
  globalThis.removeEventListener = () => {};
  try {
    faults[1] = [{}];
    const pause = new AbortController();
    const done = upload(film(), options({ signal: pause.signal, onRetry: () => pause.abort() }));
    await assert.rejects(done, { name: "AbortError" });
  } finally {
    delete globalThis.navigator;
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  }
});

test("limits are asked for again before a large file goes as a form", async () => {
  const big = new File([new Uint8Array(5 << 20)], "big.bin", { lastModified: 1 });
  const answers = [["<h1>Bad gateway</h1>", 502], [{ maxSize: 1e9, kinds: ["multipart"], multipartFrom: 1 }]];
  answerServer(({ path }) => {
    if (path.endsWith("/get_upload_limits")) return answers.shift();
    if (path.endsWith("/complete")) return [{ key: "k", size: big.size, etag: "e" }];
    return [{ key: "k", partSize: 5 << 20, partCount: 1, ticket: "T", urls: signed([1]) }];
  });
  answerUploads(() => ({ status: 200 }));
  assert.equal((await upload(big, { store, profile: "again" })).key, "k");
});
