/** The list of uploads that OSS reported to the server, independent of this page's own list. */
import { bytes } from "./format.js";

const EVERY = 1000;
const find = (selector, root = document) => root.querySelector(selector);
const time = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

let shown;

/**
 * Requests the list once a second while the page is visible; `nameOf(key)` is the file's name, if
 * this page knows it.
 */
export function watchConfirmed(nameOf, onNews) {
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch("confirmed", { cache: "no-store" }).catch(() => undefined);
    const text = answer?.ok && (await answer.text());
    if (!text || text === shown) return;
    const news = shown !== undefined;
    shown = text;
    const uploads = JSON.parse(text);
    find("#confirmed").replaceChildren(...uploads.map((upload) => draw(upload, nameOf(upload.key))));
    find(".confirmed").hidden = uploads.length === 0;
    if (news) onNews();
  };
  const again = () => ask().finally(() => setTimeout(again, EVERY));
  again();
}

function draw({ key, size, type, at }, name = key.split("/").at(-1)) {
  const item = find("#confirmed-row").content.cloneNode(true).firstElementChild;
  item.dataset.key = item.title = key;
  find("bdi", item).textContent = name;
  find(".facts", item).textContent = [bytes(size), type, time.format(new Date(at))].filter(Boolean).join(" · ");
  return item;
}
