// Where the ticket of an unfinished upload in parts is kept, so that it outlives the page.
import { effective, nameOf } from "./grants.js";
import { UploadError } from "./upload-error.js";

/** Uploads of blobs without a date, which no later page could recognize. */
const ofBlobs = new WeakMap();

/** Returns the kept upload of this file. An error of the storage never fails an upload. */
export function savedUpload(file, options) {
  const store = options.store ?? browserStore();
  const name = nameFor(file, options);
  const quietly = async (use) => {
    try {
      return (await use()) ?? undefined;
    } catch {
      return undefined; // The upload works, but cannot be continued later.
    }
  };
  return {
    read: () => quietly(async () => (name ? JSON.parse((await store.get(name)) ?? "null") : ofBlobs.get(file))),
    write: ({ ticket, key, partSize, partCount }) =>
      quietly(() => {
        const upload = { ticket, key, partSize, partCount };
        if (name) return store.set(name, JSON.stringify(upload));
        ofBlobs.set(file, upload);
      }),
    forget: () => quietly(() => (name ? store.delete(name) : void ofBlobs.delete(file))),
    exclusively: (work) => exclusively(name, work),
  };
}

/** The profile and the file, as far as a page can recognize it. */
function nameFor(file, options) {
  if (file.lastModified === undefined) return undefined;
  const { grantUrl, profile } = effective(options);
  const path = file.webkitRelativePath || "";
  const facts = [grantUrl, profile, path, nameOf(file, options), file.size, file.lastModified];
  facts.push(...Object.entries(options.vars ?? {}).flat()); // The ticket has them, too.
  return `oss-post:${facts.map(encodeURIComponent).join("|")}`;
}

/** Two tabs would send the same parts, and one would end the upload of the other. */
async function exclusively(name, work) {
  const locks = globalThis.navigator?.locks;
  if (!name || !locks) return work();
  let asked = false;
  try {
    return await locks.request(name, { ifAvailable: true }, (lock) => {
      asked = true;
      if (lock) return work();
      throw new UploadError("upload", "in-progress", "This file is already being uploaded, here or in another tab.", {
        fix: "Wait for it, or close the other tab.",
      });
    });
  } catch (error) {
    if (asked) throw error;
    return work(); // Frames without an origin have neither locks nor a storage.
  }
}

/** The browser's storage; of this page alone if the browser allows none. */
const ofThisPage = new Map();

function browserStore() {
  const guarded = (use) => {
    try {
      return use(globalThis.localStorage);
    } catch {
      return undefined;
    }
  };
  return {
    get: (name) => guarded((storage) => storage.getItem(name)) ?? ofThisPage.get(name),
    set(name, text) {
      ofThisPage.set(name, text);
      guarded((storage) => storage.setItem(name, text));
    },
    delete(name) {
      ofThisPage.delete(name);
      guarded((storage) => storage.removeItem(name));
    },
  };
}
