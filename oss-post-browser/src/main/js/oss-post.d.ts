/**
 * Uploads a file from the browser straight to Alibaba Cloud OSS: the application's server grants the
 * upload, OSS receives the file.
 */

/** What the server answers when it permits an upload. Treat `fields` and `headers` as opaque. */
export interface Grant {
  /** How the file travels: as a form (`POST`), or as the bare body of a `PUT`. */
  method?: "POST" | "PUT";
  /** Where the file goes: the bucket for `POST`, the signed object URL for `PUT`. */
  url: string;
  /** Form fields to send before the file, in this order. */
  fields?: Record<string, string>;
  /** Request headers to send. */
  headers?: Record<string, string>;
  /** Name of the object that will be stored. */
  key?: string;
  /** UTC instant after which OSS refuses, for example `2026-11-22T01:30:00Z`. */
  expiresAt?: string;
  /** The same as a number of seconds after `serverTime`. */
  expiresInSeconds?: number;
  /** The server's clock when it signed; compare with this, not with the clock of the device. */
  serverTime?: string;
  /** What the upload profile allows. */
  limits?: { minSize?: number; maxSize?: number; contentTypes?: string[] };
  /** Pass it as {@link GrantOptions.ticket} to try again under the same key. */
  ticket?: string;
}

/** How to ask for a grant. */
export interface GrantOptions {
  /**
   * Where the server grants uploads. Default: what {@link configure} was given, else the content of
   * `<meta name="oss-post-grant-url">`, else `/get_post_signature_for_oss_upload` below the path of
   * the application that served this module. Set it if the server has a `path-prefix`, or if the
   * module comes from a bundler and the application has a path.
   */
  grantUrl?: string;
  /** The upload profile; the server's default profile when absent. */
  profile?: string;
  /** Name to upload under; needed for a nameless `Blob`, else the file's own name. */
  filename?: string;
  /** Ticket of an earlier grant for this file: the retry then stores no second object. */
  ticket?: string;
  /** More headers for the grant request, for example a CSRF token. OSS never sees them. */
  headers?: HeadersInit;
  /** Whether cookies go with the grant request. Default: `same-origin`. */
  credentials?: RequestCredentials;
  /** Cancels; the promise then rejects with a `DOMException` named `AbortError`. */
  signal?: AbortSignal;
}

/** How to send the file. */
export interface SendOptions {
  /**
   * Called as bytes of the file leave, with ever larger numbers; the last call, `loaded === total`,
   * may come before OSS has answered, so only the promise says that the file is stored.
   */
  onProgress?: (progress: Progress) => void;
  /** Name to send with the file; its own name when absent. */
  filename?: string;
  /** Cancels; the promise then rejects with a `DOMException` named `AbortError`. */
  signal?: AbortSignal;
}

/** Bytes of the file, without the form around it. */
export interface Progress {
  loaded: number;
  total: number;
}

/** A stored object. */
export interface StoredObject {
  /** Name of the object in the bucket. */
  key: string;
  /** Bytes stored. */
  size: number;
  /** Content type sent with the file. */
  type: string;
  /** The object's ETag without quotes; only when the bucket's CORS rule exposes `ETag`. */
  etag?: string;
  /** OSS's id of the upload; only when the CORS rule exposes `x-oss-request-id`. */
  requestId?: string;
  /** Address of the object. Reading a private object needs a signed URL made by the server. */
  url: string;
  /** What OSS answered: empty, or the application's reply to the upload callback. */
  body: string;
}

/** Why an upload did not happen. `message` is the fact and the fix in one text, safe to show. */
export class UploadError extends Error {
  constructor(
    stage: UploadError["stage"],
    code: string,
    detail: string,
    more?: Partial<Pick<UploadError, "status" | "fix" | "requestId" | "ec" | "retryAfter">> & {
      cause?: unknown;
    },
  );
  /** Who refused: the application's server (`grant`) or OSS (`upload`). */
  readonly stage: "grant" | "upload";
  /**
   * Stable reason: the server's problem code such as `file-too-large`, OSS's error code such as
   * `EntityTooLarge`, or our own `network-error`, `not-a-grant`, `grant-refused`, `refused`.
   */
  readonly code: string;
  /** HTTP status; 0 when there was no readable answer. */
  readonly status: number;
  /** The fact. */
  readonly detail: string;
  /** What to do about it. */
  readonly fix?: string;
  /** OSS's request id, for its support. */
  readonly requestId?: string;
  /** OSS's fine-grained error number, for example `0006-00000213`. */
  readonly ec?: string;
  /** Seconds to wait before trying again. */
  readonly retryAfter?: number;
}

/**
 * Sets what every later call uses unless its own options say otherwise.
 *
 *     configure({ grantUrl: "/shop/get_post_signature_for_oss_upload" });
 */
export function configure(
  options: Pick<GrantOptions, "grantUrl" | "profile" | "headers" | "credentials">,
): void;

/**
 * Asks the server for permission and sends the file to OSS.
 *
 * @throws {UploadError} when the server or OSS refuses, or does not answer
 */
export function upload(file: Blob, options?: GrantOptions & SendOptions): Promise<StoredObject>;

/**
 * Asks the server to permit the upload of exactly this file: its name, size and type.
 *
 * @throws {UploadError} with `stage === "grant"`
 */
export function requestGrant(file: Blob, options?: GrantOptions): Promise<Grant>;

/**
 * Sends the file to OSS as the grant says. The grant may come from anywhere.
 *
 * @throws {UploadError} with `stage === "upload"`
 */
export function send(grant: Grant, file: Blob, options?: SendOptions): Promise<StoredObject>;
