// Lost answers, broken lines and temporary refusals: never a false success, never a second object.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerServer, answerUploads, hurry, requests, restore } from "../fakes/browser.mjs";

hurry();
const { upload, uploadAll, confirm, limits } = await import("../../main/js/oss-post.js");

const FORM = "/get_post_signature_for_oss_upload";
const CONFIRM = "/oss_upload_confirm";
const CONFIRMED = { key: "k/1.png", size: 5, type: "image/png", etag: "5D41", crc64: "7" };
const grant = { method: "POST", url: "https://b.example/", fields: { key: "k/1.png" }, key: "k/1.png", ticket: "T1" };
const photo = () => new File(["hello"], "photo.png", { type: "image/png" });
const xml = (code, message = "m") => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;

let confirmed;
let uploads;

beforeEach(() => {
  confirmed = [{ code: "not-stored-yet", detail: "Not stored." }, 409];
  uploads = [{ status: 200 }];
  answerServer(({ path }) => (path === CONFIRM ? confirmed : [grant]));
  answerUploads(() => (uploads.length > 1 ? uploads.shift() : uploads[0]));
});
afterEach(restore);

const paths = () => requests.server.map(({ path }) => path);

test("broken line is repeated for the same object", async () => {
  uploads = [{}, {}, { status: 200 }];
  const retries = [];
  const stored = await upload(photo(), { onRetry: ({ attempt, error }) => retries.push([attempt, error.code]) });
  assert.equal(stored.key, "k/1.png");
  assert.deepEqual(retries, [[1, "network-error"], [2, "network-error"]]);
  assert.deepEqual(paths(), [FORM, CONFIRM, FORM, CONFIRM, FORM]);
  assert.equal(requests.server[0].query.retry, undefined);
  assert.equal(requests.server[2].query.retry, "T1");
});

test("lost answer is success if the server confirms it", async () => {
  uploads = [{ progress: [[105, 105]] }];
  confirmed = [CONFIRMED];
  const seen = [];
  const stored = await upload(photo(), { onProgress: ({ loaded }) => seen.push(loaded) });
  assert.equal(requests.oss.length, 1);
  assert.equal(stored.crc64, "7");
  assert.equal(seen.at(-1), 5);
  assert.deepEqual(requests.server[1].form, { ticket: "T1", key: "k/1.png" });
});

test("confirmation that breaks with the line is repeated before the file", async () => {
  uploads = [{}];
  let asked = 0;
  answerServer(({ path }) => {
    if (path !== CONFIRM) return [grant];
    if (++asked < 3) throw new TypeError("Failed to fetch");
    return [CONFIRMED];
  });
  assert.equal((await upload(photo())).etag, "5D41");
  assert.equal(requests.oss.length, 1);
});

test("409 after a retry is success only if the server confirms it", async () => {
  uploads = [{}, { status: 409, body: xml("FileAlreadyExists") }];
  let asked = 0;
  answerServer(({ path }) => {
    if (path !== CONFIRM) return [grant];
    return ++asked === 1 ? [{ code: "not-stored-yet" }, 409] : [CONFIRMED];
  });
  assert.equal((await upload(photo())).etag, "5D41");

  uploads = [{}, { status: 409, body: xml("FileAlreadyExists") }];
  answerServer(({ path }) => (path === CONFIRM ? [{ code: "not-stored-yet" }, 409] : [grant]));
  await assert.rejects(upload(photo()), { code: "FileAlreadyExists", ticket: "T1", key: "k/1.png" });
});

test("409 of the first attempt is another file, unless the browser itself repeated the request", async () => {
  uploads = [{ status: 409, body: xml("FileAlreadyExists") }];
  await assert.rejects(upload(photo()), { code: "FileAlreadyExists", fix: /Another file has this name/, retryable: false });
  confirmed = [CONFIRMED];
  assert.equal((await upload(photo())).etag, "5D41");
});

test("failed callback is success if the server confirms the upload", async () => {
  uploads = [{ status: 203, body: xml("CallbackFailed") }];
  await assert.rejects(upload(photo()), { code: "CallbackFailed", key: "k/1.png" });
  assert.equal(requests.oss.length, 1, "the file is not sent again");
  confirmed = [CONFIRMED];
  assert.equal((await upload(photo())).key, "k/1.png");
});

test("ticket whose upload was reported is success", async () => {
  answerServer(({ path }) => (path === CONFIRM ? [CONFIRMED] : [{ code: "already-uploaded" }, 409]));
  assert.equal((await upload(photo(), { ticket: "T0" })).key, "k/1.png");
  assert.equal(requests.oss.length, 0);
});

test("without a ticket nothing is sent twice", async () => {
  answerServer(() => [{ ...grant, ticket: undefined }]);
  uploads = [{}];
  await assert.rejects(upload(photo()), { code: "network-error", retryable: true });
  assert.equal(requests.oss.length, 1);
});

test("confirmation that is not possible now is repeated", async () => {
  uploads = [{}];
  const answers = [[{ code: "not-confirmed" }, 503, { "Retry-After": "1" }], [CONFIRMED]];
  answerServer(({ path }) => (path === CONFIRM ? answers.shift() : [grant]));
  assert.equal((await upload(photo())).key, "k/1.png");
});

for (const [refusal, attempts] of [
  [{ status: 500, body: xml("InternalError") }, 2],
  [{ status: 503, body: xml("ServiceUnavailable") }, 2],
  [{ status: 400, body: xml("RequestTimeout") }, 2],
  [{ status: 403, body: xml("AccessDenied", "Invalid according to Policy: Policy expired.") }, 2],
  [{ status: 403, body: xml("RequestTimeTooSkewed") }, 2],
  [{ status: 403, body: xml("SecurityTokenExpired") }, 2],
  [{ breaks: "abort" }, 2],
  [{ status: 403, body: xml("AccessDenied", "Policy Condition failed") }, 1],
  [{ status: 403, body: xml("SignatureDoesNotMatch") }, 1],
  [{ status: 400, body: xml("InvalidArgument") }, 1],
]) {
  test(`OSS's ${refusal.body ?? "own abort"} is tried ${attempts} times`, async () => {
    uploads = [refusal, { status: 200 }];
    const done = upload(photo());
    if (attempts > 1) await done;
    else await assert.rejects(done, { retryable: false });
    assert.equal(requests.oss.length, attempts);
  });
}

for (const [refusal, attempts] of [
  [[{ code: "too-many-requests" }, 429, { "Retry-After": "2" }], 2],
  [[{ code: "credentials-unavailable" }, 503], 2],
  [["<h1>Bad gateway</h1>", 502], 2],
  [[{ code: "credentials-do-not-fit-page" }, 503], 1],
  [[{ code: "type-not-allowed" }, 415], 1],
  [[{ code: "file-too-large" }, 413], 1],
  [[{ code: "quota-exceeded" }, 409], 1],
  [[{ code: "not-authenticated" }, 401], 1],
]) {
  test(`the server's ${JSON.stringify(refusal)} is tried ${attempts} times`, async () => {
    let asked = 0;
    answerServer(() => (++asked === 1 ? refusal : [grant]));
    const done = upload(photo());
    if (attempts > 1) await done;
    else await assert.rejects(done, { retryable: false });
    assert.equal(asked, attempts);
  });
}

test("wait of more than a minute is left to the user", async () => {
  let asked = 0;
  answerServer(() => (asked++, [{ code: "too-many-requests" }, 429, { "Retry-After": "3600" }]));
  for (const kind of ["form", "multipart"]) {
    await assert.rejects(upload(photo(), { kind }), { status: 429, retryAfter: 3600, retryable: true });
  }
  assert.equal(asked, 2);
});

test("retries end", async () => {
  uploads = [{}];
  await assert.rejects(upload(photo(), { retries: 2 }), { code: "network-error", ticket: "T1" });
  assert.equal(requests.oss.length, 3);
});

test("cancelling ends the wait for the next attempt", async () => {
  uploads = [{}];
  const cancel = new AbortController();
  const done = upload(photo(), { signal: cancel.signal, onRetry: () => cancel.abort(new Error("enough")) });
  await assert.rejects(done, { message: "enough" });
  assert.equal(requests.oss.length, 1);
});

test("deadline's reason is not lost", async () => {
  uploads = [{ hangs: true }];
  await assert.rejects(upload(photo(), { signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
});

test("many files go a few at a time, each with its own result", async () => {
  let active = 0;
  let most = 0;
  answerUploads(async ({ body }) => {
    most = Math.max(most, ++active);
    await new Promise(setImmediate);
    active--;
    return body.get("file").name === "3.png" ? { status: 403, body: xml("AccessDenied") } : { status: 200 };
  });
  const files = Array.from({ length: 20 }, (_, i) => new File(["hello"], `${i}.png`));
  const settled = [];
  const results = await uploadAll(files, { filesAtOnce: 4, onSettled: (result, file, i) => settled.push([i, file.name]) });
  assert.equal(most, 4);
  assert.deepEqual(results.map(({ status }) => status), files.map((_, i) => (i === 3 ? "rejected" : "fulfilled")));
  assert.equal(results[3].reason.code, "AccessDenied");
  assert.equal(settled.length, 20);
  assert.ok(settled.every(([i, name]) => name === `${i}.png`));
});

test("limits and confirmations are asked for beside the grants", async () => {
  answerServer(({ path }) => (path === "/shop/get_upload_limits" ? [{ maxSize: 7 }] : [CONFIRMED]));
  const options = { grantUrl: `/shop${FORM}`, profile: "avatars" };
  assert.equal((await limits(options)).maxSize, 7);
  assert.equal(requests.server[0].query.profile, "avatars");
  assert.equal((await confirm({ ticket: "T" }, options)).etag, "5D41");
  assert.equal(requests.server[1].path, `/shop${CONFIRM}`);
  assert.deepEqual(requests.server[1].form, { ticket: "T" });
  await assert.rejects(limits({ grantUrl: "/my/own/grants" }), { code: "no-such-path", fix: /get_post_signature/ });
});

test("many uploads share the browser's six connections", async () => {
  let active = 0;
  let most = 0;
  answerUploads(async () => {
    most = Math.max(most, ++active);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    active--;
    return { status: 200 };
  });
  const stop = new AbortController();
  const files = Array.from({ length: 30 }, (_, i) => new File(["hello"], `${i}.png`));
  const results = await uploadAll(files, { filesAtOnce: 20, signal: stop.signal, onSettled: (_, __, index) => index === 9 && stop.abort() });
  assert.equal(most, 6);
  assert.ok(results.some(({ status }) => status === "fulfilled"));
  await upload(photo()); // Cancelled uploads leave their places.
});

test("mistake in a page's callback stops no other file", async () => {
  const files = [photo(), photo()];
  const thrown = [];
  const timeout = globalThis.setTimeout;
  globalThis.setTimeout = (work, ...more) => timeout(() => { try { work(); } catch (error) { thrown.push(error.message); } }, ...more);
  try {
    const results = await uploadAll(files, { filesAtOnce: Infinity, onSettled: () => { throw new Error("mine"); } });
    assert.deepEqual(results.map(({ status }) => status), ["fulfilled", "fulfilled"]);
    await new Promise((resolve) => timeout(resolve, 5));
    assert.deepEqual(thrown, ["mine", "mine"]);
  } finally {
    globalThis.setTimeout = timeout;
  }
});
