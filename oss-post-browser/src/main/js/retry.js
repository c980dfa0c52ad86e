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
  throwIfCancelled(signal);
  await untilOnline(signal);
  const wait = retryAfter !== undefined ? retryAfter * 1000 : Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT);
  // Many pages that failed together must not come back together.
  await sleep(wait * (retryAfter !== undefined ? 1 + Math.random() / 4 : 0.5 + Math.random() / 2), signal);
}

/** Waits for the line to come back, if the browser knows that there is none. */
function untilOnline(signal) {
  if (globalThis.navigator?.onLine !== false || !globalThis.addEventListener) return undefined;
  return new Promise((resolve, reject) => {
    const settle = () => {
      globalThis.removeEventListener("online", settle);
      signal?.removeEventListener("abort", settle);
      signal?.aborted ? reject(reasonOf(signal)) : resolve();
    };
    globalThis.addEventListener("online", settle);
    signal?.addEventListener("abort", settle);
  });
}

function sleep(milliseconds, signal) {
  throwIfCancelled(signal);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", settle);
      signal?.aborted ? reject(reasonOf(signal)) : resolve();
    };
    const timer = setTimeout(settle, milliseconds);
    signal?.addEventListener("abort", settle);
  });
}
