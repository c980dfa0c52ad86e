/**
 * An uploader for Uppy: forms, presigned URLs, and parts that the server completes. Uppy's own plugin
 * for S3 completes uploads in the page, so a server could not enforce their size.
 *
 *     import Uppy from "@uppy/core";
 *     import OssPost from "oss-post/uppy";
 *     new Uppy().use(OssPost, { profile: "films" });
 */
import { BasePlugin, EventManager } from "@uppy/core";
import { filterFilesToEmitUploadStarted, filterFilesToUpload, TaskQueue } from "@uppy/core/utils";
import { discard, upload } from "./oss-post.js";

export default class OssPost extends BasePlugin {
  #queue;

  constructor(uppy, options) {
    super(uppy, { limit: 3, ...options });
    this.type = "uploader";
    this.id = this.opts.id || "OssPost";
    this.#queue = new TaskQueue({ concurrency: this.opts.limit });
  }

  install() {
    this.#setResumable(true);
    this.uppy.addUploader(this.#upload);
  }

  uninstall() {
    this.#setResumable(false);
    this.uppy.removeUploader(this.#upload);
    this.#queue.clear();
  }

  /** Lets Uppy offer pause and resume. */
  #setResumable(resumableUploads) {
    const { capabilities } = this.uppy.getState();
    this.uppy.setState({ capabilities: { ...capabilities, resumableUploads } });
  }

  #upload = async (ids) => {
    const files = filterFilesToUpload(this.uppy.getFilesByIds(ids));
    this.uppy.emit("upload-start", filterFilesToEmitUploadStarted(files));
    await Promise.allSettled(files.map(({ id }) => this.#queue.add(() => this.#send(id))));
  };

  /** Sends one file. The promise settles when the file is stored, has failed or was removed. */
  #send(id) {
    const file = this.uppy.getFile(id);
    if (!file) return undefined; // It was removed while it waited.
    const { grantUrl, profile, headers, credentials, kind, retries, partsAtOnce, checksum, store } = this.opts;
    const options = { grantUrl, profile, headers, credentials, kind, retries, partsAtOnce, checksum, store, filename: file.name };
    const events = new EventManager(this.uppy);
    return new Promise((resolve) => {
      let running;
      const end = () => {
        events.remove();
        resolve();
      };
      const start = async () => {
        running?.abort();
        const own = (running = new AbortController());
        try {
          const stored = await upload(file.data, { ...options, signal: own.signal, onProgress: (progress) => this.#progress(id, progress) });
          this.uppy.emit("upload-success", this.uppy.getFile(id), { status: 200, body: stored, uploadURL: stored.url || undefined });
          end();
        } catch (error) {
          if (own.signal.aborted) return; // Paused or removed.
          this.uppy.emit("upload-error", this.uppy.getFile(id), error);
          end();
        }
      };
      const pause = () => running.abort();
      const remove = () => {
        running.abort();
        discard(file.data, options).catch((error) => this.uppy.log(error, "warning"));
        end();
      };
      events.onFilePause(id, (paused) => (paused ? pause() : start()));
      events.onPauseAll(id, pause);
      events.onResumeAll(id, start);
      events.onCancelAll(id, remove);
      events.onFileRemove(id, remove);
      start();
    });
  }

  #progress(id, { loaded, total }) {
    const file = this.uppy.getFile(id);
    if (!file) return;
    const uploadStarted = file.progress.uploadStarted ?? Date.now();
    this.uppy.emit("upload-progress", file, { uploadStarted, bytesUploaded: loaded, bytesTotal: total });
  }
}
