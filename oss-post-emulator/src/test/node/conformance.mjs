// The calls of the unmodified ali-oss, in Node and in a browser: one function for each row of
// CONFORMANCE.md. The caller supplies functions for its platform: `bytes(text)` makes the argument
// of `put`, `text(result)` reads the result of `get`, `send(url, options)` is fetch answered by
// status and text, and `form(fields)` posts a form with a small file and answers the status.

const PART = 102400;

function same(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) {
    throw new Error(`${what} is ${a}, not ${b}`);
  }
}

async function failure(promise) {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('the call succeeded and must not');
}

export function rows(store, { bytes, text, form, send, bucket, region, keyId, token, v4 }) {
  const key = name => `${bucket}/${name} 字+.txt`;
  const put = async name => {
    await store.put(key(name), bytes('hello world'), {
      mime: 'text/x-odd',
      meta: { author: 'alice' },
      headers: { 'Cache-Control': 'no-cache' },
    });
    return key(name);
  };
  const sized = length => bytes('A'.repeat(length));
  const signed = (method, name, type) =>
    v4
      ? store.signatureUrlV4(method, 600, { headers: type ? { 'Content-Type': type } : {} }, name)
      : store.signatureUrl(name, { method, expires: 600, 'Content-Type': type });
  const begin = async name => (await store.initMultipartUpload(key(name))).uploadId;
  const part = async (name, id, number, content, length) =>
    (await store.uploadPart(key(name), id, number, content, 0, length)).etag;

  return {
    async PUT() {
      const result = await store.put(key('put'), bytes('hello world'));
      same(result.res.headers.etag, '"5EB63BBBE01EEED093CB22BB8F5ACDC3"', 'ETag');
      same(result.res.headers['x-oss-hash-crc64ecma'], '5981764153023615706', 'CRC');
    },
    async GET() {
      const name = await put('get');
      const result = await store.get(name);
      same(await text(result), 'hello world', 'content');
      same(result.res.headers['x-oss-meta-author'], 'alice', 'metadata');
    },
    async RANGE() {
      const name = await put('range');
      const result = await store.get(name, { headers: { Range: 'bytes=6-10' } });
      same([result.res.status, await text(result)], [206, 'world'], 'range');
    },
    async NOT_MODIFIED() {
      const name = await put('not-modified');
      const { res } = await store.head(name);
      const again = await store.head(name, { headers: { 'If-None-Match': res.headers.etag } });
      same(again.status, 304, 'status');
    },
    async HEAD() {
      const { meta, res } = await store.head(await put('head'));
      same(meta, { author: 'alice' }, 'metadata');
      same(res.headers['content-length'], '11', 'length');
      same((await failure(store.head(key('missing')))).code, 'NoSuchKey', 'code');
    },
    async META() {
      const { res } = await store.getObjectMeta(await put('meta'));
      same(res.headers['content-length'], '11', 'length');
    },
    async COPY() {
      await store.copy(key('copied'), await put('copy'));
      same(await text(await store.get(key('copied'))), 'hello world', 'content');
      await store.putMeta(key('copied'), { author: 'bob' });
      same((await store.head(key('copied'))).meta, { author: 'bob' }, 'metadata');
    },
    async APPEND() {
      const first = await store.append(key('append'), bytes('hello '));
      same(first.nextAppendPosition, '6', 'position');
      await store.append(key('append'), bytes('world'), { position: '6' });
      same(await text(await store.get(key('append'))), 'hello world', 'content');
    },
    async DELETE() {
      const name = await put('delete');
      await store.delete(name);
      same((await failure(store.get(name))).code, 'NoSuchKey', 'code');
    },
    async DELETE_MANY() {
      const names = [await put('many-1'), await put('many-2')];
      const { deleted } = await store.deleteMulti(names);
      same(deleted.map(one => one.Key), names, 'deleted');
      await store.deleteMulti(names, { quiet: true });
    },
    async LIST() {
      for (const name of ['list/1', 'list/2/a', 'list/2/b', 'list/3']) {
        await put(name);
      }
      const query = { prefix: `${bucket}/list/`, delimiter: '/', 'max-keys': 2 };
      const first = await store.list(query);
      same([first.isTruncated, first.prefixes], [true, [`${bucket}/list/2/`]], 'first page');
      const second = await store.list({ ...query, marker: first.nextMarker });
      same([second.isTruncated, second.objects[0].name], [false, key('list/3')], 'second page');
    },
    async LIST_V2() {
      await put('list2/1');
      await put('list2/2');
      const query = { prefix: `${bucket}/list2/`, 'max-keys': 1 };
      const first = await store.listV2(query);
      same([Number(first.keyCount), first.isTruncated], [1, true], 'first page');
      const next = { ...query, 'continuation-token': first.nextContinuationToken };
      same((await store.listV2(next)).objects[0].name, key('list2/2'), 'second page');
    },
    async OBJECT_ACL() {
      const name = await put('acl');
      await store.putACL(name, 'public-read');
      same((await store.getACL(name)).acl, 'public-read', 'ACL');
    },
    async MULTIPART() {
      const progress = [];
      const result = await store.multipartUpload(key('multipart'), sized(2 * PART + 5), {
        partSize: PART,
        progress: p => progress.push(p),
      });
      same(/^"[0-9A-F]{32}-3"$/.test(result.etag), true, `the form of ${result.etag}`);
      same(progress.at(-1), 1, 'progress');
      const { res } = await store.head(key('multipart'));
      same(res.headers['content-length'], String(2 * PART + 5), 'length');
    },
    async PART_COPY() {
      await store.put(key('source'), sized(PART + 5));
      const id = await begin('part-copy');
      const from = { sourceKey: key('source'), sourceBucketName: bucket };
      const one = await store.uploadPartCopy(key('part-copy'), id, 1, `0-${PART - 1}`, from);
      const two = await store.uploadPartCopy(key('part-copy'), id, 2, `${PART}-${PART + 4}`, from);
      await store.completeMultipartUpload(key('part-copy'), id, [
        { number: 1, etag: one.etag },
        { number: 2, etag: two.etag },
      ]);
      const { res } = await store.head(key('part-copy'));
      same(res.headers['content-length'], String(PART + 5), 'length');
    },
    async ABORT() {
      const id = await begin('abort');
      await part('abort', id, 1, sized(5), 5);
      await store.abortMultipartUpload(key('abort'), id);
      same((await failure(part('abort', id, 2, sized(5), 5))).code, 'NoSuchUpload', 'code');
    },
    async LIST_PARTS() {
      const id = await begin('list-parts');
      const etag = await part('list-parts', id, 7, sized(5), 5);
      const { parts } = await store.listParts(key('list-parts'), id);
      same([].concat(parts).map(p => [p.PartNumber, p.ETag, p.Size]), [['7', etag, '5']], 'parts');
      await store.abortMultipartUpload(key('list-parts'), id);
    },
    async LIST_UPLOADS() {
      const id = await begin('list-uploads');
      const { uploads } = await store.listUploads({ prefix: key('list-uploads') });
      same(uploads.map(u => [u.name, u.uploadId]), [[key('list-uploads'), id]], 'uploads');
      await store.abortMultipartUpload(key('list-uploads'), id);
    },
    async PRESIGNED_PUT() {
      const url = await signed('PUT', key('presigned'), 'text/plain');
      const status = async type =>
        (await send(url, { method: 'PUT', body: 'hello', headers: { 'Content-Type': type } })).status;
      same([await status('text/plain'), await status('text/html')], [200, 403], 'status');
    },
    async PRESIGNED_GET() {
      const answer = await send(await signed('GET', await put('presigned-get')), {});
      same(answer.text, 'hello world', 'content');
    },
    async POST_FORM() {
      const now = new Date();
      const policy = {
        expiration: new Date(now.getTime() + 600_000).toISOString(),
        conditions: [{ bucket }, ['eq', '$key', key('form')], ['content-length-range', 1, 100]],
      };
      const fields = { key: key('form'), success_action_status: '200' };
      if (v4) {
        const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
        Object.assign(fields, {
          'x-oss-signature-version': 'OSS4-HMAC-SHA256',
          'x-oss-credential': `${keyId}/${time.slice(0, 8)}/${region}/oss/aliyun_v4_request`,
          'x-oss-date': time,
        });
        for (const name of ['x-oss-signature-version', 'x-oss-credential', 'x-oss-date']) {
          policy.conditions.push({ [name]: fields[name] });
        }
        if (token) {
          fields['x-oss-security-token'] = token;
          policy.conditions.push({ 'x-oss-security-token': token });
        }
        fields['x-oss-signature'] = store.signPostObjectPolicyV4(policy, now);
        const utf8 = new TextEncoder().encode(JSON.stringify(policy));
        fields.policy = btoa(String.fromCharCode(...utf8));
      } else {
        const signature = store.calculatePostSignature(policy);
        Object.assign(fields, {
          OSSAccessKeyId: signature.OSSAccessKeyId,
          policy: signature.policy,
          signature: signature.Signature,
        });
      }
      same(await form(fields), 200, 'status');
    },
    async BUCKETS() {
      const name = `made-by-${bucket}`.slice(0, 60);
      await store.putBucket(name);
      const { buckets } = await store.listBuckets({ prefix: name });
      same(buckets.map(one => one.name), [name], 'buckets');
      await store.deleteBucket(name);
      same((await store.listBuckets({ prefix: name })).buckets ?? [], [], 'buckets left');
    },
    async BUCKET_INFO() {
      same((await store.getBucketInfo(bucket)).bucket.Name, bucket, 'name');
      same((await store.getBucketLocation(bucket)).location, `oss-${region}`, 'location');
    },
    async BUCKET_ACL() {
      await store.putBucketACL(bucket, 'public-read');
      same((await store.getBucketACL(bucket)).acl, 'public-read', 'ACL');
      await store.putBucketACL(bucket, 'private');
    },
    async CORS() {
      const rule = {
        allowedOrigin: 'https://example.com',
        allowedMethod: ['GET', 'PUT'],
        allowedHeader: '*',
        exposeHeader: 'ETag',
        maxAgeSeconds: '60',
      };
      await store.putBucketCORS(bucket, [rule]);
      same((await store.getBucketCORS(bucket)).rules, [rule], 'rules');
      await store.deleteBucketCORS(bucket);
      same((await failure(store.getBucketCORS(bucket))).code, 'NoSuchCORSConfiguration', 'code');
    },
    async ERRORS() {
      const missing = await failure(store.get(key('missing')));
      same([missing.status, missing.code], [404, 'NoSuchKey'], 'error');
    },
  };
}

/** Runs rows one after the other; calls `report(row, message)`, without a message for success. */
export async function run(all, names, report) {
  for (const name of names) {
    try {
      await all[name]();
      report(name);
    } catch (e) {
      report(name, `${e.code ?? ''} ${e.stack ?? e}`);
    }
  }
}
