
// The following statement is only in the copy that a server with oss-post serves. It determines the
// module's own address.
import { servedAt } from "./grants.js";
servedAt(import.meta.url);
