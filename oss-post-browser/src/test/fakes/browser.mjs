// What Node.js lacks of a browser: XMLHttpRequest, and answers of a server to fetch.

const real = { fetch: globalThis.fetch, XMLHttpRequest: globalThis.XMLHttpRequest };

export function restore() {
  Object.assign(globalThis, real);
}

/** The requests that were made since `answerUploads` and `answerServer`. */
export const requests = { oss: [], server: [] };

/**
 * Answers each request to OSS with what `answer(request)` returns: `{ status, headers, body,
 * progress, hangs }`. Without a status the connection breaks; `progress` are pairs of loaded and
 * total.
 */
export function answerUploads(answer) {
  requests.oss = [];
  globalThis.XMLHttpRequest = class {
    upload = {};
    headers = {};
    open(method, url) {
      Object.assign(this, { method, url });
    }
    setRequestHeader(name, value) {
      this.headers[name] = value;
    }
    getAllResponseHeaders() {
      return this.answer.headers ?? "";
    }
    send(body) {
      const request = { method: this.method, url: this.url, headers: this.headers, body };
      requests.oss.push(request);
      queueMicrotask(async () => {
        this.answer = await answer(request);
        const { progress = [], hangs, breaks, status, body: text = "" } = this.answer;
        for (const [loaded, total] of progress) this.upload.onprogress({ loaded, total, lengthComputable: true });
        if (hangs) return;
        if (breaks === "abort") return this.abort();
        this.status = status ?? 0;
        this.responseText = text;
        status ? this.onload() : this.onerror();
        this.onloadend();
      });
    }
    abort() {
      this.onabort();
      this.onloadend();
    }
  };
}

/**
 * Answers each request to the server with what `answer({ path, query, form })` returns: `[body,
 * status, headers]`. An error breaks the connection.
 */
export function answerServer(answer) {
  requests.server = [];
  globalThis.fetch = async (target, init) => {
    const { pathname, searchParams } = new URL(target, "http://page.example");
    const form = init.body ? Object.fromEntries(new URLSearchParams(`${init.body}`)) : undefined;
    const request = { path: pathname, query: Object.fromEntries(searchParams), form, init, target };
    requests.server.push(request);
    init.signal?.throwIfAborted();
    const [body, status = 200, headers = {}] = await answer(request);
    return new Response(status === 204 ? null : typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  };
}

/** Makes waits short. Call before the module is imported. */
export function hurry() {
  const timeout = globalThis.setTimeout;
  globalThis.setTimeout = (work, milliseconds, ...more) => timeout(work, milliseconds / 1000, ...more);
}
