// Uploads in parts. The server signs each part and completes the upload, so a part is nothing before.
import { appending, startCrc64 } from "./crc64.js";
import { nameOf, post, addVars } from "./grants.js";
import { backoff, RETRIES } from "./retry.js";
import { savedUpload } from "./saved-upload.js";
import { refusedBy, transfer } from "./transfer.js";
import { reasonOf, UploadError } from "./upload-error.js";

const STEP = "/oss_multipart_upload/";
const PARTS_AT_ONCE = 4;

/** The number of signed URLs in stock. More could expire on a slow line before they are used. */
const WINDOW = 8;

/** How often the server may ask for parts again after all were sent. */
const ROUNDS = 5;

const OVER = new Set(["upload-gone", "ticket-invalid", "profile-changed", "ticket-expired", "ticket-of-another-caller", "already-exists"]);

/** Uploads the file, and continues where an earlier attempt ended, even before a reload. */
export async function uploadInParts(file, options) {
  const saved = savedUpload(file, options);
  return saved.exclusively(async () => {
    const earlier = await saved.read();
    try {
      return await new PartsUpload(file, options, saved).run(earlier);
    } catch (error) {
      if (!OVER.has(error?.code)) throw error;
      await saved.forget();
      if (!earlier || error.code === "already-exists") throw error;
      // The earlier upload has ended meanwhile, so this one starts from its beginning.
      return new PartsUpload(file, options, saved).run();
    }
  });
}

/** Aborts an upload that was begun; returns whether there was one. */
export async function discardParts(file, options) {
  const saved = savedUpload(file, options);
  const earlier = await saved.read();
  if (!earlier) return false;
  try {
    await post(`${STEP}abort`, { ticket: earlier.ticket }, options);
  } catch (error) {
    if (!OVER.has(error?.code) && error?.code !== "already-stored") throw error;
  }
  await saved.forget();
  return true;
}

class PartsUpload {
  constructor(file, options, saved) {
    Object.assign(this, { file, options, saved });
    this.retries = options.retries ?? RETRIES;
    this.stop = new AbortController();
    this.urls = new Map();
    this.done = new Map(); // The numbers of stored parts, with their CRC-64 if it is known.
    this.storedBytes = 0;
    this.moving = new Map(); // The bytes of parts on their way.
    this.reported = -1;
  }

  async run(earlier) {
    const { signal } = this.options;
    const cancel = () => this.stop.abort(reasonOf(signal));
    signal?.addEventListener("abort", cancel);
    if (signal?.aborted) cancel();
    try {
      await (earlier ? this.resume(earlier) : this.start());
      this.options.onGrant?.({ key: this.upload.key, ticket: this.upload.ticket });
      for (let round = 0; ; round++) {
        await this.sendPending();
        const stored = await this.complete(round);
        if (stored) return await this.finished(stored);
      }
    } catch (error) {
      // Another tab may have completed it, where the browser has no locks.
      const stored = error?.code === "upload-gone" && (await this.completedElsewhere());
      if (stored) return this.finished(stored);
      if (error instanceof UploadError) Object.assign(error, { ticket: this.upload?.ticket, key: this.upload?.key });
      throw error;
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.crcs?.close();
    }
  }

  async start() {
    const { file, options } = this;
    const wanted = { filename: nameOf(file, options), size: file.size, type: file.type };
    addVars(wanted, options);
    const { urls, ...upload } = await this.step("start", wanted);
    this.upload = upload;
    this.keep(urls);
    await this.saved.write(upload);
    this.pending = this.numbers();
  }

  /** Only parts whose size and CRC-64 are those of the file count as sent. */
  async resume(earlier) {
    this.upload = earlier;
    let listed;
    try {
      listed = (await this.step("parts", { ticket: earlier.ticket })).parts;
    } catch (error) {
      if (error.code !== "already-stored") throw error;
      this.pending = []; // Completing it again gives the result.
      return;
    }
    await this.compare(listed);
    this.pending = this.numbers().filter((number) => !this.done.has(number));
  }

  async compare(listed) {
    this.done.clear();
    this.storedBytes = 0;
    for (const { number, size, crc64 } of listed) {
      this.stop.signal.throwIfAborted();
      const part = this.part(number);
      if (size !== part.size) continue;
      const own = crc64 !== undefined || this.options.checksum ? await this.crcOf(part) : undefined;
      if (crc64 === undefined || own === BigInt(crc64)) this.keepDone(number, own);
      this.report();
    }
  }

  keepDone(number, crc) {
    if (!this.done.has(number)) this.storedBytes += this.part(number).size;
    this.done.set(number, crc);
  }

  numbers() {
    return Array.from({ length: this.upload.partCount }, (_, i) => i + 1);
  }

  part(number) {
    const { partSize } = this.upload;
    return this.file.slice((number - 1) * partSize, number * partSize);
  }

  async crcOf(part) {
    this.crcs ??= startCrc64();
    try {
      return await this.crcs.of(part);
    } catch (cause) {
      throw new UploadError("upload", "file-unreadable", "The file can no longer be read.", { fix: "Choose it again.", cause });
    }
  }

  /** Sends some parts at once. The first that fails for good stops the others. */
  async sendPending() {
    const work = async () => {
      for (let number; (number = this.pending.shift()) !== undefined; ) await this.sendPart(number);
    };
    const atOnce = Math.max(this.options.partsAtOnce ?? PARTS_AT_ONCE, 1);
    const workers = Array.from({ length: atOnce }, () => work().catch((error) => (this.stop.abort(error), Promise.reject(error))));
    await Promise.allSettled(workers);
    this.stop.signal.throwIfAborted();
  }

  async sendPart(number) {
    const part = this.part(number);
    const { stallTimeout, answerTimeout, checksum } = this.options;
    const crc = checksum ? this.crcOf(part) : undefined;
    crc?.catch(() => {});
    for (let attempt = 0; ; attempt++) {
      const { url, headers = {} } = await this.urlOf(number); // It repeats its request by itself.
      try {
        const onSent = (loaded) => (this.moving.set(number, loaded), this.report());
        const { signal } = this.stop;
        const answer = await transfer({ method: "PUT", url, headers, body: part, file: part, isPart: true, signal, onSent, stallTimeout, answerTimeout });
        if (answer.status < 200 || answer.status > 299) throw this.refusedPart(answer, attempt);
        this.keepDone(number, await crc);
        this.moving.delete(number);
        return this.report();
      } catch (error) {
        this.urls.delete(number);
        this.moving.delete(number);
        await this.again(error, attempt);
      }
    }
  }

  refusedPart(answer, attempt) {
    const error = refusedBy(answer, false);
    if (answer.code === "NoSuchUpload") error.code = "upload-gone";
    // The URL of a part expires early, or its key was replaced. A new one is signed for the next attempt.
    else if (answer.status === 403 && attempt < 2) error.retryable = true;
    return error;
  }

  /** Returns the signed URL of a part, and orders the next ones before they are needed. */
  async urlOf(number) {
    if (!this.urls.has(number)) {
      await this.signing;
      if (!this.urls.has(number)) await this.sign([number, ...this.pending]);
    }
    const url = this.urls.get(number);
    this.urls.delete(number);
    if (this.urls.size < WINDOW / 2 && this.pending.length > this.urls.size && !this.signing) {
      this.sign(this.pending).catch(() => {}); // The part that needs the URL tells the reason.
    }
    return url;
  }

  async sign(numbers) {
    const missing = numbers.filter((number) => !this.urls.has(number)).slice(0, WINDOW);
    if (!missing.length) return;
    this.signing = this.step("sign", { ticket: this.upload.ticket, parts: missing.join() })
      .then(({ urls }) => this.keep(urls))
      .finally(() => (this.signing = undefined));
    await this.signing;
  }

  keep(urls) {
    for (const signed of urls) this.urls.set(signed.number, signed);
  }

  /** Completes the upload; returns nothing if parts must be sent again. */
  async complete(round) {
    try {
      return await this.step("complete", { ticket: this.upload.ticket, crc64: this.wholeCrc() });
    } catch (error) {
      if (round >= ROUNDS) throw error;
      if (error.code === "parts-missing" && error.parts?.length) {
        this.pending = error.parts;
      } else if (error.code === "checksum-mismatch") {
        await this.compare((await this.step("parts", { ticket: this.upload.ticket })).parts);
        this.pending = this.numbers().filter((number) => !this.done.has(number));
        if (!this.pending.length) throw error;
      } else {
        throw error;
      }
      return undefined;
    }
  }

  /** The CRC-64 of the file, from those of its parts; unknown unless all of them are known. */
  wholeCrc() {
    const crcs = this.numbers().map((number) => this.done.get(number));
    if (!crcs.length || crcs.includes(undefined)) return undefined;
    const { partSize } = this.upload;
    const append = appending(partSize);
    const appendLast = appending(this.file.size - (crcs.length - 1) * partSize);
    return `${crcs.reduce((before, crc, i) => (i === crcs.length - 1 ? appendLast : append)(before, crc))}`;
  }

  async completedElsewhere() {
    try {
      return await post(`${STEP}complete`, { ticket: this.upload.ticket }, this.options);
    } catch {
      return undefined; // The first error tells the reason.
    }
  }

  async finished(stored) {
    await this.saved.forget();
    this.report(this.file.size);
    return { type: this.file.type, url: "", body: "", ...stored };
  }

  /** Requests a step of the server until it answers or refuses for good. */
  async step(name, form) {
    for (let attempt = 0; ; attempt++) {
      try {
        // Starting twice would leave an upload behind that no ticket can abort. Gateways answer 502
        // and 504 after the server may have started it.
        return await post(STEP + name, form, { ...this.options, signal: this.stop.signal });
      } catch (error) {
        const uncertain = error.code === "network-error" || error.status === 502 || error.status === 504;
        if (name === "start" && uncertain) throw error;
        await this.again(error, attempt);
      }
    }
  }

  /** Waits before the next attempt, or throws the reason why there is none. */
  async again(error, attempt) {
    this.stop.signal.throwIfAborted(); // Another part has failed for good.
    if (!(error instanceof UploadError) || !error.retryable || attempt >= this.retries) throw error;
    this.options.onRetry?.({ attempt: attempt + 1, error });
    await backoff(attempt, error, this.stop.signal);
  }

  report(loaded = this.loaded()) {
    if (loaded <= this.reported) return;
    this.reported = loaded;
    this.options.onProgress?.({ loaded, total: this.file.size });
  }

  loaded() {
    let sum = this.storedBytes;
    for (const bytes of this.moving.values()) sum += bytes;
    return Math.min(sum, this.file.size);
  }
}
