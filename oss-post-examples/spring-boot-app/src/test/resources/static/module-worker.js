// A worker of the page, which imports the module itself.
import { resultOf } from "./module-result.js";

globalThis.onmessage = async ({ data: { file, options } }) => globalThis.postMessage(await resultOf(file, options));
