// Builds every page in the folder of the first argument, with the bundlers that applications use.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import webpack from "webpack";

const [target] = process.argv.slice(2);
mkdirSync(target, { recursive: true });
const here = process.cwd();

const packed = (config) =>
  new Promise((resolve, reject) =>
    webpack({ mode: "production", context: here, ...config }, (error, stats) =>
      error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve(),
    ),
  );

await vite({
  root: here,
  base: "./",
  logLevel: "warn",
  worker: { format: "es" },
  build: { outDir: `${target}/vite`, rollupOptions: { input: "upload.mjs", output: { entryFileNames: "page.js" } } },
});
const output = (name) => ({ path: `${target}/${name}`, filename: "page.js", publicPath: "auto" });
await packed({ entry: "./upload.mjs", output: output("webpack") });
await packed({ entry: "./upload.cjs", output: output("webpack-commonjs") });
await esbuild({ entryPoints: ["uppy.mjs"], bundle: true, format: "esm", minify: true, outfile: `${target}/uppy/page.js` });
await esbuild({ entryPoints: ["speed.mjs"], bundle: true, format: "esm", minify: true, outfile: `${target}/speed/page.js` });
await esbuild({ entryPoints: ["upload.mjs"], bundle: true, format: "iife", minify: true, outfile: `${target}/plain/page.js` });
copyFileSync("node_modules/axe-core/axe.min.js", `${target}/axe.min.js`);

const page = readFileSync("page.html", "utf8");
for (const [name, type] of Object.entries({ vite: "module", webpack: "text/javascript", "webpack-commonjs": "text/javascript", uppy: "module", speed: "module", plain: "text/javascript" })) {
  writeFileSync(`${target}/${name}/index.html`, `${page}<script type="${type}" src="${target.split("/").at(-1)}/${name}/page.js"></script>\n`);
}
