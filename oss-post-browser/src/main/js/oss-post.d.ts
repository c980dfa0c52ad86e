/**
 * Uploads a file from the browser straight to Alibaba Cloud OSS: the application's server grants the
 * upload, OSS receives the file.
 */

/** The server's permission to upload. Treat `fields` and `headers` as opaque. */
export interface Grant {
  /** The kind of the request: a form (`POST`), or the bare file as the body of a `PUT`. */
  method?: "POST" | "PUT";
  /** The URL of the request: the bucket for `POST`, the signed object URL for `PUT`. */
  url: string;
  /** Form fields to send before the file, in this order. */
  fields?: Record<string, string>;
  /** Request headers to send. */
  headers?: Record<string, string>;
  /** Name of the object that will be stored. */
  key?: string;
  /** UTC instant after which OSS rejects the upload, for example `2026-11-22T01:30:00Z`. */
  expiresAt?: string;
  /** The same as a number of seconds after `serverTime`. */
  expiresInSeconds?: number;
  /** The server's clock at signing. Compare with it instead of the device's clock. */
  serverTime?: string;
  /** The limits of the upload profile. */
  limits?: { minSize?: number; maxSize?: number; contentTypes?: string[] };
  /** The ticket for {@link GrantOptions.ticket}, to try again under the same key. */
  ticket?: string;
}

/** Options of a request for a grant. */
export interface GrantOptions {
  /**
   * The address that grants uploads. Defaults to the option of {@link configure}, otherwise to the
   * content of `<meta name="oss-post-grant-url">`, otherwise to
   * `/get_post_signature_for_oss_upload` below the path of the application that served this module.
   * Set it if the server has a `path-prefix`, or if a bundler moved the module and the application
   * has a path.
   */
  grantUrl?: string;
  /** The upload profile. Defaults to the server's default profile. */
  profile?: string;
  /** The file's name. Required for a nameless `Blob`; defaults to the file's own name. */
  filename?: string;
  /** The ticket of an earlier grant for this file, so that a retry stores no second object. */
  ticket?: string;
  /**
   * Additional headers of the grant request, for example a CSRF token. They are not sent to OSS.
   */
  headers?: HeadersInit;
  /** Whether the grant request carries cookies. Defaults to `same-origin`. */
  credentials?: RequestCredentials;
  /** Cancels the request. The promise then rejects with a `DOMException` named `AbortError`. */
  signal?: AbortSignal;
}

/** Options of sending the file. */
export interface SendOptions {
  /**
   * Called with the number of sent bytes, which grows. The last call, `loaded === total`, may come
   * before OSS has responded. Only the promise shows that the file is stored.
   */
  onProgress?: (progress: Progress) => void;
  /** The name that is sent with the file. Defaults to its own name. */
  filename?: string;
  /** Cancels the upload. The promise then rejects with a `DOMException` named `AbortError`. */
  signal?: AbortSignal;
}

/** The number of bytes of the file, without the form around it. */
export interface Progress {
  loaded: number;
  total: number;
}

/** A stored object. */
export interface StoredObject {
  /** Name of the object in the bucket. */
  key: string;
  /** The number of stored bytes. */
  size: number;
  /** The content type that was sent with the file. */
  type: string;
  /** The object's ETag without quotes; only if the bucket's CORS rule exposes `ETag`. */
  etag?: string;
  /** OSS's id of the upload; only if the CORS rule exposes `x-oss-request-id`. */
  requestId?: string;
  /** The address of the object. Reading a private object needs a signed URL from the server. */
  url: string;
  /** OSS's response: empty, or the application's response to the upload callback. */
  body: string;
}

/** The reason of a failed upload. `message` is the fact and the fix in one text, safe to show. */
export class UploadError extends Error {
  constructor(
    stage: UploadError["stage"],
    code: string,
    detail: string,
    more?: Partial<Pick<UploadError, "status" | "fix" | "requestId" | "ec" | "retryAfter">> & {
      cause?: unknown;
    },
  );
  /** The step that failed: the request for a grant (`grant`) or the upload to OSS (`upload`). */
  readonly stage: "grant" | "upload";
  /**
   * The stable reason: the server's problem code such as `file-too-large`, OSS's error code such as
   * `EntityTooLarge`, or the module's own `network-error`, `not-a-grant`, `grant-refused`,
   * `refused`.
   */
  readonly code: string;
  /** The HTTP status; 0 if there was no readable response. */
  readonly status: number;
  /** The fact. */
  readonly detail: string;
  /** The fix. */
  readonly fix?: string;
  /** OSS's request id, for its support. */
  readonly requestId?: string;
  /** OSS's number of the exact error, for example `0006-00000213`. */
  readonly ec?: string;
  /** The seconds to wait before the next attempt. */
  readonly retryAfter?: number;
}

/**
 * Sets the defaults of all later calls. A call's own options take precedence.
 *
 *     configure({ grantUrl: "/shop/get_post_signature_for_oss_upload" });
 */
export function configure(
  options: Pick<GrantOptions, "grantUrl" | "profile" | "headers" | "credentials">,
): void;

/**
 * Requests a grant from the server and sends the file to OSS.
 *
 * @throws {UploadError} if the server or OSS refuses, or does not respond
 */
export function upload(file: Blob, options?: GrantOptions & SendOptions): Promise<StoredObject>;

/**
 * Requests a grant for exactly this file: its name, size and type.
 *
 * @throws {UploadError} with `stage === "grant"`
 */
export function requestGrant(file: Blob, options?: GrantOptions): Promise<Grant>;

/**
 * Sends the file to OSS with the grant, from any source.
 *
 * @throws {UploadError} with `stage === "upload"`
 */
export function send(grant: Grant, file: Blob, options?: SendOptions): Promise<StoredObject>;
