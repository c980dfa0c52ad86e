// Uploads a file with the module, and describes the result. `cancelAt` is a share of the file.
import { upload } from "./oss-post/oss-post.js";

export async function resultOf(file, { cancelAt = 2, ...options }) {
  const cancel = new AbortController();
  let retries = 0;
  let ticket;
  try {
    const { key, size } = await upload(file, {
      ...options,
      signal: cancel.signal,
      onGrant: (grant) => (ticket = grant.ticket),
      onProgress: ({ loaded, total }) => loaded / total >= cancelAt && cancel.abort(),
      onRetry: () => retries++,
    });
    return { key, size, retries, ticket };
  } catch (error) {
    const { name, message, retryable } = error;
    return { code: name === "UploadError" ? error.code : name, message, retryable, retries, ticket };
  }
}
