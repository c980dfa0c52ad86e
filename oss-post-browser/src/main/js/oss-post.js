/**
 * Uploads a file from the browser straight to Alibaba Cloud OSS. Two steps: the application's server
 * grants the upload, then the file goes to OSS and never passes through that server.
 *
 *     import { upload } from "/oss-post/oss-post.js";
 *     const stored = await upload(input.files[0], {
 *       onProgress: ({ loaded, total }) => { bar.max = total; bar.value = loaded; },
 *     });
 *     console.log(stored.key);
 *
 * `requestGrant` and `send` are the two steps on their own; `configure` says once where the server
 * grants uploads, if that is not beside this module. Types and their documentation are in
 * oss-post.d.ts. No dependencies, no globals, and nothing here writes HTML.
 */

const GRANT_PATH = "/get_post_signature_for_oss_upload";

/** What `configure` was given. */
const configured = {};

/** The address of the application that served this module; unknown if a bundler has moved it. */
let besideModule;

/** Sets what every later call uses unless its own options say otherwise. */
export function configure(options) {
  Object.assign(configured, options);
}

/** One rule: the call, `configure`, a meta element, the application that served this module, the root. */
function grantUrlOf(options) {
  const meta = globalThis.document?.querySelector('meta[name="oss-post-grant-url"]')?.content;
  return options.grantUrl ?? configured.grantUrl ?? (meta || (besideModule ?? "") + GRANT_PATH);
}

/** Why an upload did not happen: `message` is the fact and the fix, the rest is for programs. */
export class UploadError extends Error {
  constructor(stage, code, detail, { status = 0, fix, requestId, ec, retryAfter, cause } = {}) {
    super(fix ? `${detail} ${fix}` : detail, { cause });
    this.name = "UploadError";
    Object.assign(this, { stage, code, detail, status, fix, requestId, ec, retryAfter });
  }
}

/** Asks the server for permission and sends the file to OSS. */
export async function upload(file, options = {}) {
  return send(await requestGrant(file, options), file, options);
}

/** Asks the server to permit the upload of exactly this file: its name, size and type. */
export async function requestGrant(file, options = {}) {
  const grantUrl = grantUrlOf(options);
  const { ticket, signal } = options;
  const profile = options.profile ?? configured.profile;
  const headers = options.headers ?? configured.headers;
  const credentials = options.credentials ?? configured.credentials ?? "same-origin";
  const query = new URLSearchParams({ format: "form", filename: nameOf(file, options) });
  query.set("size", file.size);
  if (file.type) query.set("type", file.type);
  if (profile) query.set("profile", profile);
  if (ticket) query.set("retry", ticket);
  // Every server reads %20 as a space; not every one reads "+" so.
  const url = grantUrl + (grantUrl.includes("?") ? "&" : "?") + `${query}`.replaceAll("+", "%20");

  let response;
  let text;
  try {
    const allHeaders = new Headers(headers);
    if (!allHeaders.has("Accept")) allHeaders.set("Accept", "application/json");
    response = await fetch(url, { headers: allHeaders, credentials, signal, cache: "no-store" });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cancelled();
    throw new UploadError("grant", "network-error", "The server that grants uploads did not answer.", {
      fix: "Check the connection and try again.",
      cause,
    });
  }
  if (signal?.aborted) throw cancelled();

  const answer = parseJson(text);
  if (!response.ok) throw grantRefused(response, answer, grantUrl);
  if (typeof answer?.url !== "string") {
    throw new UploadError("grant", "not-a-grant", "The server answered with something other than a grant.", {
      status: response.status,
      fix: response.redirected
        ? `It led to ${response.url}: log in, then try again.`
        : elsewhere(grantUrl),
    });
  }
  return answer;
}

/** Sends the file to OSS as the grant says. The grant may come from anywhere. */
export function send(grant, file, options = {}) {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw cancelled();
    const { method = "POST", url, fields = {}, headers = {} } = grant;
    const type = signedType(fields) ?? signedType(headers) ?? file.type;
    // OSS also looks at the type of the file's own part, so it must be the type that was signed.
    const typed = file.slice(0, file.size, type);

    let told = -1;
    const tell = (loaded) => {
      if (loaded <= told) return;
      told = loaded;
      onProgress?.({ loaded, total: file.size });
    };

    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);

    // A listener here makes the browser ask the bucket first (a CORS preflight): a bucket without a
    // CORS rule then says no before a byte is sent, not after the file was stored unseen.
    xhr.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const envelope = event.total - file.size; // the form around the file; nearly all in front of it
      tell(Math.min(Math.max(event.loaded - envelope, 0), file.size));
    };
    xhr.onload = () => {
      const answer = readAnswer(xhr);
      // 203 means: stored, but OSS could not tell the application.
      if (xhr.status < 200 || xhr.status > 299 || xhr.status === 203) {
        return reject(uploadRefused(xhr.status, answer));
      }
      const key = grant.key ?? fields.key ?? "";
      resolve({
        key,
        size: file.size,
        type: typed.type,
        etag: answer.etag,
        requestId: answer.requestId,
        url: method === "PUT" ? url.split("?")[0] : objectUrl(url, key),
        body: xhr.responseText,
      });
      tell(file.size);
    };
    xhr.onerror = () => reject(unreadable(url, method, told, file.size));
    xhr.onabort = () => reject(cancelled());
    const abort = () => xhr.abort();
    xhr.onloadend = () => signal?.removeEventListener("abort", abort);
    signal?.addEventListener("abort", abort);

    if (method === "PUT") return xhr.send(typed);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", typed, nameOf(file, options)); // OSS ignores every field after the file
    xhr.send(form);
  });
}

function nameOf(file, { filename }) {
  return filename || file.name || "file";
}

function signedType(pairs) {
  const named = (wanted) =>
    Object.entries(pairs).find(([name]) => name.toLowerCase() === wanted)?.[1];
  return named("content-type") ?? named("x-oss-content-type");
}

function objectUrl(base, key) {
  const path = key.split("/").map(encodeURIComponent).join("/");
  return `${base.replace(/\/$/, "")}/${path}`;
}

function cancelled() {
  return new DOMException("The upload was cancelled.", "AbortError");
}

function elsewhere(grantUrl) {
  return `Nothing grants uploads at ${grantUrl}: set grantUrl, in the options or with configure(), to where oss-post answers.`;
}

function grantRefused(response, problem, grantUrl) {
  const { status } = response;
  const detail = problem?.detail || problem?.title || `The server refused with HTTP status ${status}.`;
  return new UploadError("grant", problem?.code || "grant-refused", detail, {
    status,
    fix: problem?.fix || fixOf(status, grantUrl),
    retryAfter: seconds(response.headers.get("Retry-After")),
  });
}

function fixOf(status, grantUrl) {
  if (status === 401) return "Log in and try again.";
  return status === 404 || status === 405 ? elsewhere(grantUrl) : undefined;
}

/** What people can do about OSS's refusals; those not listed need whoever runs the site. */
const FIXES = {
  EntityTooLarge: "Choose a smaller file.",
  EntityTooSmall: "Choose a larger file.",
  FileAlreadyExists: "An earlier attempt has probably stored it; otherwise upload it anew.",
  CallbackFailed: "Report the request id to whoever runs this site: the object exists already.",
  RequestTimeTooSkewed: "Try again; if it stays so, correct the clock of the server that signs.",
  SecurityTokenExpired: "Try again: that asks for a fresh grant.",
};

function uploadRefused(status, { code, message, requestId, ec, retryAfter }) {
  const fix =
    FIXES[code] ??
    (/policy expired/i.test(message)
      ? "The grant ran out. Try again: that asks for a fresh one."
      : status >= 500
        ? "Try again in a moment."
        : "Report this with the request id to whoever runs this site.");
  const detail =
    code === "CallbackFailed"
      ? `OSS stored the file but could not tell the application: ${message}`
      : message || `OSS refused the file with HTTP status ${status}.`;
  return new UploadError("upload", code || "refused", detail, { status, fix, requestId, ec, retryAfter });
}

/** The browser hides why: a missing CORS header and a broken line look the same to a page. */
function unreadable(url, method, sent, size) {
  const host = new URL(url, globalThis.location?.href).host;
  const rule = `a CORS rule of the bucket that allows ${method} from ${globalThis.location?.origin}`;
  if (sent <= 0) {
    return new UploadError("upload", "network-error", `The browser could not send the file to ${host}.`, {
      fix: `Most likely ${rule} is missing; otherwise check the connection.`,
    });
  }
  const detail =
    sent < size
      ? `The connection to ${host} broke while the file was being sent.`
      : `The file was sent, but the browser could not read the answer of ${host}.`;
  return new UploadError("upload", "network-error", detail, {
    fix: `Try again; if it happens every time, ${rule} is probably missing.`,
  });
}

/** Reads headers and XML of an answer, on success and on refusal. */
function readAnswer(xhr) {
  // Asking for one header that CORS hides prints an error on the console, so read the visible ones.
  const visible = xhr.getAllResponseHeaders() ?? "";
  const header = (name) => new RegExp(`^${name}:\\s*(.*?)\\s*$`, "im").exec(visible)?.[1];
  const xml = (name) => {
    const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xhr.responseText)?.[1];
    return text && unescapeXml(text).trim();
  };
  return {
    code: xml("Code"),
    message: xml("Message"),
    requestId: header("x-oss-request-id") ?? xml("RequestId"),
    ec: header("x-oss-ec") ?? xml("EC"),
    etag: (header("etag") ?? xml("ETag"))?.replaceAll('"', ""),
    retryAfter: seconds(header("retry-after")),
  };
}

const ENTITIES = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function unescapeXml(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? all;
    const point = hex ? parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}

/** Retry-After is a number of seconds or a date. */
function seconds(value) {
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const wait = Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
