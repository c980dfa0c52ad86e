
// The following statement is only in the copy that a server with oss-post serves. It determines the
// module's own address. Versions and hashes in the file's name or query do not matter.
besideModule = /^https?:\/\/[^?#]*?(?=\/oss-post\/oss-post[^/?#]*\.js(?:[?#]|$))/.exec(import.meta.url)?.[0];
