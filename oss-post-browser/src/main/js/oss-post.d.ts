/**
 * Uploads a file from the browser straight to Alibaba Cloud OSS: the application's server grants the
 * upload, OSS receives the file. Needs Chrome or Edge 100, Firefox 97, Safari 15.4, or newer.
 */

/** The server's permission to upload. Treat `fields` and `headers` as opaque. */
export interface Grant {
  /** The kind of the request: a form (`POST`), or the bare file as the body of a `PUT`. */
  method?: "POST" | "PUT" | undefined;
  /** The URL of the request: the bucket for `POST`, the signed object URL for `PUT`. */
  url: string;
  /** Form fields to send before the file, in this order. */
  fields?: Record<string, string> | undefined;
  /** Request headers to send. */
  headers?: Record<string, string> | undefined;
  /** Name of the object that will be stored. */
  key?: string | undefined;
  /** UTC instant after which OSS rejects the upload, for example `2026-11-22T01:30:00Z`. */
  expiresAt?: string | undefined;
  /** The same as a number of seconds after `serverTime`. */
  expiresInSeconds?: number | undefined;
  /** The server's clock at signing. Compare with it instead of the device's clock. */
  serverTime?: string | undefined;
  /** The limits of the upload profile. */
  limits?: { minSize?: number; maxSize?: number; contentTypes?: string[] } | undefined;
  /** The ticket for {@link GrantOptions.ticket}, to try again under the same key. */
  ticket?: string | undefined;
  /**
   * Present if the application waits for the page's confirmation. `upload` confirms by itself. After
   * {@link send}, call {@link confirm}. With `"optional"` the application hears of the upload later,
   * even if the confirmation fails.
   */
  confirm?: true | "optional" | undefined;
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
  grantUrl?: string | undefined;
  /** The upload profile. Defaults to the server's default profile. */
  profile?: string | undefined;
  /** The file's name. Required for a nameless `Blob`; defaults to the file's own name. */
  filename?: string | undefined;
  /**
   * Texts for the application's `UploadListener`, by the names that the profile allows. The server
   * signs them with the grant, so nothing can change them afterwards. A page can send any values, so
   * the listener checks them.
   */
  vars?: Record<string, string | number | boolean> | undefined;
  /** The ticket of an earlier grant for this file, so that a retry stores no second object. */
  ticket?: string | undefined;
  /** The kind of the grant: a form (`form`, the default) or a presigned URL (`put`). */
  kind?: "form" | "put" | undefined;
  /**
   * Additional headers of the grant request, for example a CSRF token. They are not sent to OSS.
   */
  headers?: HeadersInit | undefined;
  /** Whether the grant request carries cookies. Defaults to `same-origin`. */
  credentials?: RequestCredentials | undefined;
  /** Cancels the request. The promise then rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
}

/** Options of sending the file. */
export interface SendOptions {
  /**
   * Called with the number of sent bytes, which grows. The last call, `loaded === total`, may come
   * before OSS has responded. Only the promise shows that the file is stored.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** The name that is sent with the file. Defaults to its own name. */
  filename?: string | undefined;
  /** Cancels the upload. The promise then rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Called once if the grant will probably expire before the last byte is sent. */
  onWarning?: ((warning: { code: "too-slow"; detail: string }) => void) | undefined;
  /**
   * Milliseconds without a sent byte until an attempt fails. Defaults to 30,000; 0 waits forever.
   * Not measured while a service worker passes the request on, because browsers then report no
   * progress.
   */
  stallTimeout?: number | undefined;
  /** Milliseconds to wait for OSS's response after the last byte. Defaults to 60,000; 0 waits forever. */
  answerTimeout?: number | undefined;
}

/** Options of an upload: of its grant, of sending, and of repeated attempts. */
export interface UploadOptions extends Omit<GrantOptions, "kind">, SendOptions {
  /**
   * How the file is sent: `form`, `put`, or `multipart`, in parts. By default in parts if the server
   * offers that and the file is large, otherwise as a form.
   */
  kind?: "form" | "put" | "multipart" | undefined;
  /** How often a request that failed for a moment is repeated. Defaults to 6. */
  retries?: number | undefined;
  /** Called with the grant of each attempt. For parts it has only `key` and `ticket`. */
  onGrant?: ((grant: Grant | Pick<Grant, "key" | "ticket">) => void) | undefined;
  /** Called before the wait that precedes another attempt; counts from 1 for each request. */
  onRetry?: ((retry: { attempt: number; error: UploadError }) => void) | undefined;
  /** The number of parts that are sent at once. Defaults to 4. */
  partsAtOnce?: number | undefined;
  /** Whether the server compares the CRC-64 of a file in parts with OSS's. Reads the file twice. */
  checksum?: boolean | undefined;
  /** Keeps the tickets of unfinished uploads in parts. Defaults to the page's `localStorage`. */
  store?: TicketStore | undefined;
}

/** Keeps texts by name, longer than the page lives. A ticket serves only the user it was issued for. */
export interface TicketStore {
  get(name: string): string | null | undefined | Promise<string | null | undefined>;
  set(name: string, text: string): void | Promise<void>;
  delete(name: string): void | Promise<void>;
}

/** Options of uploading several files. */
export interface UploadAllOptions extends Omit<UploadOptions, "onProgress" | "filename" | "ticket"> {
  /** The number of files that are sent at once. Defaults to 3. */
  filesAtOnce?: number | undefined;
  /** Called with the progress of one file, and its place in the list. */
  onProgress?: ((progress: Progress & { file: Blob; index: number }) => void) | undefined;
  /** Called when one file is stored, or has failed for good. */
  onSettled?: ((result: PromiseSettledResult<StoredObject>, file: Blob, index: number) => void) | undefined;
}

/** The limits of a profile. */
export interface Limits {
  /** The profile's name. */
  profile: string;
  /** The kinds of grant that the server offers. */
  kinds: ("post" | "put" | "token" | "multipart")[];
  /** The smallest size of a file in bytes. */
  minSize: number;
  /** The largest size of a file in bytes. */
  maxSize: number;
  /** The largest size of a file that is sent in one request, if it is smaller than `maxSize`. */
  requestMaxSize?: number | undefined;
  /** The allowed media types, such as `image/png`; empty for all. */
  contentTypes: string[];
  /** The size in bytes from which parts save time, if the server offers them. */
  multipartFrom?: number | undefined;
  /** The seconds that a grant is valid. A grant for a stated size of more than 150 MB can be valid for longer. */
  validity: number;
}

/** An object that the server has looked at. */
export interface ConfirmedObject {
  /** Name of the object in the bucket. */
  key: string;
  /** The number of stored bytes. */
  size: number;
  /** The stored content type. */
  type?: string | undefined;
  /** The object's ETag without quotes. */
  etag: string;
  /** The object's CRC-64 in decimal digits, if OSS told it. */
  crc64?: string | undefined;
  /** The answer of the application's `AnsweringListener`. */
  answer?: unknown;
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
  etag?: string | undefined;
  /** OSS's id of the upload; only if the CORS rule exposes `x-oss-request-id`. */
  requestId?: string | undefined;
  /** The object's CRC-64 in decimal digits, if the server told it. */
  crc64?: string | undefined;
  /**
   * The address of the object; empty if the server completed the upload, or confirmed it after OSS's
   * answer was lost. Reading a private object needs a signed URL from the server.
   */
  url: string;
  /** The answer of the application's `AnsweringListener`, by callback, confirmation or completion. */
  answer?: unknown;
  /** OSS's response: empty, or the application's response to the upload callback. */
  body: string;
}

/** The reason of a failed upload. `message` is the fact and the fix in one text, safe to show. */
export class UploadError extends Error {
  constructor(
    stage: UploadError["stage"],
    code: string,
    detail: string,
    more?: Partial<
      Pick<UploadError, "status" | "fix" | "requestId" | "ec" | "retryAfter" | "retryable" | "parts" | "ticket" | "key">
    > & { cause?: unknown },
  );
  /**
   * What failed: reading the file, the request for a grant, the upload to OSS, or the confirmation.
   * With `confirm` OSS has received the file. The next `upload` with `ticket` only confirms it, until
   * the page is reloaded; later it sends the file again, for the same object.
   */
  readonly stage: "file" | "grant" | "upload" | "confirm";
  /**
   * The stable reason: the server's problem code such as `file-too-large`, OSS's error code such as
   * `EntityTooLarge`, or the module's own: `network-error`, `refused`, `grant-refused`,
   * `not-a-grant`, `login-required`, `bad-header`, `no-such-path`, `not-a-file`, `file-changed`,
   * `file-unreadable`, `blocked-by-csp`, `mixed-content`, `no-xhr`, `success-redirect`,
   * `in-progress`.
   */
  readonly code: string;
  /** The HTTP status; 0 if there was no readable response. */
  readonly status: number;
  /** The fact. */
  readonly detail: string;
  /** The fix. */
  readonly fix?: string | undefined;
  /** OSS's request id, for its support. */
  readonly requestId?: string | undefined;
  /** OSS's number of the exact error, for example `0006-00000213`. */
  readonly ec?: string | undefined;
  /** The seconds to wait before the next attempt. The module itself waits for at most one minute. */
  readonly retryAfter?: number | undefined;
  /** Whether another attempt can help. */
  readonly retryable: boolean;
  /** The numbers of the parts that the server misses. */
  readonly parts?: number[] | undefined;
  /** The ticket of the grant. Pass it to the next attempt, so that no second object is stored. */
  readonly ticket?: string | undefined;
  /** Name of the object that was granted. */
  readonly key?: string | undefined;
}

/**
 * Sets the defaults of all later calls. A call's own options take precedence.
 *
 *     configure({ grantUrl: "/shop/get_post_signature_for_oss_upload" });
 */
export function configure(
  options: Pick<GrantOptions, "grantUrl" | "profile" | "headers" | "credentials">,
): void;

/** The options of a request to the server. */
export type ServerOptions = Pick<GrantOptions, "grantUrl" | "profile" | "headers" | "credentials" | "signal">;

/** Reads the limits of the profile, so that a page can check a file before it requests a grant. */
export function limits(options?: ServerOptions): Promise<Limits>;

/**
 * Uploads a file. Requests that fail for a moment are repeated, for the same object. A large file goes
 * in parts if the server offers that. To pause, abort the signal; to resume, upload the same file
 * again, even after a reload. Only the missing parts are sent.
 *
 * If the grant asks for it, the upload is confirmed, and the promise resolves only then.
 *
 * @throws {UploadError} if the server or OSS refuses, or does not respond
 */
export function upload(file: Blob, options?: UploadOptions): Promise<StoredObject>;

/** Uploads files, some at once. Never rejects: one result for each file, in their order. */
export function uploadAll(
  files: Iterable<Blob>,
  options?: UploadAllOptions,
): Promise<PromiseSettledResult<StoredObject>[]>;

/** Deletes the stored parts of an unfinished upload. Returns whether there was one. */
export function discard(
  file: Blob,
  options?: ServerOptions & Pick<UploadOptions, "filename" | "store" | "vars">,
): Promise<boolean>;

/**
 * Requests a grant for exactly this file: its name, size and type.
 *
 * @throws {UploadError} with `stage === "grant"`
 */
export function requestGrant(file: Blob, options?: GrantOptions): Promise<Grant>;

/**
 * Sends the file to OSS with the grant, from any source. Nothing else: if `grant.confirm` is true,
 * call {@link confirm} afterwards, because the application does not hear of the upload otherwise.
 *
 * @throws {UploadError} with `stage === "upload"`, or `file` if it cannot be read or has changed
 */
export function send(grant: Grant, file: Blob, options?: SendOptions): Promise<StoredObject>;

/**
 * Asks the server whether the object of a grant is stored. The application hears of the upload.
 *
 * @throws {UploadError} with `stage === "confirm"`; with the code `not-stored-yet` if there is no such
 *   object, or not yet
 */
export function confirm(
  grant: { ticket: string; key?: string | undefined },
  options?: ServerOptions,
): Promise<ConfirmedObject>;
