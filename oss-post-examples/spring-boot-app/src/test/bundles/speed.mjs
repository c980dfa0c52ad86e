// Uploads one file in each way, and measures time and how long the page was blocked.
import Uppy from "@uppy/core";
import { upload } from "oss-post";
import OssPost from "oss-post/uppy";

const grantUrl = `${document.baseURI}get_post_signature_for_oss_upload`;

const ways = {
  form: (file) => upload(file, { grantUrl, kind: "form", retries: 0 }),
  put: (file) => upload(file, { grantUrl, kind: "put", retries: 0 }),
  parts: (file) => upload(file, { grantUrl, kind: "multipart" }),
  "parts, CRC-64": (file) => upload(file, { grantUrl, kind: "multipart", checksum: true }),
  "parts in Uppy": (file) =>
    new Promise((resolve, reject) => {
      const uppy = new Uppy({ autoProceed: true }).use(OssPost, { grantUrl, kind: "multipart" });
      uppy.on("complete", ({ successful: [done], failed: [gone] }) => (gone ? reject(gone.error) : resolve(done)));
      uppy.addFile({ name: file.name, type: file.type, data: file });
    }),
  "ali-oss": async (file) => {
    const token = await (await fetch("get_sts_token_for_oss_upload?profile=large")).json();
    const { origin } = new URL(token.Url);
    const client = new window.OSS({
      accessKeyId: token.AccessKeyId,
      accessKeySecret: token.AccessKeySecret,
      stsToken: token.SecurityToken,
      bucket: token.Bucket,
      region: `oss-${token.Region}`,
      endpoint: origin,
      secure: false,
      sldEnable: true,
      authorizationV4: true,
    });
    return client.multipartUpload(`${token.Dir}${Date.now()}.bin`, file, { parallel: 4 });
  },
};

let blocked = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) blocked += duration - 50;
}).observe({ type: "longtask" });

/** Returns `[seconds, blocked seconds]`. Blocking is what a task takes beyond 50 ms. */
window.measure = async (way) => {
  const [file] = document.querySelector("input").files;
  blocked = 0;
  const began = performance.now();
  await ways[way](file);
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 100));
  return [seconds, blocked / 1000];
};
