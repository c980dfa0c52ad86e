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
    await Promise.all(files.map(({ id }) => this.#settled(id)));
  };

  /** The tickets of files whose attempt ended, so that the next one stores no second object. */
  #tickets = new Map();

  /** Settles when the file is stored, has failed or was removed. A paused file leaves its place to others. */
  #settled(id) {
    const { grantUrl, profile, vars, headers, credentials, kind, retries, partsAtOnce, checksum, store } = this.opts;
    const { data, name } = this.uppy.getFile(id);
    const options = { grantUrl, profile, vars, headers, credentials, kind, retries, partsAtOnce, checksum, store, filename: name };
    const events = new EventManager(this.uppy);
    return new Promise((resolve) => {
      let paused = this.uppy.getFile(id).isPaused ?? false;
      let running;
      let last = Promise.resolve();
      const end = () => {
        events.remove();
        resolve();
      };
      const run = async () => {
        const file = this.uppy.getFile(id);
        if (paused || !file) return;
        const { signal } = (running = new AbortController());
        const onGrant = ({ ticket }) => this.#tickets.set(id, ticket);
        const onProgress = (progress) => this.#progress(id, progress);
        try {
          const stored = await upload(data, { ...options, ticket: this.#tickets.get(id), signal, onGrant, onProgress });
          this.#tickets.delete(id);
          this.uppy.emit("upload-success", this.uppy.getFile(id), { status: 200, body: stored, uploadURL: stored.url || undefined });
          end();
        } catch (error) {
          if (signal.aborted) return; // Paused or removed.
          if (!error.retryable && error.stage !== "confirm") this.#tickets.delete(id);
          this.uppy.emit("upload-error", this.uppy.getFile(id), error);
          end();
        }
      };
      // An attempt begins only when the one before has ended.
      const start = () => (last = last.then(() => this.#queue.add(run)));
      const pause = () => {
        paused = true;
        running?.abort();
      };
      const resume = () => {
        if (!paused) return;
        paused = false;
        start();
      };
      const remove = () => {
        pause();
        this.#tickets.delete(id);
        discard(data, options).catch((error) => this.uppy.log(error, "warning"));
        end();
      };
      events.onFilePause(id, (isPaused) => (isPaused ? pause() : resume()));
      events.onPauseAll(id, pause);
      events.onResumeAll(id, resume);
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
