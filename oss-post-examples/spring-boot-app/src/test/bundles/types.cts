// The package as CommonJS projects import it.
import ossPost = require("oss-post");

export const uploaded: Promise<ossPost.StoredObject> = ossPost.upload(new Blob(["hello"]), { filename: "a.txt" });
