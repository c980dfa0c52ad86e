// Sends the chosen file with the options in the page's query, and shows the result as JSON.
import { resultOf } from "./module-result.js";

const { from = "page", ...options } = JSON.parse(decodeURIComponent(location.search.slice(1)) || "{}");
const violations = document.querySelector("#violations");
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  violations.value += `${effectiveDirective} ${blockedURI}\n`;
});

const senders = {
  page: resultOf,
  worker: (file) => {
    const policy = globalThis.trustedTypes?.createPolicy("page", { createScriptURL: (url) => url });
    const url = "module-worker.js";
    const worker = new Worker(policy?.createScriptURL(url) ?? url, { type: "module" });
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => resolve({ code: "worker", message });
      worker.postMessage({ file, options });
    });
  },
};

document.querySelector("input").addEventListener("change", async ({ target }) => {
  const result = document.querySelector("#result");
  result.value = "";
  result.value = JSON.stringify(await senders[from](target.files[0], options));
});
document.body.dataset.ready = "";
