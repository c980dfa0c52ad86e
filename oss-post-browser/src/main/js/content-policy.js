// The requests that the page's Content-Security-Policy blocks. Only an event names the reason.
import { UploadError } from "./upload-error.js";

/** The origins that were blocked. */
let blocked;

/** Starts to listen, before the first request. */
export function watchPolicy() {
  if (blocked) return;
  blocked = new Set();
  (globalThis.document ?? globalThis).addEventListener?.("securitypolicyviolation", (event) => {
    const { effectiveDirective, disposition, blockedURI } = event;
    if (effectiveDirective === "connect-src" && disposition !== "report") blocked.add(blockedURI.split("/", 3).join("/"));
  });
}

/** Returns the error of a failed request if the policy blocked it, otherwise nothing. */
export async function blockedByPolicy(stage, url) {
  await new Promise((resolve) => setTimeout(resolve)); // The event comes after the failure.
  if (!blocked.size) return undefined;
  const { host, origin } = new URL(url, globalThis.location?.href);
  if (!blocked.has(origin)) return undefined;
  return new UploadError(stage, "blocked-by-csp", `The Content-Security-Policy of this page does not allow requests to ${host}.`, {
    fix: `Add ${origin} to its connect-src.`,
  });
}
