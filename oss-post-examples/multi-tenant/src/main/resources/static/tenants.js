/** The page of one tenant: the host names it, so the module needs no option. */
import { upload } from "./oss-post/oss-post.js";

const find = (selector) => document.querySelector(selector);
const tenant = location.hostname.endsWith(".localhost") ? location.hostname.slice(0, -".localhost".length) : "";

function cell(text, className) {
  const td = document.createElement("td");
  td.className = className ?? "";
  td.append(text);
  return td;
}

function bytes(size) {
  return size < 1 << 20 ? `${Math.round(size / 1024)} KB` : `${Math.round(size / (1 << 20))} MB`;
}

async function showTenants() {
  const all = await (await fetch("tenants")).json();
  find("#tenants").replaceChildren(
    ...all.map((one) => {
      const link = document.createElement("a");
      link.href = `http://${one.name}.localhost:${location.port}/`;
      link.textContent = one.name;
      const row = document.createElement("tr");
      row.dataset.tenant = one.name;
      row.append(cell(link), cell(one.bucket), cell(bytes(one.maxSize), "number"), cell(String(one.revision), "number"));
      return row;
    }),
  );
  const current = all.find((one) => one.name === tenant);
  find("#files").disabled = !current;
  if (current) {
    find("#tenant").textContent = current.name;
    find("#place").textContent = `Files go to bucket ${current.bucket}, at most ${bytes(current.maxSize)} each.`;
  }
}

async function send(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  name.className = "name";
  name.textContent = file.name;
  item.dataset.name = file.name;
  state.className = "state";
  state.textContent = "uploading";
  item.append(name, state);
  find("#uploads").append(item);
  try {
    // OSS cannot call this machine, so the module also tells the server that the file is stored.
    const stored = await upload(file);
    item.classList.add("stored");
    state.textContent = `stored as ${stored.key}`;
  } catch (error) {
    item.classList.add("failed");
    state.textContent = error.message;
  }
}

find("#files").addEventListener("change", (event) => {
  for (const file of event.target.files) send(file);
  event.target.value = "";
});

find("#add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("tenants", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  find("#saved").textContent = answer.ok ? "Saved." : `The server refused it: ${answer.status}.`;
  await showTenants();
});

await showTenants();
