/**
 * Uploads a file from the browser straight to Alibaba Cloud OSS. In two steps: the application's
 * server grants the upload, then the file goes to OSS and never passes through that server.
 *
 *     import { upload } from "/oss-post/oss-post.js";
 *     const stored = await upload(input.files[0], {
 *       onProgress: ({ loaded, total }) => { bar.max = total; bar.value = loaded; },
 *     });
 *     console.log(stored.key);
 *
 * `requestGrant` and `send` are the two steps separately. `configure` sets the server's address once, if
 * the server did not serve this module. Types and their documentation are in oss-post.d.ts. There
 * are no dependencies and no globals, and the module writes no HTML.
 */

const GRANT_PATH = "/get_post_signature_for_oss_upload";

/** The options of `configure`. */
const configured = {};

/** The address of the application that served this module; unknown if a bundler has moved it. */
let besideModule;

/** Sets the defaults of all later calls. A call's own options take precedence. */
export function configure(options) {
  Object.assign(configured, options);
}

/**
 * One order: the call's option, `configure`, a meta element, the application that served this
 * module, the root.
 */
function grantUrlOf(options) {
  const meta = globalThis.document?.querySelector('meta[name="oss-post-grant-url"]')?.content;
  return options.grantUrl ?? configured.grantUrl ?? (meta || (besideModule ?? "") + GRANT_PATH);
}

/** The reason of a failed upload: `message` is the fact and the fix, the rest is for programs. */
export class UploadError extends Error {
  constructor(stage, code, detail, { status = 0, fix, requestId, ec, retryAfter, cause } = {}) {
    super(fix ? `${detail} ${fix}` : detail, { cause });
    this.name = "UploadError";
    Object.assign(this, { stage, code, detail, status, fix, requestId, ec, retryAfter });
  }
}

/** Requests a grant from the server and sends the file to OSS. */
export async function upload(file, options = {}) {
  return send(await requestGrant(file, options), file, options);
}

/** Requests a grant for exactly this file: its name, size and type. */
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
  // Every server decodes %20 as a space, but not every server decodes "+" so.
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
    throw new UploadError("grant", "network-error", "The server that grants uploads did not respond.", {
      fix: "Check the connection and try again.",
      cause,
    });
  }
  if (signal?.aborted) throw cancelled();

  const grant = parseJson(text);
  if (!response.ok) throw grantRefused(response, grant, grantUrl);
  if (typeof grant?.url !== "string") {
    throw new UploadError("grant", "not-a-grant", "The server's response is not a grant.", {
      status: response.status,
      fix: response.redirected
        ? `The request was redirected to ${response.url}. Log in and try again.`
        : elsewhere(grantUrl),
    });
  }
  return grant;
}

/** Sends the file to OSS with the grant, from any source. */
export function send(grant, file, options = {}) {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw cancelled();
    const { method = "POST", url, fields = {}, headers = {} } = grant;
    const type = signedType(fields) ?? signedType(headers) ?? file.type;
    // OSS also compares the type of the file's own part, so it must be the signed type.
    const typed = file.slice(0, file.size, type);

    let reported = -1;
    const report = (loaded) => {
      if (loaded <= reported) return;
      reported = loaded;
      onProgress?.({ loaded, total: file.size });
    };

    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);

    // With a listener here the browser first sends a CORS preflight to the bucket. Without a CORS
    // rule the upload then fails before a byte is sent, instead of after the file was stored.
    xhr.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const envelope = event.total - file.size; // The form around the file, nearly all of it before the file.
      report(Math.min(Math.max(event.loaded - envelope, 0), file.size));
    };
    xhr.onload = () => {
      const response = readResponse(xhr);
      // 203 means that OSS stored the file, but its callback failed.
      if (xhr.status < 200 || xhr.status > 299 || xhr.status === 203) {
        return reject(uploadRefused(xhr.status, response));
      }
      const key = grant.key ?? fields.key ?? "";
      resolve({
        key,
        size: file.size,
        type: typed.type,
        etag: response.etag,
        requestId: response.requestId,
        url: method === "PUT" ? url.split("?")[0] : objectUrl(url, key),
        body: xhr.responseText,
      });
      report(file.size);
    };
    xhr.onerror = () => reject(unreadable(url, method, reported, file.size));
    xhr.onabort = () => reject(cancelled());
    const abort = () => xhr.abort();
    xhr.onloadend = () => signal?.removeEventListener("abort", abort);
    signal?.addEventListener("abort", abort);

    if (method === "PUT") return xhr.send(typed);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", typed, nameOf(file, options)); // OSS ignores every field after the file.
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
  return `No server grants uploads at ${grantUrl}. Set grantUrl, in the options or with configure(), to the address of oss-post.`;
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

/** The user's fixes of OSS's refusals. Others need the operator of the site. */
const FIXES = {
  EntityTooLarge: "Choose a smaller file.",
  EntityTooSmall: "Choose a larger file.",
  FileAlreadyExists: "An earlier attempt has probably stored it. Otherwise upload it again.",
  CallbackFailed: "The object exists already. Report the request id to the operator of this site.",
  RequestTimeTooSkewed: "Try again. If the error remains, correct the clock of the server that signs.",
  SecurityTokenExpired: "Try again to request a new grant.",
};

function uploadRefused(status, { code, message, requestId, ec, retryAfter }) {
  const fix =
    FIXES[code] ??
    (/policy expired/i.test(message)
      ? "The grant has expired. Try again to request a new one."
      : status >= 500
        ? "Try again in a moment."
        : "Report the request id to the operator of this site.");
  const detail =
    code === "CallbackFailed"
      ? `OSS stored the file, but its callback to the application failed: ${message}`
      : message || `OSS refused the file with HTTP status ${status}.`;
  return new UploadError("upload", code || "refused", detail, { status, fix, requestId, ec, retryAfter });
}

/**
 * The browser hides the reason: a missing CORS header and a broken connection look the same to a
 * page.
 */
function unreadable(url, method, sent, size) {
  const host = new URL(url, globalThis.location?.href).host;
  const rule = `a CORS rule of the bucket that allows ${method} from ${globalThis.location?.origin}`;
  if (sent <= 0) {
    return new UploadError("upload", "network-error", `The browser could not send the file to ${host}.`, {
      fix: `Probably ${rule} is missing. Otherwise check the connection.`,
    });
  }
  const detail =
    sent < size
      ? `The connection to ${host} was interrupted while the file was sent.`
      : `The file was sent, but the browser could not read the response of ${host}.`;
  return new UploadError("upload", "network-error", detail, {
    fix: `Try again. If the error remains, ${rule} is probably missing.`,
  });
}

/** Reads the headers and the XML of a response, for success and refusal. */
function readResponse(xhr) {
  // Reading a header that CORS hides prints an error on the console, so only visible ones are read.
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
