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
 * Large files go in parts, if the server offers that: they survive a broken line, a reload and a
 * restart of the browser. Types and their documentation are in oss-post.d.ts. There are no
 * dependencies and no globals, and the module writes no HTML.
 */
import { confirm, effective, limits, nameOf, requestGrant, requireFile } from "./grants.js";
import { repeated } from "./retry.js";
import { send } from "./transfer.js";
import { throwIfCancelled, UploadError } from "./upload-error.js";

export { configure, confirm, limits, requestGrant } from "./grants.js";
export { send } from "./transfer.js";
export { UploadError } from "./upload-error.js";

/** Below this size parts are never worth a question to the server. */
const SMALL = 4 << 20;

const FILES_AT_ONCE = 3;

/** Uploads a file: in one request, or in parts if it is large and the server offers that. */
export async function upload(file, options = {}) {
  requireFile(file);
  const whole = await withRealSize(file, options);
  const kind = await kindFor(whole, options);
  if (kind === "multipart") {
    const { uploadInParts } = await partsModule();
    return uploadInParts(whole, options);
  }
  try {
    return await uploadAtOnce(whole, { ...options, kind });
  } catch (error) {
    if (error.stage !== "grant" || error.code !== "grant-not-offered" || options.kind) throw error;
    const { kinds } = await limits(options);
    const offered = ["multipart", "put"].find((other) => kinds.includes(other));
    if (!offered) throw error;
    return upload(whole, { ...options, kind: offered });
  }
}

/** Uploads files, some at once. Never rejects: each result is one of `Promise.allSettled`. */
export async function uploadAll(files, options = {}) {
  const { filesAtOnce = FILES_AT_ONCE, onProgress, onSettled, ...each } = options;
  const all = [...files];
  const queue = all.entries();
  const results = [];
  const work = async () => {
    for (const [index, file] of queue) {
      const own = { ...each, onProgress: (progress) => onProgress?.({ ...progress, file, index }) };
      [results[index]] = await Promise.allSettled([upload(file, own)]);
      try {
        onSettled?.(results[index], file, index);
      } catch (error) {
        setTimeout(() => {
          throw error; // The page's own mistake is reported as such, and stops no other file.
        });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(filesAtOnce, 1), all.length) }, work));
  return results;
}

/** Deletes the parts of an upload that was begun and not finished. */
export async function discard(file, options = {}) {
  requireFile(file);
  const { discardParts } = await partsModule();
  return discardParts(file, options);
}

/** Loads the part of the module that only large files need. */
async function partsModule() {
  try {
    return await import("./parts.js");
  } catch (cause) {
    throw new UploadError("grant", "network-error", "A part of the upload module could not be loaded.", {
      fix: "Check the connection and try again.",
      retryable: true,
      cause,
    });
  }
}

async function kindFor(file, options) {
  if (options.kind) return options.kind;
  if (file.size < SMALL) return "form";
  const { multipartFrom = Infinity, requestMaxSize = Infinity } = await remembered(options);
  return file.size >= multipartFrom || (file.size > requestMaxSize && multipartFrom < Infinity)
    ? "multipart"
    : "form";
}

const limitsByProfile = new Map();

/** Reads the limits once per profile, for all uploads that wait for them. */
async function remembered(options) {
  const { grantUrl, profile } = effective(options);
  const name = `${grantUrl} ${profile}`;
  if (!limitsByProfile.has(name)) {
    const found = limitsOrNone({ ...options, signal: undefined });
    found.catch(() => limitsByProfile.delete(name));
    limitsByProfile.set(name, found);
  }
  const found = await limitsByProfile.get(name);
  throwIfCancelled(options.signal);
  return found;
}

/** A server that refuses may be an older one, so the request for a grant decides then. */
async function limitsOrNone(options) {
  try {
    return await repeated(() => limits(options), { retries: options.retries });
  } catch (error) {
    if (error.retryable) throw error;
    return {};
  }
}

/** Uploads with one request. A repeated attempt is for the same object, so no file is stored twice. */
async function uploadAtOnce(file, options) {
  let { ticket } = options;
  const earlier = unconfirmed.get(ticket);
  if (earlier?.size === file.size) return confirmed(earlier, ticket, options);
  let grant;
  const onProgress = growing(options.onProgress);
  const attempt = async () => {
    try {
      grant = await requestGrant(file, { ...options, ticket });
      ticket = grant.ticket ?? ticket;
      options.onGrant?.(grant);
      return await send(grant, file, { ...options, onProgress });
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      const granted = { ticket, key: grant?.key };
      Object.assign(error, granted);
      const stored = await storedNevertheless(error, granted, options);
      if (!stored) throw error;
      grant = undefined; // The server has confirmed it.
      onProgress({ loaded: file.size, total: file.size });
      return { type: file.type, url: "", body: "", ...stored };
    }
  };
  const stored = await repeated(attempt, options, (error) => error.stage !== "upload" || ticket !== undefined);
  if (!grant?.confirm) return stored;
  const report = confirmed(stored, ticket, options);
  return grant.confirm === "optional" ? report.catch((error) => orStored(error, stored, ticket)) : report;
}

/** The server's ledger has recorded the grant, so the application hears of the upload later. */
function orStored(error, stored, ticket) {
  if (!(error instanceof UploadError)) throw error;
  unconfirmed.delete(ticket);
  return stored;
}

/** The stored objects that are not confirmed, by their tickets. */
const unconfirmed = new Map();

/** Confirms a stored object. If that fails, the next upload with the ticket continues here. */
async function confirmed(stored, ticket, options) {
  unconfirmed.delete(ticket);
  try {
    return { ...stored, ...(await repeated(() => confirm({ ticket, key: stored.key }, options), options)) };
  } catch (error) {
    // With these the server has no such object, or accepts the ticket no more.
    if (![400, 409, 410].includes(error.status)) unconfirmed.set(ticket, stored);
    if (error instanceof UploadError) {
      const fact = "The upload is not confirmed: ";
      Object.assign(error, { message: fact + error.message, detail: fact + error.detail });
    }
    throw error;
  }
}

/**
 * Asks the server whether the file is stored although the attempt failed. Browsers also repeat a
 * request by themselves, so even the first refusal of a name can be due to this upload.
 */
async function storedNevertheless(error, { ticket, key }, options) {
  const uncertain =
    error.code === "already-uploaded" ||
    error.code === "CallbackFailed" ||
    error.code === "FileAlreadyExists" ||
    (error.stage === "upload" && error.retryable);
  if (!uncertain || !ticket) return undefined;
  try {
    return await repeated(() => confirm({ ticket, key }, options), { retries: 2, signal: options.signal });
  } catch (reason) {
    if (reason instanceof UploadError) return undefined;
    throw reason;
  }
}

function growing(onProgress) {
  let reported = -1;
  return (progress) => {
    if (progress.loaded <= reported) return;
    reported = progress.loaded;
    onProgress?.(progress);
  };
}

/** Some Android pickers report 0 bytes, and a dropped folder is no file. Reading shows the truth. */
async function withRealSize(file, options) {
  if (file.size > 0) return file;
  try {
    const bytes = await new Response(file.stream()).blob();
    return bytes.size > 0 ? new File([bytes], nameOf(file, options), { type: file.type, lastModified: file.lastModified }) : file;
  } catch (cause) {
    throw new UploadError("file", "file-unreadable", "The file cannot be read. It may be a folder.", {
      fix: "Choose a file.",
      cause,
    });
  }
}
