// The same with require.
const { configure, uploadAll } = require("oss-post");

configure({ grantUrl: `${document.baseURI}get_post_signature_for_oss_upload` });
const input = document.querySelector("input");
input.addEventListener("change", async () => {
  const results = await uploadAll(input.files, { checksum: true });
  document.querySelector("output").value = results.map(({ value, reason }) => value?.key ?? reason.message).join("\n");
});
