// Runs rows with ali-oss in Node. Argument: the options as JSON. Prints one JSON line for each row.

import { createRequire } from 'node:module';
import http from 'node:http';
import { rows, run } from './conformance.mjs';

const given = JSON.parse(process.argv[2]);
const OSS = createRequire(import.meta.url)('ali-oss');
const { bucket, region, keyId, token, v4 } = given;

// Names below localhost are this machine (RFC 6761), independent of the resolver.
const lookup = (host, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

const store = new OSS({
  accessKeyId: keyId,
  accessKeySecret: given.secret,
  ...(token && { stsToken: token, refreshSTSToken: undefined }),
  bucket,
  region: `oss-${region}`,
  endpoint: given.endpoint,
  secure: false,
  sldEnable: given.sldEnable,
  authorizationV4: v4,
  agent: new http.Agent({ keepAlive: true, lookup }),
});

// fetch would use the resolver.
function send(url, { method = 'GET', headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, lookup }, answer => {
      let text = '';
      answer.on('data', piece => (text += piece));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function form(fields) {
  const data = new FormData();
  Object.entries(fields).forEach(([name, value]) => data.append(name, value));
  data.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
  const answer = await fetch(`${given.loopback}/${bucket}/`, { method: 'POST', body: data });
  return answer.status;
}

const all = rows(store, {
  bytes: text => Buffer.from(text),
  text: result => result.content.toString(),
  form,
  send,
  bucket,
  region,
  keyId,
  token,
  v4,
});
await run(all, given.rows, (row, message) => console.log(JSON.stringify({ row, message })));
process.exit(0);
