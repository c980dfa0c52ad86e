// What can go wrong around an upload, and that the reason is told.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerServer, answerUploads, hurry, requests, restore } from "../fakes/browser.mjs";

hurry();
const { confirm, requestGrant, send, upload } = await import("../../main/js/oss-post.js");

const grant = { method: "POST", url: "https://b.example/", fields: { key: "k" }, key: "k" };
const photo = () => new File(["hello"], "photo.png", { type: "image/png" });

beforeEach(() => {
  answerServer(() => [grant]);
  answerUploads(() => ({ status: 200 }));
});
afterEach(restore);

for (const nothing of [undefined, null, "photo.png", {}, []]) {
  test(`${JSON.stringify(nothing)} is no file`, async () => {
    const refusal = { stage: "file", code: "not-a-file", fix: /input.files/ };
    await assert.rejects(upload(nothing), refusal);
    await assert.rejects(requestGrant(nothing), refusal);
    await assert.rejects(send(grant, nothing), refusal);
  });
}

for (const useless of [undefined, {}, { url: "" }, { url: "/upload" }, { url: "javascript:alert(1)" }]) {
  test(`nothing is sent with the grant ${JSON.stringify(useless)}`, async () => {
    await assert.rejects(send(useless, photo()), { code: "not-a-grant", fix: /requestGrant/ });
    assert.equal(requests.oss.length, 0);
  });
}

test("file of another size than granted has changed", async () => {
  const asked = await requestGrant(photo());
  await assert.rejects(send(asked, new File(["hello you"], "photo.png")), { code: "file-changed", fix: "Choose it again." });
  assert.equal(requests.oss.length, 0);
  const xml = "<Error><Code>EntityTooLarge</Code><Message>m</Message></Error>";
  answerUploads(() => ({ status: 400, body: xml }));
  await assert.rejects(upload(photo()), { code: "file-changed" });
  await assert.rejects(send(grant, photo()), { code: "EntityTooLarge", fix: "Choose a smaller file." });
});

test("file that can no longer be read is not blamed on the line", async () => {
  const file = photo();
  answerUploads(() => {
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) });
    return {};
  });
  await assert.rejects(upload(file), { code: "file-unreadable", retryable: false });
});

test("file that changed while it was sent is no success", async () => {
  const file = photo();
  answerUploads(() => {
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) });
    return { status: 200 };
  });
  await assert.rejects(upload(file), { code: "file-changed", detail: /may be damaged/ });
});

test("file whose size is reported as 0 is read", async () => {
  const picked = photo();
  Object.defineProperty(picked, "size", { value: 0 });
  assert.equal((await upload(picked)).size, 5);
  assert.equal(requests.server[0].query.size, "5");
  const folder = new File([], "folder");
  folder.stream = () => new ReadableStream({ start: (it) => it.error(new Error("a folder")) });
  await assert.rejects(upload(folder), { code: "file-unreadable", fix: "Choose a file." });
});

test("empty file stays an empty file", async () => {
  assert.equal((await upload(new File([], "empty.txt"))).size, 0);
});

test("profile that redirects is reported before anything is sent", async () => {
  const fields = { ...grant.fields, success_action_redirect: "https://a.example" };
  await assert.rejects(send({ ...grant, fields }, photo()), { code: "success-redirect", fix: /success-redirect/ });
  assert.equal(requests.oss.length, 0);
});

test("service worker is told why it cannot upload", async () => {
  globalThis.XMLHttpRequest = undefined;
  await assert.rejects(upload(photo()), { code: "no-xhr", fix: /dedicated worker/ });
});

test("header that cannot be sent is named", async () => {
  await assert.rejects(upload(photo(), { headers: { "X-User": "张三" } }), { code: "bad-header", fix: /encodeURIComponent/ });
});

test("line that stands still fails, whether bytes or the answer are missing", async () => {
  answerUploads(() => ({ hangs: true, progress: [[50, 105]] }));
  await assert.rejects(send(grant, photo(), { stallTimeout: 50 }), { code: "network-error", detail: /stood still/, retryable: true });
  answerUploads(() => ({ hangs: true }));
  await assert.rejects(send(grant, photo(), { stallTimeout: 50 }), { code: "network-error", retryable: true });
});

test("mixed content is named", async () => {
  globalThis.location = new URL("https://a.example/page");
  try {
    const plain = { ...grant, url: "http://b.example/" };
    await assert.rejects(send(plain, photo()), { code: "mixed-content", fix: /https/ });
    await send({ ...grant, url: "http://127.0.0.1:9000/b/" }, photo());
  } finally {
    delete globalThis.location;
  }
});

test("redirect to a login page of another site is recognized", async () => {
  globalThis.location = new URL("https://a.example/page");
  globalThis.fetch = async (url, { method, redirect, headers }) => {
    assert.equal(headers.get("X-Requested-With"), "XMLHttpRequest");
    if (redirect === "manual") assert.equal(method, "GET");
    if (redirect !== "manual") throw new TypeError("Failed to fetch");
    return { type: "opaqueredirect" };
  };
  try {
    const refusal = { code: "login-required", fix: "Log in and try again." };
    await assert.rejects(upload(photo()), refusal);
    await assert.rejects(upload(photo(), { kind: "multipart" }), refusal);
  } finally {
    delete globalThis.location;
  }
});

test("other origins get no header that needs a preflight", async () => {
  globalThis.location = new URL("https://a.example/page");
  try {
    await requestGrant(photo(), { grantUrl: "https://other.example/grants" });
    assert.equal(requests.server[0].init.headers.has("X-Requested-With"), false);
  } finally {
    delete globalThis.location;
  }
});

for (const headers of [{ Authorization: "Bearer secret" }, undefined]) {
  test(`OSS gets the grant's headers, and not ${JSON.stringify(headers)} of the application`, async () => {
    const signed = { method: "PUT", url: "https://b.example/k", headers: { "x-oss-forbid-overwrite": "true" } };
    answerServer(() => [signed]);
    await upload(photo(), { kind: "put", headers });
    assert.deepEqual(requests.oss[0].headers, signed.headers);
    answerServer(() => [grant]);
    await upload(photo(), { headers });
    assert.deepEqual(requests.oss[1].headers, {});
  });
}

test("no two requests for a grant have the same address", async () => {
  await requestGrant(photo());
  await requestGrant(photo());
  assert.notEqual(requests.server[0].target, requests.server[1].target);
});

const CONFIRMED = { key: "k", size: 5, etag: "e" };

for (const [page, header, token] of [
  [{ cookie: "a=b; XSRF-TOKEN=t%2B1; c=d", querySelector: () => null }, "X-XSRF-TOKEN", "t+1"],
  [
    { cookie: "", querySelector: (css) => ({ 'meta[name="_csrf"]': { content: "t2" }, 'meta[name="_csrf_header"]': { content: "X-Own" } })[css] },
    "X-Own",
    "t2",
  ],
  [{ cookie: "", querySelector: (css) => (css === 'meta[name="_csrf"]' ? { content: "t3" } : null) }, "X-CSRF-TOKEN", "t3"],
]) {
  test(`CSRF token of the page is sent as ${header}, to its own site only`, async () => {
    globalThis.document = page;
    globalThis.location = new URL("https://a.example/page");
    try {
      answerServer(() => [CONFIRMED]);
      await confirm({ ticket: "T" });
      assert.equal(requests.server[0].init.headers.get(header), token);
      await confirm({ ticket: "T" }, { grantUrl: "https://b.example/get_post_signature_for_oss_upload" });
      assert.equal(requests.server[1].init.headers.has(header), false);
      await confirm({ ticket: "T" }, { headers: { [header]: "own" } });
      assert.equal(requests.server[2].init.headers.get(header), "own");
    } finally {
      delete globalThis.document;
      delete globalThis.location;
    }
  });
}

test("POST that the application's CSRF protection refuses names the option", async () => {
  answerServer(() => ["<h1>Forbidden</h1>", 403]);
  await assert.rejects(confirm({ ticket: "T" }), { status: 403, fix: /CSRF.*headers/ });
});

test("headers of the grant request are not sent to OSS", async () => {
  const put = { method: "PUT", url: "https://b.example/k", headers: { "Content-Type": "image/png" }, key: "k" };
  for (const [answer, sent] of [[grant, {}], [put, put.headers]]) {
    answerServer(() => [answer]);
    answerUploads(() => ({ status: 200 }));
    await upload(photo(), { headers: { "X-CSRF-TOKEN": "secret" } });
    assert.deepEqual(requests.oss[0].headers, sent);
    await upload(photo(), { headers: undefined });
    assert.deepEqual(requests.oss[1].headers, sent);
  }
});

for (const [disposition, code] of [["enforce", "blocked-by-csp"], ["report", "network-error"]]) {
  test(`policy that would ${disposition} is reported as ${code}`, async () => {
    const { blockedByPolicy, watchPolicy } = await import(`../../main/js/content-policy.js?${disposition}`);
    let listener;
    globalThis.document = { addEventListener: (_, added) => (listener = added) };
    try {
      watchPolicy();
    } finally {
      delete globalThis.document;
    }
    const violation = { effectiveDirective: "connect-src", disposition, blockedURI: "https://b.example/key?a" };
    setTimeout(() => listener(violation)); // Browsers report after the request has failed.
    const error = await blockedByPolicy("upload", "https://b.example/other");
    assert.equal(error?.code ?? "network-error", code);
    assert.equal(await blockedByPolicy("upload", "https://b.example.org/key"), undefined);
  });
}

test("grant that will expire before the last byte is warned of once", async () => {
  let now = 0;
  const real = globalThis.performance;
  globalThis.performance = { now: () => now };
  try {
    for (const [validity, warnings] of [[60, 1], [600, 0]]) {
      answerServer(() => [{ ...grant, expiresInSeconds: validity }]);
      answerUploads(() => ({ status: 200, get progress() {
        // 11 of 105 bytes need 15 seconds, so all of them need more than two minutes.
        return [[105 - 90, 105], [106 - 90, 105], [107 - 90, 105]].map((pair) => ((now += 7500), pair));
      } }));
      const seen = [];
      await upload(new File(["x".repeat(100)], "a.txt"), { onWarning: (warning) => seen.push(warning) });
      assert.deepEqual(seen.map(({ code }) => code), Array(warnings).fill("too-slow"));
      now = 0;
    }
  } finally {
    globalThis.performance = real;
  }
});
