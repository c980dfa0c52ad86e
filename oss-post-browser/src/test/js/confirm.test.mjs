// Grants that ask the page to confirm its upload: the application hears of each stored object.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerServer, answerUploads, hurry, requests, restore } from "../fakes/browser.mjs";

hurry();
const { confirm, requestGrant, send, upload, uploadAll, UploadError } = await import("../../main/js/oss-post.js");

const FORM = "/get_post_signature_for_oss_upload";
const PUT = "/get_presigned_url_for_oss_upload";
const CONFIRM = "/oss_upload_confirm";
const CONFIRMED = { key: "k/1.png", size: 5, type: "image/png", etag: "5D41", crc64: "7" };
const UNAVAILABLE = [{ code: "not-confirmed", detail: "No look.", fix: "Ask again." }, 503];
const photo = () => new File(["hello"], "photo.png", { type: "image/png" });

let grant;
let confirmations;
let number = 0;

beforeEach(() => {
  const ticket = `T${++number}`; // The module remembers tickets that are not confirmed.
  grant = { method: "POST", url: "https://b.example/", fields: { key: "k/1.png" }, key: "k/1.png", ticket, confirm: true };
  confirmations = [[CONFIRMED]];
  answerServer(({ path }) => {
    if (path !== CONFIRM) return [grant];
    return confirmations.length > 1 ? confirmations.shift() : confirmations[0];
  });
  answerUploads(() => ({ status: 200, body: "stored" }));
});
afterEach(restore);

const paths = () => requests.server.map(({ path }) => path);
const rejected = async (promise) => promise.then(() => assert.fail("It resolved."), (error) => error);

test("upload confirms a form that asks for it", async () => {
  const stored = await upload(photo(), { headers: { "X-Own": "1" } });
  assert.deepEqual(paths(), [FORM, CONFIRM]);
  assert.deepEqual(requests.server[1].form, { ticket: grant.ticket, key: "k/1.png" });
  assert.equal(requests.server[1].init.headers.get("X-Own"), "1");
  assert.deepEqual(stored, {
    ...CONFIRMED,
    requestId: undefined,
    url: "https://b.example/k/1.png",
    body: "stored",
    answer: undefined,
  });
});

test("answer to a confirmation is part of the result", async () => {
  const answer = { row: 17, note: '"合同" </script>' };
  confirmations = [[{ ...CONFIRMED, answer }]];
  const stored = await upload(photo());
  assert.deepEqual(stored.answer, answer);
  assert.equal(stored.body, "stored");
});

test("upload confirms a URL that asks for it", async () => {
  grant = { method: "PUT", url: "https://b.example/k/1.png?s", key: "k/1.png", ticket: grant.ticket, confirm: true };
  assert.equal((await upload(photo(), { kind: "put" })).url, "https://b.example/k/1.png");
  assert.deepEqual(paths(), [PUT, CONFIRM]);
});

test("grant that does not ask is not confirmed", async () => {
  delete grant.confirm;
  assert.equal((await upload(photo())).body, "stored");
  assert.deepEqual(paths(), [FORM]);
});

test("upload succeeds without a confirmation that is optional", async () => {
  grant.confirm = "optional";
  assert.equal((await upload(photo())).crc64, "7");
  confirmations = [[{ code: "forbidden", detail: "No.", fix: "Log in." }, 403]];
  const stored = await upload(photo());
  assert.equal(stored.key, "k/1.png");
  assert.equal(stored.crc64, undefined);
  assert.deepEqual(paths(), [FORM, CONFIRM, FORM, CONFIRM]);
});

test("cancelled upload is not stored without its optional confirmation", async () => {
  grant.confirm = "optional";
  const cancel = new AbortController();
  confirmations = [UNAVAILABLE];
  const error = await rejected(upload(photo(), { signal: cancel.signal, onRetry: () => cancel.abort() }));
  assert.equal(error.name, "AbortError");
});

test("upload resolves only after the confirmation", async () => {
  let answered = false;
  answerServer(async ({ path }) => {
    if (path !== CONFIRM) return [grant];
    await new Promise((resolve) => setTimeout(resolve, 3000));
    answered = true;
    return [CONFIRMED];
  });
  await upload(photo());
  assert.ok(answered);
});

test("confirmation that fails for a moment is repeated without the file", async () => {
  const retries = [];
  confirmations = [UNAVAILABLE, ["<html>", 502], [CONFIRMED]];
  const onRetry = ({ attempt, error }) => retries.push([attempt, error.stage, error.code]);
  assert.equal((await upload(photo(), { onRetry })).crc64, "7");
  assert.deepEqual(retries, [[1, "confirm", "not-confirmed"], [2, "confirm", "grant-refused"]]);
  assert.deepEqual(paths(), [FORM, CONFIRM, CONFIRM, CONFIRM]);
  assert.equal(requests.oss.length, 1);
});

test("confirmation that fails for good names the stored object", async () => {
  confirmations = [UNAVAILABLE];
  const error = await rejected(upload(photo(), { retries: 2 }));
  assert.ok(error instanceof UploadError);
  const { stage, code, status, ticket, key, retryable, detail, message } = error;
  assert.deepEqual(
    { stage, code, status, ticket, key, retryable },
    { stage: "confirm", code: "not-confirmed", status: 503, ticket: grant.ticket, key: "k/1.png", retryable: true },
  );
  assert.equal(detail, "The upload is not confirmed: No look.");
  assert.equal(message, `${detail} Ask again.`);
  assert.deepEqual(paths(), [FORM, CONFIRM, CONFIRM, CONFIRM]);
  assert.equal(requests.oss.length, 1);
});

test("next upload with the ticket confirms, and sends nothing", async () => {
  for (const answer of [UNAVAILABLE, [{ title: "Log in." }, 401], [{}, 404]]) {
    grant.ticket += "+";
    confirmations = [answer];
    requests.oss.length = 0;
    const { ticket } = await rejected(upload(photo(), { retries: 0 }));
    assert.equal(ticket, grant.ticket);
    requests.server.length = 0;
    confirmations = [[CONFIRMED]];
    const stored = await upload(photo(), { ticket });
    assert.equal(stored.crc64, "7");
    assert.equal(stored.url, "https://b.example/k/1.png");
    assert.deepEqual(paths(), [CONFIRM]);
    assert.equal(requests.oss.length, 1);

    await upload(photo(), { ticket }); // It was confirmed, so the server decides about the ticket.
    assert.deepEqual(paths(), [CONFIRM, FORM, CONFIRM]);
  }
});

test("ticket of another file is left to the server", async () => {
  confirmations = [UNAVAILABLE];
  const { ticket } = await rejected(upload(photo(), { retries: 0 }));
  requests.server.length = 0;
  answerServer(() => [{ code: "bad-parameter", detail: "Another file." }, 400]);
  await assert.rejects(upload(new File(["longer than that"], "b.png"), { ticket }), { code: "bad-parameter", stage: "grant" });
  assert.equal(requests.server[0].query.retry, ticket);
});

test("object that the server does not have is sent again", async () => {
  for (const [code, status] of [["not-stored-yet", 409], ["ticket-expired", 410], ["ticket-invalid", 400]]) {
    grant.ticket += "+";
    confirmations = [[{ code, detail: "No." }, status]];
    const error = await rejected(upload(photo()));
    assert.deepEqual([error.stage, error.code, error.retryable], ["confirm", code, false]);
    confirmations = [[CONFIRMED]];
    requests.server.length = requests.oss.length = 0;
    await upload(photo(), { ticket: error.ticket });
    assert.deepEqual(paths(), [FORM, CONFIRM]);
    assert.equal(requests.oss.length, 1);
  }
});

test("profile that stopped to report uploads does not send the file another way", async () => {
  confirmations = [[{ code: "grant-not-offered", detail: "Not reported." }, 403]];
  await assert.rejects(upload(photo()), { stage: "confirm", code: "grant-not-offered" });
  assert.deepEqual(paths(), [FORM, CONFIRM]);
  assert.equal(requests.oss.length, 1);
});

test("cancelling ends the confirmation, and the next upload continues there", async () => {
  confirmations = [UNAVAILABLE];
  const cancel = new AbortController();
  const done = upload(photo(), { signal: cancel.signal, onRetry: () => cancel.abort(new Error("enough")) });
  await assert.rejects(done, { message: "enough" });
  assert.deepEqual(paths(), [FORM, CONFIRM]);
  confirmations = [[CONFIRMED]];
  requests.server.length = 0;
  assert.equal((await upload(photo(), { ticket: grant.ticket })).etag, "5D41");
  assert.deepEqual(paths(), [CONFIRM]);
  assert.equal(requests.oss.length, 1);
});

test("lost answer of OSS is confirmed once", async () => {
  answerUploads(() => ({}));
  const seen = [];
  const stored = await upload(photo(), { onProgress: ({ loaded }) => seen.push(loaded) });
  assert.equal(stored.crc64, "7");
  assert.equal(seen.at(-1), 5);
  assert.deepEqual(paths(), [FORM, CONFIRM]);
});

test("each of many files is confirmed, and reports its own failure", async () => {
  let granted = 0;
  answerServer(({ path, form }) => {
    if (path !== CONFIRM) return [{ ...grant, key: `k/${++granted}`, ticket: `${grant.ticket}-${granted}` }];
    return form.key === "k/2" ? UNAVAILABLE : [{ ...CONFIRMED, key: form.key }];
  });
  const results = await uploadAll([photo(), photo(), photo()], { filesAtOnce: 1, retries: 0 });
  assert.deepEqual(results.map(({ value, reason }) => value?.key ?? reason.stage), ["k/1", "confirm", "k/3"]);
  assert.equal(requests.oss.length, 3);
});

test("single steps leave the confirmation to the page", async () => {
  const own = await requestGrant(photo());
  const { key } = await send(own, photo());
  assert.deepEqual(paths(), [FORM]);
  assert.equal(own.confirm, true);
  assert.equal((await confirm({ ticket: own.ticket, key })).etag, "5D41");

  confirmations = [UNAVAILABLE];
  const error = await rejected(confirm({ ticket: own.ticket, key }));
  assert.deepEqual([error.stage, error.detail, error.ticket, error.key], ["confirm", "No look.", own.ticket, "k/1.png"]);
});
