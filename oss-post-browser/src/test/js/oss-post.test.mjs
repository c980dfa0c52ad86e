// Run with: npm test
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { configure, requestGrant, send, upload, UploadError } from "../../main/js/oss-post.js";
import { servedAt } from "../../main/js/grants.js";
import { answerUploads, requests, restore } from "../fakes/browser.mjs";

const GRANT = {
  method: "POST",
  url: "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/",
  fields: { key: "uploads/7/照 片.png", policy: "e30=", "Content-Type": "image/png", "x-oss-signature": "ab" },
  headers: {},
  key: "uploads/7/照 片.png",
};
const STORED = { status: 200, headers: 'ETag: "5D41402ABC4B"\r\nx-oss-request-id: 65A1\r\n' };

let fetched;

const answerUploadsWith = (answer) => answerUploads(() => answer);
const sent = () => requests.oss.at(-1);

function answerGrantsWith(body, init) {
  globalThis.fetch = async (url, request) => {
    fetched = { url, ...request };
    return new Response(typeof body === "string" ? body : JSON.stringify(body), init);
  };
}

const photo = () => new File(["hello"], "photo.png", { type: "image/png" });

beforeEach(() => {
  answerGrantsWith(GRANT);
  answerUploadsWith(STORED);
});
afterEach(restore);

test("grant request encodes the file name", async () => {
  const file = new File(["hello"], "夏 & 冬+1.png", { type: "image/png" });
  await requestGrant(file, { profile: "avatars", headers: { "X-CSRF-TOKEN": "t" } });
  assert.equal(
    fetched.url.replace(/&_=\w+$/, ""),
    "/get_post_signature_for_oss_upload?format=form" +
      "&filename=%E5%A4%8F%20%26%20%E5%86%AC%2B1.png&size=5&type=image%2Fpng&profile=avatars",
  );
  assert.equal(fetched.headers.get("X-CSRF-TOKEN"), "t");
  assert.equal(fetched.credentials, "same-origin");
});

test("grant request has the variables", async () => {
  await requestGrant(photo(), { vars: { order: 17, note: "合同 & \"x\"" } });
  const { searchParams } = new URL(fetched.url, "https://a.example");
  assert.equal(searchParams.get("vars.order"), "17");
  assert.equal(searchParams.get("vars.note"), "合同 & \"x\"");
});

test("answer of the application is part of the result", async () => {
  const body = '{"key":"k","answer":{"row":17,"note":"\\"合同\\" </script>"}}';
  answerUploadsWith({ ...STORED, body });
  const stored = await upload(photo());
  assert.deepEqual(stored.answer, { row: 17, note: '"合同" </script>' });
  assert.equal(stored.body, body);
  for (const body of ["", "<xml/>", "null", "7", '{"key":"k"}', "[]"]) {
    answerUploadsWith({ ...STORED, body });
    assert.equal((await upload(photo())).answer, undefined, body);
  }
});

test("nameless blob gets a name and states no type", async () => {
  await requestGrant(new Blob(["hello"]), { grantUrl: "/grant?tenant=7", ticket: "T1" });
  assert.match(fetched.url, /^\/grant\?tenant=7&format=form&filename=file&size=5&retry=T1&_=\w+$/);
});

test("form has the granted fields in order and the file last", async () => {
  await send(GRANT, photo());
  assert.equal(sent().method, "POST");
  assert.equal(sent().url, GRANT.url);
  assert.deepEqual([...sent().body.keys()], [...Object.keys(GRANT.fields), "file"]);
  assert.equal(sent().body.get("key"), GRANT.key);
  assert.equal(await sent().body.get("file").text(), "hello");
});

test("file has its own name and the signed type", async () => {
  const stored = await send(GRANT, new File(["hello"], "photo.PNG", { type: "image/x-png" }));
  assert.equal(sent().body.get("file").name, "photo.PNG");
  assert.equal(sent().body.get("file").type, "image/png");
  assert.equal(stored.type, "image/png");
});

test("file keeps its type without a signed one", async () => {
  await send({ ...GRANT, fields: { key: "k" } }, photo());
  assert.equal(sent().body.get("file").type, "image/png");
});

test("result has key, ETag, request id and address", async () => {
  assert.deepEqual(await upload(photo()), {
    key: GRANT.key,
    size: 5,
    type: "image/png",
    etag: "5D41402ABC4B",
    requestId: "65A1",
    url: `${GRANT.url}uploads/7/%E7%85%A7%20%E7%89%87.png`,
    body: "",
    answer: undefined,
  });
});

test("PUT grant sends the file with the signed headers", async () => {
  const headers = { "Content-Type": "text/plain", "x-oss-forbid-overwrite": "true" };
  const grant = { method: "PUT", url: "https://b.example/a.txt?x-oss-signature=1", headers, key: "a.txt" };
  const stored = await send(grant, photo());
  assert.deepEqual(sent().headers, headers);
  assert.equal(sent().body.type, "text/plain");
  assert.equal(stored.url, "https://b.example/a.txt");
});

test("progress grows to the size of the file", async () => {
  answerUploadsWith({ ...STORED, progress: [[40, 105], [102, 105], [101, 105], [105, 105]] });
  const seen = [];
  await send(GRANT, photo(), { onProgress: (progress) => seen.push(progress) });
  assert.deepEqual(seen, [0, 2, 5].map((loaded) => ({ loaded, total: 5 })));
});

test("empty file reports progress once", async () => {
  const seen = [];
  await send(GRANT, new File([], "empty.png"), { onProgress: (progress) => seen.push(progress) });
  assert.deepEqual(seen, [{ loaded: 0, total: 0 }]);
});

test("problem of the server becomes an UploadError", async () => {
  answerGrantsWith(
    { title: "Too large", status: 413, code: "file-too-large", detail: "12 MB exceed 10 MB.", fix: "Send less." },
    { status: 413, headers: { "Retry-After": "30" } },
  );
  await assert.rejects(upload(photo()), (error) => {
    assert.ok(error instanceof UploadError);
    assert.equal(error.message, "12 MB exceed 10 MB. Send less.");
    const { stage, code, status, detail, fix, retryAfter } = error;
    assert.deepEqual(
      { stage, code, status, detail, fix, retryAfter },
      { stage: "grant", code: "file-too-large", status: 413, detail: "12 MB exceed 10 MB.", fix: "Send less.", retryAfter: 30 },
    );
    return true;
  });
});

test("login page is reported", async () => {
  answerGrantsWith("<!doctype html><title>Log in</title>");
  await assert.rejects(requestGrant(photo()), { code: "not-a-grant", status: 200 });
  answerGrantsWith("<h1>Bad gateway</h1>", { status: 502 });
  await assert.rejects(requestGrant(photo()), { code: "grant-refused", status: 502 });
});

test("unreachable server is a network error", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(requestGrant(photo()), { stage: "grant", code: "network-error", status: 0 });
});

test("error of OSS becomes an UploadError", async () => {
  answerUploadsWith({
    status: 403,
    body: `<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>AccessDenied</Code>
  <Message>Policy Condition failed: [&quot;eq&quot;, &quot;$key&quot;, &quot;a&#38;b&lt;&#x7167;&quot;]</Message>
  <RequestId>5C3D9175B6FC201293AD4890</RequestId>
  <EC>0006-00000227</EC>
</Error>`,
  });
  await assert.rejects(send(GRANT, photo()), {
    name: "UploadError",
    stage: "upload",
    code: "AccessDenied",
    status: 403,
    detail: 'Policy Condition failed: ["eq", "$key", "a&b<照"]',
    requestId: "5C3D9175B6FC201293AD4890",
    ec: "0006-00000227",
  });
});

test("failed callback with 203 is an error", async () => {
  answerUploadsWith({ status: 203, body: "<Error><Code>CallbackFailed</Code><Message>m</Message></Error>" });
  await assert.rejects(send(GRANT, photo()), { code: "CallbackFailed", status: 203, detail: /stored the file/ });
});

test("unreadable answer names CORS as the probable cause", async () => {
  answerUploadsWith({});
  await assert.rejects(send(GRANT, photo()), { code: "network-error", message: /no readable response.*CORS/ });
  answerUploadsWith({ progress: [[103, 105]] });
  await assert.rejects(send(GRANT, photo()), { message: /sent 103 bytes. The file may be stored.*CORS/ });
});

test("abort rejects with the signal's reason at every step", async () => {
  const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";
  await assert.rejects(send(GRANT, photo(), { signal: AbortSignal.abort() }), isAbort);

  globalThis.fetch = (url, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const asking = new AbortController();
  const grant = requestGrant(photo(), { signal: asking.signal });
  asking.abort(new Error("a reason of one's own"));
  await assert.rejects(grant, { message: "a reason of one's own" });

  answerUploadsWith({ hangs: true, progress: [[50, 105]] });
  const sending = new AbortController();
  const upload = send(GRANT, photo(), { signal: sending.signal, onProgress: () => sending.abort() });
  await assert.rejects(upload, isAbort);
});

test("configure sets the address, and a call's options take precedence", async () => {
  answerGrantsWith(GRANT);
  configure({ grantUrl: "/shop/grant", profile: "photos", credentials: "include" });
  try {
    await requestGrant(photo());
    assert.match(fetched.url, /^\/shop\/grant\?.*profile=photos/);
    assert.equal(fetched.credentials, "include");
    await requestGrant(photo(), { grantUrl: "/other", profile: "videos" });
    assert.match(fetched.url, /^\/other\?.*profile=videos/);
  } finally {
    configure({ grantUrl: undefined, profile: undefined, credentials: undefined });
  }
});

test("meta element sets the address", async () => {
  answerGrantsWith(GRANT);
  globalThis.document = {
    querySelector: (css) => css === 'meta[name="oss-post-grant-url"]' && { content: "/app/grant" },
  };
  try {
    await requestGrant(photo());
    assert.match(fetched.url, /^\/app\/grant\?/);
  } finally {
    delete globalThis.document;
  }
});

test("server without oss-post is reported with the setting", async () => {
  for (const [body, init] of [
    ["<html>Not Found</html>", { status: 404 }],
    ["<html>Welcome</html>", { status: 200 }],
  ]) {
    answerGrantsWith(body, init);
    await assert.rejects(requestGrant(photo()), (e) =>
      /Set grantUrl/.test(e.fix) && e.fix.includes("/get_post_signature_for_oss_upload"),
    );
  }
});

for (const [url, application] of [
  ["https://a.example/oss-post/oss-post.js", "https://a.example"],
  ["https://a.example/shop/oss-post/oss-post.js", "https://a.example/shop"],
  ["https://a.example/shop/oss-post/oss-post.js?v=3", "https://a.example/shop"],
  ["https://a.example/shop/oss-post/oss-post-0b1c2d3e.js", "https://a.example/shop"],
  ["https://a.example/a/b/oss-post/oss-post.js#x/oss-post/oss-post.js", "https://a.example/a/b"],
  ["https://a.example/shop/oss-post/oss-post.js?from=/x/oss-post/oss-post.js", "https://a.example/shop"],
  ["http://127.0.0.1:8080/shop/oss-post/oss-post.js", "http://127.0.0.1:8080/shop"],
  ["https://a.example/assets/vendor-1a2b.js", ""],
  ["https://a.example/oss-post/oss-postal.txt", ""],
  ["file:///home/dev/shop/oss-post/oss-post.js", ""],
]) {
  test(`module served at ${url} requests grants at '${application}'`, async () => {
    answerGrantsWith(GRANT);
    servedAt(url);
    await requestGrant(photo()).finally(() => servedAt(""));
    assert.ok(fetched.url.startsWith(`${application}/get_post_signature_for_oss_upload?`), fetched.url);
  });
}
