// A page with Uppy. The test drives it through `window.uppy`.
import Uppy from "@uppy/core";
import OssPost from "oss-post/uppy";

const grantUrl = `${document.baseURI}get_post_signature_for_oss_upload`;
const profile = new URLSearchParams(location.search).get("profile") ?? undefined;
window.uppy = new Uppy({ autoProceed: true }).use(OssPost, { grantUrl, profile });
const input = document.querySelector("input");
const output = document.querySelector("output");
input.addEventListener("change", () => {
  for (const data of input.files) window.uppy.addFile({ name: data.name, type: data.type, data });
});
window.uppy.on("complete", ({ successful, failed }) => {
  output.value = [...successful.map(({ response }) => response.body.key), ...failed.map(({ error }) => error)].join("\n");
});
