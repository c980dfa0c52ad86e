/** The page: sends the chosen files, and shows OSS's reports to the server. */
import { upload } from "./oss-post/oss-post.js";

const find = (selector, root = document) => root.querySelector(selector);
const draw = (template) => find(template).content.cloneNode(true).firstElementChild;

async function send(file) {
  const row = draw("#row");
  const state = find(".state", row);
  const bar = find("progress", row);
  row.dataset.name = find(".name", row).textContent = file.name;
  bar.max = file.size || 1;
  bar.setAttribute("aria-label", `Upload of ${file.name}`);
  find("#sending").prepend(row);
  try {
    const stored = await upload(file, {
      grantUrl: "get_post_signature_for_oss_upload", // The path is relative, because the application's path comes before it.
      onProgress: ({ loaded }) => {
        bar.value = loaded;
        state.textContent = `${bytes(loaded)} of ${bytes(file.size)}`;
      },
    });
    row.dataset.key = stored.key;
    row.dataset.state = "stored";
    state.textContent = "Stored";
  } catch (error) {
    row.dataset.state = "refused";
    state.textContent = "Not stored";
    find(".reason", row).textContent = error.message;
    find(".reason", row).hidden = false;
  }
  if (row.dataset.state === "stored") await showConfirmed();
}

/** Leaves the list unchanged if the server cannot be reached; the next upload updates it. */
async function showConfirmed() {
  const response = await fetch("uploads").catch(() => null);
  if (response?.status === 401) return location.reload(); // The session has ended: the page asks for a login.
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
const add = (files) => [...files].forEach((file) => (queue = queue.then(() => send(file))));

const chooser = find("#files");
const take = () => {
  add(chooser.files);
  chooser.value = ""; // Choosing the same file again is a new upload.
};
chooser.addEventListener("change", take);
if (chooser.files.length) take(); // The files were chosen before this script ran.
