// Builds dist/: the module unchanged, the same for `require`, and the types of both.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const source = new URL("src/main/js/", import.meta.url);
const target = new URL("dist/", import.meta.url);

rmSync(target, { recursive: true, force: true });
mkdirSync(target);
copyFileSync(new URL("oss-post.js", source), new URL("oss-post.js", target));
copyFileSync(new URL("oss-post.d.ts", source), new URL("oss-post.d.ts", target));
copyFileSync(new URL("oss-post.d.ts", source), new URL("oss-post.d.cts", target));

const module = readFileSync(new URL("oss-post.js", source), "utf8");
const exported = /^export (async function|function|class) (\w+)/gm;
const names = [...module.matchAll(exported)].map(([, , name]) => name);
const plain = module.replace(exported, "$1 $2");
writeFileSync(
  new URL("oss-post.cjs", target),
  `"use strict";\n${plain}\nmodule.exports = { ${names.join(", ")} };\n`,
);
