// The bytes that a page loads: minified by esbuild, compressed by Brotli.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const { outputFiles, metafile } = await build({
  entryPoints: [fileURLToPath(new URL("../../main/js/oss-post.js", import.meta.url))],
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  outdir: "built",
  write: false,
  metafile: true,
});
const loadedLater = Object.values(metafile.outputs)
  .flatMap(({ imports }) => imports)
  .filter(({ kind }) => kind === "dynamic-import")
  .map(({ path }) => path);
const compressed = (files) => files.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0);

test("form alone needs at most 6,550 bytes", () => {
  const forms = outputFiles.filter(({ path }) => !loadedLater.some((later) => path.endsWith(later)));
  assert.ok(forms.length < outputFiles.length, "the code for parts is loaded later");
  assert.ok(compressed(forms) <= 6_550, `${compressed(forms)} bytes`);
});

test("form and parts need at most 10,100 bytes", () => {
  assert.ok(compressed(outputFiles) <= 10_100, `${compressed(outputFiles)} bytes`);
});
