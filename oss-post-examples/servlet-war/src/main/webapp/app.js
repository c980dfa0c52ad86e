/** The page: sends the chosen files, and shows OSS's reports to the server. */
import { upload } from "./oss-post/oss-post.js";

const find = (selector, root = document) => root.querySelector(selector);
const draw = (template) => find(template).content.cloneNode(true).firstElementChild;

/** The number of files that are not stored yet. */
let pending = 0;

/** Shows a file that waits for its turn. */
function rowOf(file) {
  const row = draw("#row");
  const bar = find("progress", row);
  row.dataset.name = find(".name", row).textContent = file.name;
  bar.max = file.size || 1;
  bar.setAttribute("aria-label", `Upload of ${file.name}`);
  find(".state", row).textContent = "Waiting";
  find("#sending").prepend(row);
  return row;
}

async function send(file, row, signal) {
  const state = find(".state", row);
  try {
    const stored = await sendOnceLoggedIn(file, {
      signal,
      grantUrl: "get_post_signature_for_oss_upload", // The path is relative, because the application's path comes before it.
      onProgress: ({ loaded }) => {
        find("progress", row).value = loaded;
        state.textContent = `${bytes(loaded)} of ${bytes(file.size)}`;
      },
    });
    row.dataset.key = stored.key;
    row.dataset.state = "stored";
    state.textContent = "Stored";
  } catch (error) {
    row.dataset.state = "refused";
    state.textContent = signal.aborted ? "Cancelled" : "Not stored";
    find(".reason", row).textContent = error.message;
    find(".reason", row).hidden = signal.aborted;
  }
  find(".cancel", row).remove();
  pending -= 1;
  if (row.dataset.state === "stored") await showConfirmed();
}

/** If the session has ended, the queue waits until the user has logged in again. */
async function sendOnceLoggedIn(file, options) {
  for (;;) {
    try {
      return await upload(file, options);
    } catch (error) {
      if (error.status !== 401) throw error;
      await login(options.signal);
    }
  }
}

function login(signal) {
  const notice = find("#ended");
  notice.hidden = false;
  return new Promise((resolve) => {
    find("button", notice).addEventListener("click", resolve, { once: true });
    signal.addEventListener("abort", resolve, { once: true });
  }).finally(() => (notice.hidden = true));
}

/** Leaves the list unchanged if the server cannot be reached; the next upload updates it. */
async function showConfirmed() {
  const response = await fetch("uploads").catch(() => null);
  if (response?.status === 401) {
    if (pending === 0) location.reload(); // The session has ended: the page asks for a login.
    return;
  }
  const answer = response?.ok && (await response.json().catch(() => null));
  if (!answer) return;
  const { user, uploads } = answer;
  find("#user").textContent = user;
  find("#none").hidden = uploads.length > 0;
  find("#confirmed").replaceChildren(
    ...uploads.map(({ key, size, type, etag }) => {
      const item = draw("#object");
      item.dataset.key = find(".name", item).textContent = key;
      find(".hint", item).textContent = `${bytes(size)} · ${type} · ETag ${etag}`;
      return item;
    }),
  );
}

function bytes(count) {
  const units = ["B", "KB", "MB", "GB"];
  const unit = Math.min(Math.floor(Math.log2(Math.max(count, 1)) / 10), units.length - 1);
  return `${Number((count / 1024 ** unit).toPrecision(3))} ${units[unit]}`;
}

// Files are sent one after the other, because a waiting form could expire.
let queue = showConfirmed();
const add = (files) =>
  [...files].forEach((file) => {
    const row = rowOf(file);
    const cancelling = new AbortController();
    find(".cancel", row).addEventListener("click", () => cancelling.abort());
    pending += 1;
    queue = queue.then(() => send(file, row, cancelling.signal));
  });

addEventListener("beforeunload", (event) => {
  if (pending > 0) event.preventDefault(); // The browser asks whether to leave.
});

const chooser = find("#files");
const take = () => {
  add(chooser.files);
  chooser.value = ""; // Choosing the same file again is a new upload.
};
chooser.addEventListener("change", take);
if (chooser.files.length) take(); // The files were chosen before this script ran.
