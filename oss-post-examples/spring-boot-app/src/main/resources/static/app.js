/** The page: chooses files and shows their progress. ways.js sends them to OSS. */
import { bytes, files, seconds } from "./format.js";
import { UploadError } from "./oss-post/oss-post.js";
import { watchStates } from "./states.js";
import { loadSdk, ways } from "./ways.js";

const AT_ONCE = 3;
const profile = new URLSearchParams(location.search).get("profile") ?? undefined;
const find = (selector, root = document) => root.querySelector(selector);

/** Rows that are drawn in one go. More would block the page for longer than a frame. */
const DRAWN_AT_ONCE = 20;

/** One upload per row: `{ item, file, way, state, loaded, ticket, parts, abort, … }`, in the list's order. */
let rows = [];

/**
 * The file names of granted objects, because OSS may call the server before it answers this page.
 */
const names = new Map();

// ---------------------------------------------------------------- uploading

async function add(files) {
  const way = find("[name=way]:checked").value;
  const all = [...files];
  for (let i = 0; i < all.length; i += DRAWN_AT_ONCE) {
    if (i) await new Promise(requestAnimationFrame);
    draw(all.slice(i, i + DRAWN_AT_ONCE), way);
  }
}

function draw(files, way) {
  const added = files.map((file) => ({ file, way, item: drawRow(file), loaded: 0, parts: {} }));
  rows.push(...added);
  find("#uploads").append(...added.map((row) => row.item));
  for (const row of added) {
    find(".cancel", row.item).addEventListener("click", () => cancel(row));
    find(".pause", row.item).addEventListener("click", () => pause(row));
    find(".retry", row.item).addEventListener("click", () => retry(row));
    find(".copy", row.item).addEventListener("click", () => copyKey(row));
    enter(row, "queued");
  }
  startNext();
}

function startNext() {
  const free = AT_ONCE - rows.filter(isActive).length;
  rows.filter((row) => row.state === "queued").slice(0, Math.max(free, 0)).forEach(run);
}

async function run(row) {
  row.abort = new AbortController();
  row.wish = undefined;
  const { signal } = row.abort;
  row.started = performance.now();
  row.samples = [];
  try {
    enter(row, "granting");
    row.stored = await ways[row.way](row.file, {
      profile,
      signal,
      ticket: row.ticket,
      parts: row.parts,
      onGrant(grant) {
        row.ticket = grant.ticket;
        row.resumable = row.way === "sdk" || !grant.url;
        if (grant.key) names.set(grant.key, row.file.name);
        showLimits(grant.limits);
        enter(row, "uploading");
      },
      onProgress: (loaded) => signal.aborted || progress(row, loaded),
      onRetry({ error }) {
        row.note = ` · ${error.code === "network-error" ? "waiting for the line" : "trying again"}`;
        showProgress(row);
      },
    });
    enter(row, "stored");
  } catch (error) {
    if (error.name === "AbortError") {
      if (row.wish === "pause") enter(row, "paused");
      else leave(row);
    } else {
      row.ticket = error.retryable || error.stage === "confirm" ? error.ticket : undefined;
      row.error = error;
      enter(row, "refused");
    }
  }
  startNext();
}

function pause(row) {
  stop(row, "pause");
}

function cancel(row) {
  if (isActive(row)) stop(row, "cancel");
  else leave(row);
}

/** The upload may only end with a part that is being sent. Until then the latest button counts. */
function stop(row, wish) {
  row.wish = wish;
  row.abort.abort();
}

function leave(row) {
  drop(row);
  enter(row, "cancelled");
}

/** Uploaded parts would remain in the bucket, and cost storage. */
function drop(row) {
  if (row.resumable && row.state !== "stored") row.parts.drop?.()?.catch(() => {});
  row.parts = {};
}

function retry(row) {
  enter(row, "queued");
  startNext();
}

const isActive = ({ state }) => state === "granting" || state === "uploading";
const isFinished = ({ state }) => state === "stored" || state === "refused" || state === "cancelled";

// ---------------------------------------------------------------- one row

const KINDS = [
  ["image", /^image\//],
  ["video", /^video\//],
  ["audio", /^audio\//],
  ["archive", /zip|compressed|tar|x-7z|rar|gzip/],
  ["text", /^text\/|pdf|document|msword|rtf|json|sheet|excel|presentation|powerpoint/],
];

function drawRow(file) {
  const item = find("#row").content.cloneNode(true).firstElementChild;
  item.dataset.name = file.name;
  find(".name bdi", item).textContent = file.name;
  find(".name", item).title = file.name;
  find("progress", item).max = file.size || 1;
  find("progress", item).setAttribute("aria-label", `Upload of ${file.name}`);
  find(".cancel", item).setAttribute("aria-label", `Cancel ${file.name}`);
  find(".cancel", item).title = "Cancel";
  find(".pause", item).setAttribute("aria-label", `Pause ${file.name}`);
  find(".pause", item).title = "Pause";
  find(".copy", item).setAttribute("aria-label", `Copy the object name of ${file.name}`);

  const kind = KINDS.find(([, pattern]) => pattern.test(file.type))?.[0] ?? "other";
  find(".thumb use", item).setAttribute("href", `#kind-${kind}`);
  find(".ending", item).textContent = /\.([^.\s]{1,5})$/.exec(file.name)?.[1].toUpperCase() ?? "";
  if (kind === "image") preview(file, find(".thumb", item));
  return item;
}

/** Shows the local picture once the row is on the screen. The symbol remains if the browser cannot draw this type. */
const onScreen = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    onScreen.unobserve(target);
    drawPreview(target.file, target);
  }
});

function preview(file, thumb) {
  thumb.file = file;
  onScreen.observe(thumb);
}

function drawPreview(file, thumb) {
  const image = new Image();
  const address = URL.createObjectURL(file);
  const settle = () => URL.revokeObjectURL(address);
  image.alt = "";
  image.onload = () => (settle(), thumb.replaceChildren(image));
  image.onerror = settle;
  image.src = address;
}

/** Sets the row's state and shows everything that depends on it. */
function enter(row, state) {
  const { item, file } = row;
  const focused = document.activeElement;
  row.state = item.dataset.state = state;

  row.note = "";
  if ((state === "queued" || state === "granting") && !row.resumable) row.loaded = 0;
  if (state === "stored") showKey(row);
  if (state === "refused") showReason(row);
  find(".reason", item).hidden = state !== "refused";
  find(".stored", item).hidden = state !== "stored";
  find(".pause", item).hidden = state !== "uploading" || !row.resumable;
  find(".cancel", item).hidden = isFinished(row);
  showRetry(row);
  // If a pressed button vanished, the keyboard's focus would be lost.
  if (item.contains(focused) && focused.hidden) {
    find({ queued: ".cancel", stored: ".copy" }[state] ?? ".retry", item).focus();
  }

  showProgress(row);
  showWhole();
  const said = { stored: "stored", paused: "paused", cancelled: "cancelled", refused: `not stored: ${row.error?.message}` };
  if (said[state]) announce(`${file.name} ${said[state]}`);
}

/** Refusals that end when the user logs in. Others need another file or the operator. */
const AFTER_LOGIN = new Set(["not-authenticated", "login-required"]);

function showRetry({ item, file, state, error }) {
  const word = state === "paused" ? "Resume" : "Retry";
  const helps = { paused: true, cancelled: true, refused: error?.retryable || AFTER_LOGIN.has(error?.code) };
  const button = find(".retry", item);
  button.hidden = !helps[state];
  button.setAttribute("aria-label", `${word} ${file.name}`);
  find("span", button).textContent = word;
  find("use", button).setAttribute("href", state === "paused" ? "#icon-resume" : "#icon-retry");
}

let unsaid = [];
let speaking;

/** Says what happened, but of many files only how many. A screen reader reads it all out. */
function announce(text) {
  unsaid.push(text);
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    find("#announce").textContent = unsaid.length > 3 ? summary() : unsaid.join(". ");
    unsaid = [];
  }, 400);
}

/**
 * Shows the object's name as a link. The bucket is private, so the server signs the link when it is
 * followed.
 */
function showKey({ item, stored }) {
  const key = find(".key", item);
  item.dataset.key = key.textContent = stored.key;
  key.href = `link?key=${encodeURIComponent(stored.key)}`;
}

/** The bytes of files that were sent, including repeated attempts. */
let sent = 0;

function progress(row, loaded) {
  sent += loaded - row.loaded;
  row.loaded = loaded;
  const now = performance.now();
  row.samples = [...row.samples.filter(({ at }) => now - at < 3000), { at: now, loaded }];
  row.note = "";
  showProgress(row);
  showWhole();
}

/** Results that are not a refusal. */
const REFUSALS = { "network-error": "Failed", CallbackFailed: "Stored, but not confirmed" };

function result({ stage, code }) {
  return stage === "confirm" ? REFUSALS.CallbackFailed : (REFUSALS[code] ?? "Refused");
}

function showProgress(row) {
  const { item, file, state, loaded } = row;
  const share = state === "stored" ? 1 : file.size ? loaded / file.size : 0;
  find("progress", item).value = state === "stored" ? find("progress", item).max : loaded;
  find(".percent", item).textContent = state === "uploading" ? `${Math.floor(share * 100)} %` : "";
  find(".state", item).textContent = {
    queued: () => `${bytes(file.size)} · waiting`,
    granting: () => `${bytes(file.size)} · asking your server`,
    uploading: () =>
      loaded && loaded === file.size
        ? `${bytes(file.size)}${row.note || " · OSS is storing"}`
        : `${bytes(loaded)} of ${bytes(file.size)}${row.note || speed(row)}`,
    paused: () => `Paused · ${bytes(loaded)} of ${bytes(file.size)} sent`,
    stored: () => `Stored · ${bytes(file.size)} in ${seconds((performance.now() - row.started) / 1000)}`,
    refused: () => `${result(row.error)} · ${bytes(file.size)}`,
    cancelled: () => `Cancelled · ${bytes(file.size)}`,
  }[state]();
}

function speed({ samples, file }) {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || last.at - first.at < 250) return "";
  const perSecond = ((last.loaded - first.loaded) / (last.at - first.at)) * 1000;
  if (!perSecond) return "";
  return ` · ${bytes(perSecond)}/s · ${seconds((file.size - last.loaded) / perSecond)} left`;
}

function showReason({ item, error }) {
  const known = error instanceof UploadError;
  const { detail = String(error), fix, retryAfter, stage, status, code, requestId, ec } = known ? error : {};
  find(".detail", item).textContent = detail;
  find(".fix", item).textContent = [fix, retryAfter && `Wait ${seconds(retryAfter)} before you try again.`]
    .filter(Boolean)
    .join(" ");
  const ofServer = stage === "grant" || stage === "confirm";
  const source = ofServer ? "Your server" : stage === "page" ? "This page" : "OSS";
  const trace = [status && `${source} answered ${status}`, code];
  if (requestId) trace.push(`request ${requestId}`);
  if (ec) trace.push(`EC ${ec}`);
  find(".trace", item).textContent = trace.filter(Boolean).join(" · ");
}

async function copyKey({ item, stored }) {
  const label = find(".copy span", item);
  try {
    await navigator.clipboard.writeText(stored.key);
    label.textContent = "Copied";
    announce("Object name copied");
    setTimeout(() => (label.textContent = "Copy"), 1600);
  } catch {
    // There is no clipboard outside https and localhost, so the name is selected for the user to
    // copy.
    getSelection().selectAllChildren(find(".key", item));
  }
}

// ---------------------------------------------------------------- the summary

let drawing;

/** Draws the summary at most once per frame, because many files report at once. */
function showWhole() {
  drawing ??= requestAnimationFrame(() => {
    drawing = undefined;
    drawWhole();
  });
}

function drawWhole() {
  const counts = counted();
  const { granting = 0, uploading = 0, stored = 0 } = counts;
  find("#flow").toggleAttribute("data-granting", granting > 0);
  find("#flow").toggleAttribute("data-uploading", uploading > 0);
  find("#now").textContent = uploading
    ? `Sending ${files(uploading)} straight to OSS.`
    : granting
      ? `Requesting a grant for ${files(granting)}.`
      : stored
        ? `${files(stored)} in the bucket. Your server never saw a byte.`
        : "Waiting for your files.";
  find("#summary").textContent = summary();
  find("#sent").textContent = bytes(sent);
  find(".list-head").hidden = rows.length === 0;
  find("#clear").hidden = !rows.some(isFinished);

  const active = rows.filter((row) => !isFinished(row));
  const total = active.reduce((sum, row) => sum + row.file.size, 0);
  const loaded = active.reduce((sum, row) => sum + row.loaded, 0);
  const title = "Straight to OSS";
  document.title = active.length ? `${total ? Math.floor((loaded / total) * 100) : 0} % · ${title}` : title;
}

/** The number of rows in each state. */
function counted() {
  const counts = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function summary() {
  const counts = counted();
  return [["queued", "waiting"], ["granting", "asking"], ["uploading"], ["paused"], ["stored"], ["refused"], ["cancelled"]]
    .filter(([state]) => counts[state])
    .map(([state, word = state]) => `${counts[state]} ${word}`)
    .join(" · ");
}

find("#clear").addEventListener("click", () => {
  for (const row of rows.filter(isFinished)) {
    drop(row);
    row.item.remove();
  }
  rows = rows.filter((row) => !isFinished(row));
  showWhole();
  find("#files").focus();
});

function showLimits(limits) {
  if (!limits) return;
  const { minSize, maxSize, contentTypes = [] } = limits;
  const size = maxSize === undefined ? "Any size" : `Up to ${bytes(maxSize)} a file`;
  const least = minSize > 1 ? `, at least ${bytes(minSize)}` : "";
  find("#limits summary").textContent = `${size}${least}, ${contentTypes.length || "all"} content types`;
  find("#limits p").textContent = contentTypes.join(", ");
  find("#limits").hidden = false;
}

// ---------------------------------------------------------------- what the server knows

watchStates(
  (key) => names.get(key),
  () => {
    const flow = find("#flow");
    flow.toggleAttribute("data-confirming", true);
    setTimeout(() => flow.removeAttribute("data-confirming"), 1800);
  },
);

// ---------------------------------------------------------------- choosing

for (const choice of document.querySelectorAll("[name=way]")) {
  const { value, dataset } = choice;
  choice.addEventListener("change", async () => {
    find("#way-note").textContent = dataset.note;
    if (value === "sdk") await loadSdk().catch(({ message }) => (find("#way-note").textContent = message));
  });
}

const chooser = find("#files");
const take = () => {
  add([...chooser.files]);
  chooser.value = ""; // Choosing the same file again is a new upload.
};
chooser.addEventListener("change", take);
if (chooser.files.length) take(); // The files were chosen before this script ran.

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

for (const type of ["dragenter", "dragover"]) {
  addEventListener(type, (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    document.body.toggleAttribute("data-dragging", true);
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.removeAttribute("data-dragging");
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.removeAttribute("data-dragging");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
  const dropped = [...event.dataTransfer.files];
  if (entries.some((entry) => entry?.isDirectory)) filesIn(entries).then(add, ({ message }) => announce(message));
  else add(dropped);
});

/** The files in folders and in the folders below them. A folder gives its entries in portions. */
async function filesIn(entries) {
  const found = [];
  for (const entry of entries.filter(Boolean)) {
    if (entry.isFile) {
      found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      continue;
    }
    const reader = entry.createReader();
    for (let portion; (portion = await new Promise((done, fail) => reader.readEntries(done, fail))).length; ) {
      found.push(...(await filesIn(portion)));
    }
  }
  return found;
}

addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length) add([...event.clipboardData.files]);
});
addEventListener("beforeunload", (event) => {
  if (rows.some((row) => isActive(row) || row.state === "paused")) event.preventDefault();
});
