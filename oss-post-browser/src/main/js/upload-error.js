/** The reason of a failed upload: `message` is the fact and the fix, the rest is for programs. */
export class UploadError extends Error {
  constructor(stage, code, detail, { fix, cause, status = 0, retryable = false, ...more } = {}) {
    super(fix ? `${detail} ${fix}` : detail, { cause });
    this.name = "UploadError";
    Object.assign(this, { stage, code, detail, fix, status, retryable, ...more });
  }
}

/** Throws the reason of the signal if the application cancelled. */
export function throwIfCancelled(signal) {
  if (signal?.aborted) throw reasonOf(signal);
}

export function reasonOf(signal) {
  return signal.reason ?? new DOMException("The upload was cancelled.", "AbortError");
}

/** Retry-After is a number of seconds or a date. */
export function seconds(value) {
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const wait = Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}
