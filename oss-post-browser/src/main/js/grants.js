// The requests to the application's server: grants, limits, confirmations and the steps of parts.
import { blockedByPolicy, watchPolicy } from "./content-policy.js";
import { reasonOf, seconds, throwIfCancelled, UploadError } from "./upload-error.js";

const FORM_PATH = "/get_post_signature_for_oss_upload";
const PUT_PATH = "/get_presigned_url_for_oss_upload";

/** The options of `configure`. */
const configured = {};

/** The address of the application that served the module; unknown if a bundler has moved it. */
let besideModule;

/** Sets the defaults of all later calls. A call's own options take precedence. */
export function configure(options) {
  Object.assign(configured, options);
}

/** Returns the address and the profile of a call, with the defaults of `configure`. */
export function effective(options) {
  return { grantUrl: address(FORM_PATH, options), profile: options.profile ?? configured.profile ?? "" };
}

/** Derives the application's address from that of the module. Versions in its name do not matter. */
export function servedAt(moduleUrl) {
  besideModule = /^https?:\/\/[^?#]*?(?=\/oss-post\/oss-post[^/?#]*\.js(?:[?#]|$))/.exec(moduleUrl)?.[0];
}

/** What the module knows of a grant: the size that it asked for, and when it expires. */
const known = new WeakMap();

/** Returns `{ size, deadline }` of a grant that `requestGrant` returned, otherwise nothing. */
export function knownOf(grant) {
  return known.get(grant) ?? {};
}

/** Requests a grant for exactly this file: its name, size and type. */
export async function requestGrant(file, options = {}) {
  requireFile(file);
  const kind = options.kind ?? "form";
  const query = { ...(kind === "form" && { format: "form" }), filename: nameOf(file, options), size: file.size };
  addVars(query, options);
  if (file.type) query.type = file.type;
  if (options.ticket) query.retry = options.ticket;
  const url = address(kind === "put" ? PUT_PATH : FORM_PATH, options);
  const asked = performance.now();
  const grant = await ask(url, { query, ...options });
  if (typeof grant?.url !== "string") throw notAGrant(url);
  known.set(grant, {
    size: file.size,
    deadline: grant.expiresInSeconds && asked + grant.expiresInSeconds * 1000,
  });
  return grant;
}

/** Adds the parameters that carry the variables, such as `vars.order`. */
export function addVars(form, { vars }) {
  for (const name in vars) form[`vars.${name}`] = vars[name];
}

/** Reads the limits of the profile. */
export async function limits(options = {}) {
  const url = address("/get_upload_limits", options);
  const found = await ask(url, { query: {}, ...options });
  if (typeof found?.maxSize !== "number") throw notAGrant(url);
  return found;
}

/** Asks the server whether the object of a grant is stored. The application hears of it, too. */
export async function confirm({ ticket, key }, options = {}) {
  try {
    return await post("/oss_upload_confirm", { ticket, key }, options);
  } catch (error) {
    throw error instanceof UploadError ? Object.assign(error, { stage: "confirm", ticket, key }) : error;
  }
}

/** Sends a form to a path beside that of the grants. */
export async function post(path, form, options) {
  return ask(address(path, options, true), { form, ...options });
}

/** The first address that exists: of the call, of `configure`, of a meta element, beside the module, at the root. */
function address(path, options, plain) {
  const grantUrl =
    options.grantUrl ?? configured.grantUrl ?? (meta("oss-post-grant-url") || (besideModule ?? "") + FORM_PATH);
  if (path === FORM_PATH) return grantUrl;
  const [base, query] = grantUrl.split("?");
  if (!base.endsWith(FORM_PATH)) {
    throw new UploadError("grant", "no-such-path", `The address of ${path} is unknown, because grantUrl has another name.`, {
      fix: `Let grantUrl end with ${FORM_PATH}.`,
    });
  }
  return base.slice(0, -FORM_PATH.length) + path + (query && !plain ? `?${query}` : "");
}

async function ask(url, { query, form, signal, ...options }) {
  throwIfCancelled(signal);
  const profile = options.profile ?? configured.profile;
  let target = url;
  let body;
  if (form) {
    body = new URLSearchParams(Object.entries(form).filter(([, value]) => value !== undefined && value !== ""));
    if (profile && !form.ticket) body.set("profile", profile);
  } else {
    const parameters = new URLSearchParams(query);
    if (profile) parameters.set("profile", profile);
    // No cache, not even that of a service worker, has an answer to a new address.
    parameters.set("_", Math.random().toString(36).slice(2));
    // Every server decodes %20 as a space, but not every server decodes "+" so.
    target += (url.includes("?") ? "&" : "?") + `${parameters}`.replaceAll("+", "%20");
  }
  const init = {
    method: form ? "POST" : "GET",
    body,
    headers: headersFor(url, options.headers ?? configured.headers),
    credentials: options.credentials ?? configured.credentials ?? "same-origin",
    cache: "no-store",
    signal,
  };
  watchPolicy();
  let response;
  let text;
  try {
    response = await fetch(target, init);
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw reasonOf(signal);
    throw await unanswered(target, init, cause);
  }
  throwIfCancelled(signal);
  const answer = parseJson(text);
  if (!response.ok) throw refused(response, answer, url, form);
  if (response.status !== 204 && (answer === null || typeof answer !== "object")) {
    throw response.redirected ? loginRequired(response.status) : notAGrant(url, response.status);
  }
  return answer;
}

function headersFor(url, own) {
  let headers;
  try {
    headers = new Headers(own);
  } catch (cause) {
    throw new UploadError("grant", "bad-header", `A header of the grant request cannot be sent: ${cause.message}.`, {
      fix: "Encode its value, for example with encodeURIComponent.",
      cause,
    });
  }
  if (!headers.has("Accept")) headers.set("Accept", "application/json");
  if (!isSameOrigin(url)) return headers; // Headers of our own would need a CORS preflight.
  // Login filters then answer 401 instead of redirecting to a page.
  for (const [name, value] of [["X-Requested-With", "XMLHttpRequest"], csrfToken()]) {
    if (value && !headers.has(name)) headers.set(name, value);
  }
  return headers;
}

/** The CSRF token of the page, where Spring Security and many others put it: in meta elements or in a cookie. */
function csrfToken() {
  const cookie = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(globalThis.document?.cookie ?? "")?.[1];
  if (meta("_csrf")) return [meta("_csrf_header") || "X-CSRF-TOKEN", meta("_csrf")];
  return ["X-XSRF-TOKEN", decoded(cookie)];
}

function meta(name) {
  return globalThis.document?.querySelector(`meta[name="${name}"]`)?.content;
}

function decoded(cookie) {
  try {
    return cookie && decodeURIComponent(cookie);
  } catch {
    return cookie; // It was not encoded.
  }
}

function isSameOrigin(url) {
  const here = globalThis.location?.href;
  return !here || new URL(url, here).origin === new URL(here).origin;
}

/**
 * A redirect to the login page of another site looks like a broken connection, so look without
 * following it. A `GET` changes nothing, even where the request was a `POST`.
 */
async function unanswered(url, init, cause) {
  if (isSameOrigin(url)) {
    const look = { ...init, method: "GET", body: undefined, redirect: "manual" };
    const response = await fetch(url, look).catch(() => undefined);
    if (response?.type === "opaqueredirect") return loginRequired(0);
  }
  const blocked = await blockedByPolicy("grant", url);
  if (blocked) return blocked;
  return new UploadError("grant", "network-error", "The server that grants uploads did not respond.", {
    fix: "Check the connection and try again.",
    retryable: true,
    cause,
  });
}

function loginRequired(status) {
  return new UploadError("grant", "login-required", "The server redirected the request, probably to its login page.", {
    status,
    fix: "Log in and try again.",
  });
}

function notAGrant(url, status = 200) {
  return new UploadError("grant", "not-a-grant", "The server's response is not a grant.", { status, fix: elsewhere(url) });
}

function elsewhere(url) {
  return `No server grants uploads at ${url}. Set grantUrl, in the options or with configure(), to the address of oss-post.`;
}

const TEMPORARY = new Set([429, 500, 502, 503, 504]);

function refused(response, problem, url, form) {
  const { status } = response;
  const detail = problem?.detail || problem?.title || `The server refused with HTTP status ${status}.`;
  return new UploadError("grant", problem?.code || "grant-refused", detail, {
    status,
    fix: problem?.fix || fixOf(status, url, form),
    parts: problem?.parts,
    retryAfter: seconds(response.headers.get("Retry-After")),
    retryable: TEMPORARY.has(status) && problem?.code !== "credentials-do-not-fit-page",
  });
}

function fixOf(status, url, form) {
  if (status === 401) return "Log in and try again.";
  if (status === 403 && form) return "If the application checks CSRF tokens, pass the token in the option headers.";
  return status === 404 || status === 405 ? elsewhere(url) : undefined;
}

export function requireFile(file) {
  if (file instanceof Blob) return;
  throw new UploadError("file", "not-a-file", "The file to upload is not a File or a Blob.", {
    fix: "Pass a file, such as input.files[0].",
  });
}

export function nameOf(file, { filename } = {}) {
  return filename || file.name || "file";
}

export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
