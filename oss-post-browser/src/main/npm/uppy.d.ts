import { BasePlugin, type Body, type Meta, type PluginOpts, type Uppy } from "@uppy/core";
import type { StoredObject, UploadOptions } from "./oss-post.js";

/** Options of the uploader: those of `upload`, for every file. */
export interface OssPostOptions
  extends PluginOpts,
    Pick<
      UploadOptions,
      "grantUrl" | "profile" | "vars" | "headers" | "credentials" | "kind" | "retries" | "partsAtOnce" | "checksum" | "store"
    > {
  /** The number of files that are sent at once. Defaults to 3. */
  limit?: number | undefined;
}

/** The body of `upload-success`: the stored object. */
export type OssPostBody = Body & StoredObject;

/**
 * An uploader for Uppy: forms, presigned URLs, and parts that the server completes. Uppy's pause,
 * resume, retry and cancel work; a file that is added again after a reload continues.
 */
export default class OssPost<M extends Meta = Meta, B extends Body = OssPostBody> extends BasePlugin<OssPostOptions, M, B> {
  constructor(uppy: Uppy<M, B>, options?: OssPostOptions);
}
