
// The rest stands only in the copy that a server of oss-post serves, which asks where it comes from.
// Versions and hashes that a server puts into the file's name or behind it change nothing.
besideModule = /^https?:\/\/[^?#]*?(?=\/oss-post\/oss-post[^/?#]*\.js(?:[?#]|$))/.exec(import.meta.url)?.[0];
