/** The list of uploads that the server knows, with their states, independent of this page's own list. */
import { bytes } from "./format.js";

const EVERY = 1000;
const find = (selector, root = document) => root.querySelector(selector);
const time = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

const STATES = { granted: "granted, not stored yet", stored: "stored", late: "stored late", absent: "ended without a file", lost: "lost" };
const SOURCES = { callback: "OSS called back", confirmation: "the page told", completion: "the server completed it", sweep: "the sweep found it" };

let shown;
let stored = new Set();

/**
 * Requests the list once a second while the page is visible; `nameOf(key)` is the file's name, if
 * this page knows it. Calls `onNews` if another upload is stored.
 */
export function watchStates(nameOf, onNews) {
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch("states", { cache: "no-store" }).catch(() => undefined);
    const text = answer?.ok && (await answer.text());
    if (!text || text === shown) return;
    const first = shown === undefined;
    shown = text;
    const uploads = JSON.parse(text);
    const before = stored;
    stored = new Set(uploads.filter(({ source }) => source).map(({ key }) => key));
    find("#states").replaceChildren(...uploads.map((upload) => draw(upload, nameOf(upload.key))));
    find(".states").hidden = uploads.length === 0;
    if (!first && [...stored].some((key) => !before.has(key))) onNews();
  };
  const again = () => ask().finally(() => setTimeout(again, EVERY));
  again();
}

function draw({ key, state, source, size, type, changedAt }, name = key.split("/").at(-1)) {
  const item = find("#state-row").content.cloneNode(true).firstElementChild;
  item.dataset.key = item.title = key;
  item.dataset.state = state;
  find("bdi", item).textContent = name;
  const facts = source ? [bytes(size), type, time.format(new Date(changedAt))] : [time.format(new Date(changedAt))];
  find(".facts", item).textContent = facts.filter(Boolean).join(" · ");
  find(".known", item).textContent = [STATES[state], SOURCES[source]].filter(Boolean).join(": ");
  return item;
}
