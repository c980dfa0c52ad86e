// Every exported type, as an application with strict settings uses it.
import Uppy from "@uppy/core";
import OssPost, { type OssPostBody, type OssPostOptions } from "oss-post/uppy";
import {
  configure,
  confirm,
  discard,
  limits,
  requestGrant,
  send,
  upload,
  uploadAll,
  UploadError,
  type ConfirmedObject,
  type Grant,
  type GrantOptions,
  type Limits,
  type Progress,
  type SendOptions,
  type ServerOptions,
  type StoredObject,
  type TicketStore,
  type UploadAllOptions,
  type UploadOptions,
} from "oss-post";

configure({ grantUrl: "/shop/get_post_signature_for_oss_upload", headers: { "X-CSRF-TOKEN": "t" } });

const store: TicketStore = {
  get: async (name) => sessionStorage.getItem(name),
  set: (name, text) => sessionStorage.setItem(name, text),
  delete: (name) => sessionStorage.removeItem(name),
};
const maybe: string | undefined = Math.random() > 0.5 ? "films" : undefined;
const server: ServerOptions = { profile: maybe };
const options: UploadOptions = {
  ...server,
  kind: "multipart",
  retries: 3,
  partsAtOnce: 2,
  checksum: true,
  store,
  onGrant: ({ key, ticket }) => console.log(key, ticket),
  onRetry: ({ attempt, error }) => console.log(attempt, error.code),
  onWarning: ({ code, detail }) => console.log(code, detail),
  onProgress: ({ loaded, total }: Progress) => console.log(loaded / total),
};

export async function all(file: File): Promise<void> {
  const found: Limits = await limits(server);
  if (file.size > found.maxSize || !found.kinds.includes("post")) return;
  try {
    const stored: StoredObject = await upload(file, options);
    console.log(stored.key, stored.crc64 ?? "", stored.url);
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    const { stage, code, status, detail, fix, requestId, ec, retryAfter, retryable, parts, ticket, key } = error;
    console.log(stage, code, status, detail, fix, requestId, ec, retryAfter, retryable, parts?.length, key);
    if (stage === "confirm") await upload(file, { ticket });
    else if (ticket) await confirm({ ticket, key });
  }
  const asked: GrantOptions = { filename: file.name, kind: "put" };
  const grant: Grant = await requestGrant(file, asked);
  const sending: SendOptions = { signal: AbortSignal.timeout(1000), stallTimeout: 0, answerTimeout: 5000 };
  await send(grant, file, sending);
  const confirmed: ConfirmedObject | undefined = grant.confirm && grant.ticket ? await confirm({ ticket: grant.ticket }) : undefined;
  console.log(confirmed?.etag);
  const many: UploadAllOptions = { filesAtOnce: 2, onSettled: (result, _, index) => console.log(index, result.status) };
  for (const result of await uploadAll([file], many)) {
    if (result.status === "fulfilled") console.log(result.value.key);
  }
  console.log(await discard(file, server));
  throw new UploadError("file", "own", "A reason.", { fix: "A fix.", retryable: false });
}

const plugin: OssPostOptions = { profile: "films", limit: 2 };
new Uppy<Record<string, never>, OssPostBody>()
  .use(OssPost<Record<string, never>, OssPostBody>, plugin)
  .on("upload-success", (_, { body }) => console.log(body?.key, body?.size));
