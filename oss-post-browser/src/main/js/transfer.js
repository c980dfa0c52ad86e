// The requests to OSS: one form, one file, or one part.
import { blockedByPolicy, watchPolicy } from "./content-policy.js";
import { knownOf, nameOf, parseJson, requireFile } from "./grants.js";
import { reasonOf, seconds, throwIfCancelled, UploadError } from "./upload-error.js";

const STALL_TIMEOUT = 30_000;
const ANSWER_TIMEOUT = 60_000;

/** Browsers open six connections to a host with HTTP/1.1. */
const CONNECTIONS = 6;

/** After this time the rate is known well enough to compare it with the end of the grant. */
const RATE_KNOWN = 10_000;

/** Sends the file to OSS with the grant, from any source. */
export async function send(grant, file, options = {}) {
  requireFile(file);
  const { method = "POST", url, fields = {}, headers = {} } = grant ?? {};
  requireUsable(url, fields);
  const { size: granted, deadline } = knownOf(grant);
  if (granted !== undefined && granted !== file.size) throw changed();
  const type = typeOf(fields) ?? typeOf(headers) ?? file.type;
  // OSS also compares the type of the file's own part, so it must be the signed type.
  const typed = file.slice(0, file.size, type);
  const answer = await transfer({
    method,
    url,
    headers,
    body: method === "PUT" ? typed : formOf(fields, typed, nameOf(file, options)),
    file,
    // Not the option headers: those are for the application's server alone.
    signal: options.signal,
    stallTimeout: options.stallTimeout,
    answerTimeout: options.answerTimeout,
    onSent: watched(file, deadline, options),
  });
  // 203 means that OSS stored the file, but its callback failed.
  if (answer.status < 200 || answer.status > 299 || answer.status === 203) {
    throw refusedBy(answer, granted !== undefined);
  }
  if (file.size > 0 && !(await isReadable(file))) {
    throw new UploadError("upload", "file-changed", "The file was changed or removed while it was sent, so the stored object may be damaged.", {
      fix: "Choose the file again, and upload it again.",
    });
  }
  const key = grant.key ?? fields.key ?? "";
  options.onProgress?.({ loaded: file.size, total: file.size });
  return {
    key,
    size: file.size,
    type,
    etag: answer.etag,
    requestId: answer.requestId,
    url: method === "PUT" ? url.split("?")[0] : objectUrl(url, key),
    body: answer.text,
    answer: parseJson(answer.text)?.answer,
  };
}

function formOf(fields, file, name) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", file, name); // OSS ignores every field after the file.
  return form;
}

/** Reports growing numbers of bytes, and once that the grant will expire before the last one. */
function watched(file, deadline, { onProgress, onWarning }) {
  const began = performance.now();
  let reported = -1;
  let warned = false;
  return (loaded) => {
    if (loaded <= reported || loaded >= file.size) return;
    reported = loaded;
    onProgress?.({ loaded, total: file.size });
    const now = performance.now();
    if (warned || !deadline || now - began < RATE_KNOWN) return;
    const end = now + ((file.size - loaded) / loaded) * (now - began);
    if (end > deadline) {
      warned = true;
      onWarning?.({
        code: "too-slow",
        detail: `At this rate the upload ends ${Math.ceil((end - deadline) / 1000)} seconds after the grant has expired.`,
      });
    }
  };
}

/**
 * Sends one request. `file` is read if the request fails, to tell a file that cannot be read from a
 * connection that failed. Resolves with OSS's answer, whatever its status.
 */
export async function transfer(request) {
  const leave = await connection(request.signal);
  try {
    return await exchange(request);
  } finally {
    leave();
  }
}

let connections = 0;
const queue = [];

/** Waits for one of the browser's connections. A request that waits in the browser would look stalled. */
async function connection(signal) {
  throwIfCancelled(signal);
  if (connections >= CONNECTIONS) {
    await new Promise((resolve) => {
      const enter = () => {
        signal?.removeEventListener("abort", enter);
        if (queue.includes(enter)) queue.splice(queue.indexOf(enter), 1);
        resolve();
      };
      queue.push(enter);
      signal?.addEventListener("abort", enter);
    });
  }
  connections++;
  return () => {
    connections--;
    queue[0]?.();
  };
}

function exchange({ method, url, headers, body, file, isPart, signal, onSent, stallTimeout = STALL_TIMEOUT, answerTimeout = ANSWER_TIMEOUT }) {
  return new Promise((resolve, reject) => {
    throwIfCancelled(signal);
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);

    let sent = 0;
    let stalled = false;
    let timer;
    const watch = (timeout) => {
      clearTimeout(timer);
      if (timeout) timer = setTimeout(() => ((stalled = true), xhr.abort()), timeout);
    };
    // With a listener here the browser first sends a CORS preflight to the bucket. Without a CORS
    // rule the upload then fails before a byte is sent, instead of after the file was stored.
    xhr.upload.onprogress = (event) => {
      if (event.loaded > sent) watch(stallTimeout);
      sent = Math.max(sent, event.loaded);
      if (!event.lengthComputable) return;
      const envelope = event.total - file.size; // The form around the file, nearly all of it before the file.
      onSent?.(Math.min(Math.max(event.loaded - envelope, 0), file.size));
    };
    xhr.upload.onload = () => watch(answerTimeout);
    watchPolicy();
    const fail = () => explain({ url, method, file, isPart, sent, stalled }).then(reject, reject);
    xhr.onload = () => resolve(readResponse(xhr));
    xhr.onerror = fail;
    // Browsers also abort by themselves, for example when the device sleeps.
    xhr.onabort = () => (signal?.aborted ? reject(reasonOf(signal)) : fail());
    const abort = () => xhr.abort();
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort);
    // A service worker can pass the request on, and then browsers report no progress.
    if (!globalThis.navigator?.serviceWorker?.controller) watch(stallTimeout);
    xhr.send(body);
  });
}

/** Refuses what no browser could send, before it is sent. */
function requireUsable(url, fields) {
  if (!/^https?:\/\//i.test(url ?? "")) {
    throw new UploadError("upload", "not-a-grant", "The grant has no address to send the file to.", {
      fix: "Pass the grant of requestGrant().",
    });
  }
  if (!globalThis.XMLHttpRequest) {
    throw new UploadError("upload", "no-xhr", "Files cannot be sent from here, because XMLHttpRequest is missing.", {
      fix: "Upload from the page or from a dedicated worker, not from a service worker.",
    });
  }
  if (typeOf(fields, "success_action_redirect")) {
    throw new UploadError("upload", "success-redirect", "This profile redirects after the upload, which only a form without scripts can follow.", {
      fix: "Remove success-redirect from the profile, or post the form without this module.",
    });
  }
  const { protocol, hostname } = new URL(url);
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  if (protocol === "http:" && globalThis.location?.protocol === "https:" && !local) {
    throw new UploadError("upload", "mixed-content", `Browsers do not send files from an https page to ${hostname} by http.`, {
      fix: "Let the endpoint of the bucket begin with https.",
    });
  }
}

/**
 * Finds the reason of a request without a readable response. The browser hides it: a missing CORS
 * header and a broken connection look the same to a page.
 */
async function explain({ url, method, file, isPart, sent, stalled }) {
  if (!(await isReadable(file))) {
    return new UploadError("upload", "file-unreadable", "The file can no longer be read.", { fix: "Choose it again." });
  }
  const blocked = await blockedByPolicy("upload", url);
  if (blocked) return blocked;
  const { host } = new URL(url);
  const rule = `a CORS rule of the bucket that allows ${method} from ${globalThis.location?.origin}`;
  const detail = stalled
    ? `The connection to ${host} stood still.`
    : sent > 0
      ? `The browser got no readable response from ${host} after it had sent ${sent} bytes.${isPart ? "" : " The file may be stored."}`
      : `The browser got no readable response from ${host}.`;
  return new UploadError("upload", "network-error", detail, {
    fix: stalled ? "Try again." : `Try again. If the error remains, check the connection, and that there is ${rule}.`,
    retryable: true,
  });
}

async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function typeOf(pairs, ...names) {
  const wanted = names.length ? names : ["content-type", "x-oss-content-type"];
  const named = (name) => Object.entries(pairs).find(([own]) => own.toLowerCase() === name)?.[1];
  return wanted.map(named).find((value) => value !== undefined);
}

function objectUrl(base, key) {
  const path = key.split("/").map(encodeURIComponent).join("/");
  return `${base.replace(/\/$/, "")}/${path}`;
}

/** The user's fixes of OSS's refusals. Others need the operator of the site. */
const FIXES = {
  EntityTooLarge: "Choose a smaller file.",
  EntityTooSmall: "Choose a larger file.",
  FileAlreadyExists: "Another file has this name, and may not be replaced. Rename the file.",
  CallbackFailed: "The object exists already. Report the request id to the operator of this site.",
  RequestTimeTooSkewed: "Try again. If the error remains, correct the clock of the server that signs.",
  RequestTimeout: "Try again.",
  SecurityTokenExpired: "Try again to request a new grant.",
};

const WITH_A_NEW_GRANT = new Set(["RequestTimeTooSkewed", "RequestTimeout", "SecurityTokenExpired"]);

/** Returns the error of OSS's refusal. `exact` says that the grant was for exactly this size. */
export function refusedBy({ status, code, message, requestId, ec, retryAfter }, exact) {
  if (exact && (code === "EntityTooLarge" || code === "EntityTooSmall")) return changed({ status, requestId, ec });
  const expired = /expired/i.test(message);
  const retryable = expired || status === 429 || status >= 500 || WITH_A_NEW_GRANT.has(code);
  const fix =
    FIXES[code] ??
    (expired
      ? "The grant has expired. Try again to request a new one."
      : retryable
        ? "Try again in a moment."
        : "Report the request id to the operator of this site.");
  const detail =
    code === "CallbackFailed"
      ? `OSS stored the file, but its callback to the application failed: ${message}`
      : message || `OSS refused the file with HTTP status ${status}.`;
  return new UploadError("upload", code || "refused", detail, { status, fix, requestId, ec, retryAfter, retryable });
}

function changed(answer) {
  return new UploadError("file", "file-changed", "The file has changed since it was chosen.", { fix: "Choose it again.", ...answer });
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
    status: xhr.status,
    text: xhr.responseText,
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
