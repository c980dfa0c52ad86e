// Repeats what failed for a moment.
import { reasonOf, throwIfCancelled } from "./upload-error.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Seconds that the server may ask to wait without the user's knowledge. */
const LONGEST_ASKED = 60;

/** How often a request is repeated. With the waits between, the last one comes after half a minute. */
export const RETRIES = 6;

/**
 * Waits before attempt `attempt + 1`: as long as the server asks, otherwise twice as long each time.
 * Throws the error if the server asks for so long a wait that the user should know of it.
 */
export async function backoff(attempt, error, signal) {
  const { retryAfter } = error;
  if (retryAfter > LONGEST_ASKED) throw error;
  await untilOnline(signal);
  const wait = retryAfter !== undefined ? retryAfter * 1000 : Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT);
  // Many pages that failed together must not come back together.
  await sleep(wait * (retryAfter !== undefined ? 1 + Math.random() / 4 : 0.5 + Math.random() / 2), signal);
}

/** Repeats a request until it is answered or refused for good, or `mayRepeat` forbids it. */
export async function repeated(request, { retries = RETRIES, signal, onRetry }, mayRepeat = () => true) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (!error.retryable || attempt >= retries || !mayRepeat(error)) throw error;
      onRetry?.({ attempt: attempt + 1, error });
      await backoff(attempt, error, signal);
    }
  }
}

/** Waits for the line to come back, if the browser knows that there is none. */
function untilOnline(signal) {
  if (globalThis.navigator?.onLine !== false || !globalThis.addEventListener) return undefined;
  return waiting(signal, (end) => {
    globalThis.addEventListener("online", end);
    return () => globalThis.removeEventListener("online", end);
  });
}

function sleep(milliseconds, signal) {
  return waiting(signal, (end) => {
    const timer = setTimeout(end, milliseconds);
    return () => clearTimeout(timer);
  });
}

/** Waits until what `begin(end)` begins has called `end`, or the application cancelled. `begin` returns its clean-up. */
function waiting(signal, begin) {
  throwIfCancelled(signal);
  return new Promise((resolve, reject) => {
    const end = () => {
      cleanUp();
      signal?.removeEventListener("abort", end);
      signal?.aborted ? reject(reasonOf(signal)) : resolve();
    };
    const cleanUp = begin(end);
    signal?.addEventListener("abort", end);
  });
}
