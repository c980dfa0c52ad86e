/**
 * Three ways to OSS. Each sends a file and resolves to the stored object, `{ key }`. The options
 * are `profile`, `signal`, `onGrant(grant)`, `onProgress(bytes)`, `onRetry({ attempt, error })`, and
 * from the file's last attempt `ticket` or `parts`.
 */
import { discard, upload, UploadError } from "./oss-post/oss-post.js";

export const ways = {
  upload: (file, options) => byModule(file, options),
  url: (file, options) => byModule(file, { ...options, kind: "put" }),
  sdk,
};

/** The module sends large files in signed parts, and continues them when they are chosen again. */
async function byModule(file, { parts, onGrant, onProgress, ...options }) {
  parts.drop = () => discard(file, { profile: options.profile });
  return upload(file, { ...options, onGrant, onProgress: ({ loaded }) => onProgress(loaded) });
}

/**
 * The vendor's SDK, with a token for one directory, sends parts; `parts` remembers the uploaded
 * ones.
 */
async function sdk(file, { profile, parts, signal, onGrant, onProgress }) {
  await loadSdk();
  const token = await requestToken(profile, signal);
  signal.throwIfAborted();
  onGrant(token);

  const client = new OSS(options(token, profile));
  const stop = () => client.cancel();
  signal.addEventListener("abort", stop);
  parts.key ??= token.Dir + unique(file.name);
  parts.drop = () => parts.checkpoint && client.abortMultipartUpload(parts.key, parts.checkpoint.uploadId);
  try {
    await client.multipartUpload(parts.key, file, {
      mime: file.type || undefined,
      checkpoint: parts.checkpoint,
      progress(_, checkpoint) {
        parts.checkpoint = checkpoint;
        const stored = checkpoint ? checkpoint.doneParts.length * checkpoint.partSize : file.size;
        onProgress(Math.min(stored, file.size));
      },
    });
    parts.checkpoint = undefined; // They are one object now.
    return { key: parts.key };
  } catch (error) {
    const gone = isGone(error);
    if (gone) parts.checkpoint = parts.key = undefined;
    if (signal.aborted) throw new DOMException("The upload was stopped.", "AbortError");
    if (gone) throw new UploadError("upload", "NoSuchUpload", GONE, { ...trace(error), fix: SEND_ANEW });
    const fix = parts.checkpoint && "Try again. The uploaded parts are kept.";
    throw new UploadError("upload", error.code ?? error.name, error.message, { ...trace(error), fix });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

const GONE =
  "OSS no longer has this upload: it is complete and the answer was lost, or its parts were removed.";
const SEND_ANEW = "Try again to send the whole file as another object.";

/**
 * OSS answers so if a part is missing at the end. For a rejected part the SDK reports an "abort".
 */
const isGone = ({ name, code }) => name === "abort" || code === "NoSuchUpload";

const trace = (error) => ({
  retryable: true, // The SDK does not tell.
  status: Math.max(error.status ?? 0, 0), // The statuses -1 and -2 are the SDK's own.
  requestId: error.requestId,
  ec: error.ecCode,
  cause: error,
});

/**
 * On localhost and IP addresses the bucket is the first part of the path, elsewhere part of the
 * host.
 */
function options(token, profile) {
  const { protocol, origin, pathname } = new URL(token.Url);
  return {
    ...keys(token),
    bucket: token.Bucket,
    region: `oss-${token.Region}`,
    endpoint: origin,
    secure: protocol === "https:",
    cname: pathname === "/",
    sldEnable: pathname !== "/",
    authorizationV4: true,
    refreshSTSToken: async () => keys(await requestToken(profile)),
  };
}

const keys = ({ AccessKeyId, AccessKeySecret, SecurityToken }) => ({
  accessKeyId: AccessKeyId,
  accessKeySecret: AccessKeySecret,
  stsToken: SecurityToken,
});

async function requestToken(profile = "large", signal) {
  const query = new URLSearchParams({ profile });
  const response = await fetch(`get_sts_token_for_oss_upload?${query}`, { signal, cache: "no-store" });
  const answer = await response.json().catch(() => ({}));
  if (response.ok && answer.SecurityToken) return answer;
  const { code = "not-a-token", detail = "The server's answer is not a token.", fix } = answer;
  throw new UploadError("grant", code, detail, { status: response.status, fix });
}

let library;

/** ali-oss is 0.7 MB, so it is loaded at its first use. It is a classic script. */
export function loadSdk() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "aliyun-oss-sdk.min.js";
    script.onload = resolve;
    script.onerror = () =>
      reject(
        new UploadError("page", "no-sdk", "The vendor's SDK is not installed.", {
          fix: "Run 'npm install --ignore-scripts ali-oss@6.23.0' in the directory in which this application was started, then reload the page.",
        }),
      );
    document.head.append(script);
  });
  return library;
}

/** The page names the object here, so it must choose a unique name. */
function unique(name) {
  const random = [...crypto.getRandomValues(new Uint8Array(16))];
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "";
  return random.map((byte) => byte.toString(16).padStart(2, "0")).join("") + ending.toLowerCase();
}
