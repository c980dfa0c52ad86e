// Builds dist/: the modules unchanged, one bundle of them for `require`, and the types of both.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const source = new URL("src/main/js/", import.meta.url);
const npmOnly = new URL("src/main/npm/", import.meta.url);
const target = new URL("dist/", import.meta.url);

rmSync(target, { recursive: true, force: true });
mkdirSync(target);
for (const name of readdirSync(source).filter((name) => name !== "served.js")) {
  copyFileSync(new URL(name, source), new URL(name, target));
}
for (const name of readdirSync(npmOnly)) copyFileSync(new URL(name, npmOnly), new URL(name, target));
copyFileSync(new URL("oss-post.d.ts", source), new URL("oss-post.d.cts", target));

await build({
  entryPoints: [new URL("oss-post.js", source).pathname],
  outfile: new URL("oss-post.cjs", target).pathname,
  bundle: true,
  format: "cjs",
  platform: "neutral",
  target: "es2022",
  // Only modules know their own address. Without it CRC-64 is computed outside of a worker.
  define: { "import.meta.url": "undefined" },
  logLevel: "warning",
});
