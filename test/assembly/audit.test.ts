import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { auditAssembly } from '../../scripts/assembly/audit';
import { changedSince, sealAssembly } from '../../scripts/assembly/seal';
import { scanStream } from '../../scripts/assembly/scan-stream';
import { scannerFor } from '../../scripts/assembly/scanner';
import { encodingsOf } from '../../scripts/secrets/encodings';
import { makeZip } from './make-zip';

// Put together here, so that the repository holds nothing that is shaped like a key pair.
const keyId = ['AKIA', 'QZ7WX3LMNPRT', '5YKD'].join('');
const otherSecret = ['Zq8jw/Tz4Yc+', 'Mn3SwXd9IeOg', '6HqTy2Fb8Vp5', 'UjRa'].join('');
const credentials = {
  accessKeyId: ['ASIA', 'BBBBCCCCDDDDEEEE'].join(''),
  secretAccessKey: ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join(''),
  sessionToken: `IQoJb3JpZ2lu${'X2VjE0a/cDeF+H'.repeat(40)}==`,
};

let directory: string;

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'takeoff-audit-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the audit finds the credentials in use', () => {
  test.each(encodingsOf(credentials.secretAccessKey).map((form, index) => [index, form] as const))('in form %i of the secret', async (_, form) => {
    write('Tiny.template.json', `{"Value":"${form}"}`);
    expect(await auditAssembly(directory, credentials)).toEqual([{ severity: 'fail', path: 'Tiny.template.json', rule: 'credential-in-use' }]);
  });

  test('and the long-term keys for which those were exchanged', async () => {
    write('config.json', `{"secret":"${otherSecret}"}`);
    expect(await auditAssembly(directory, credentials)).toEqual([]);
    expect(await auditAssembly(directory, credentials, { accessKeyId: keyId, secretAccessKey: otherSecret })).toEqual([{ severity: 'fail', path: 'config.json', rule: 'credential-in-use' }]);
  });

  test('the token as well, in asset folders and in zips, whatever they are called', async () => {
    write('asset.abc/lib/index.js', `x="${credentials.sessionToken}"`);
    write('asset.def.zip', makeZip([
      { name: 'clean.txt', content: Buffer.from('clean') },
      { name: 'lib/', content: Buffer.alloc(0), stored: true },
      { name: 'lib/deflated.js', content: Buffer.from(`key=${encodeURIComponent(credentials.secretAccessKey)}`.padEnd(5000)) },
    ]));
    write('asset.ghi.layer', makeZip([{ name: 'x', content: Buffer.from(`${' '.repeat(500)}${Buffer.from(credentials.secretAccessKey).toString('base64')}${'A'.repeat(500)}`) }]));
    expect(await auditAssembly(directory, credentials)).toEqual([
      { severity: 'fail', path: 'asset.abc/lib/index.js', rule: 'credential-in-use' },
      { severity: 'fail', path: 'asset.def.zip!lib/deflated.js', rule: 'credential-in-use' },
      { severity: 'fail', path: 'asset.ghi.layer!x', rule: 'credential-in-use' },
    ]);
  });

  test('in archives that lie in archives, zip or gzip, and in lines of a width', async () => {
    const lines = Buffer.from(credentials.secretAccessKey.repeat(2)).toString('base64').replace(/.{20}/g, '$&\r\n');
    const jar = makeZip([{ name: 'app.properties', content: Buffer.from(lines) }]);
    write('asset.layer.zip', makeZip([{ name: 'java/lib.jar', content: jar }, { name: 'java/clean.jar', content: makeZip([{ name: 'x', content: Buffer.from('x') }]), stored: true }]));
    write('asset.tgz', gzipSync(Buffer.from(credentials.sessionToken)));
    write('asset.inner.zip', makeZip([{ name: 'log.gz', content: gzipSync(jar) }]));
    expect(await auditAssembly(directory, credentials)).toEqual([
      { severity: 'fail', path: 'asset.inner.zip!log.gz!app.properties', rule: 'credential-in-use' },
      { severity: 'fail', path: 'asset.layer.zip!java/lib.jar!app.properties', rule: 'credential-in-use' },
      { severity: 'fail', path: 'asset.tgz', rule: 'credential-in-use' },
    ]);
  });

  test('at a border of chunks, wherever it is cut', async () => {
    const scanner = scannerFor(credentials);
    const form = fc.constantFrom(...encodingsOf(credentials.secretAccessKey), credentials.sessionToken);
    await fc.assert(fc.asyncProperty(form, fc.nat({ max: 3000 }), fc.array(fc.nat({ max: 4000 }), { maxLength: 5 }), async (secret, before, cuts) => {
      const whole = Buffer.from(`${'.'.repeat(before)}${secret}${'.'.repeat(900)}`);
      const at = [...new Set([...cuts.map((cut) => cut % whole.length), whole.length])].toSorted((a, b) => a - b);
      const chunks = at.map((end, index) => whole.subarray(at[index - 1] ?? 0, end));
      expect([...(await scanStream(Readable.from(chunks), scanner, 256))]).toEqual(['credential-in-use']);
    }), { numRuns: 1000 });
  });

  test('not where they are shorter than sixteen characters, which would hit ordinary text', async () => {
    write('Tiny.template.json', '{"Value":"test"}');
    expect(await auditAssembly(directory, { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: 'test' })).toEqual([]);
  });
});

describe('the audit finds keys of others', () => {
  test.each<[string, string, readonly string[]]>([
    ['a pair', `AWS_ACCESS_KEY_ID=${keyId}\nAWS_SECRET_ACCESS_KEY=${otherSecret}\n`, ['fail aws-key-pair']],
    ['a pair the other way round', `{"secret":"${otherSecret}","id":"${keyId}"}`, ['fail aws-key-pair']],
    ['a lone id', `id = ${keyId}`, ['warn aws-access-key-id']],
    ['an id and a git SHA', `${keyId} ${'0123456789abcdef0123'.repeat(2)}`, ['warn aws-access-key-id']],
    ['an id and a secret far from it', `${keyId}${' '.repeat(600)}${otherSecret}`, ['warn aws-access-key-id']],
    ['a lone secret', otherSecret, []],
    ['AWS\'s documentation example', `AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`, []],
    ['a longer word', `X${keyId}Y ${otherSecret}`, []],
    ['ids of users and roles', 'AIDAQZ7WX3LMNPRT5YKD AROAQZ7WX3LMNPRT5YKD', []],
  ])('%s', async (_, content, expected) => {
    write('asset.abc/file', content);
    expect((await auditAssembly(directory, null)).map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(expected);
  });

  test('a pair that a border of chunks divides', async () => {
    const text = Buffer.from(`${' '.repeat(300)}${keyId}${' '.repeat(400)}${otherSecret}${' '.repeat(300)}`);
    const chunks = Array.from({ length: Math.ceil(text.length / 97) }, (_, index) => text.subarray(index * 97, (index + 1) * 97));
    expect([...(await scanStream(Readable.from(chunks), scannerFor(null), 128))]).toEqual(['aws-key-pair']);
  });
});

describe('what the audit cannot look into', () => {
  test('is said: encrypted entries and broken zips', async () => {
    write('a.zip', makeZip([{ name: 'locked', content: Buffer.from('x'), encrypted: true }]));
    write('b.zip', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]));
    const whole = makeZip([{ name: 'cut', content: Buffer.from('some text that is long enough to be cut'.repeat(9)) }]);
    whole.fill(0xff, 40, 60);
    write('c.zip', whole);
    expect(await auditAssembly(directory, credentials)).toEqual([
      { severity: 'warn', path: 'a.zip!locked', rule: 'not-searched' },
      { severity: 'warn', path: 'b.zip', rule: 'not-searched' },
      { severity: 'warn', path: 'c.zip!cut', rule: 'not-searched' },
    ]);
  });

  test('is said: archives too deep in others, too large to be unpacked from memory, and cut', async () => {
    let nested = makeZip([{ name: 'secret', content: Buffer.from(credentials.secretAccessKey) }]);
    for (const depth of [4, 3, 2]) nested = makeZip([{ name: `${depth}.zip`, content: nested }]);
    write('a.zip', nested);
    write('b.zip', makeZip([{ name: 'large.zip', content: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(1 << 26)]) }]));
    write('c.gz', gzipSync(Buffer.from('some text that is long enough to be cut')).subarray(0, 30));
    expect(await auditAssembly(directory, credentials)).toEqual([
      { severity: 'warn', path: 'a.zip!2.zip!3.zip!4.zip', rule: 'not-searched' },
      { severity: 'warn', path: 'b.zip!large.zip', rule: 'not-searched' },
      { severity: 'warn', path: 'c.gz', rule: 'not-searched' },
    ]);
  });

  test('is said: what may not be read', async () => {
    write('locked', 'x');
    chmodSync(join(directory, 'locked'), 0o000);
    const isRoot = process.getuid?.() === 0; // who may read everything
    expect(await auditAssembly(directory, credentials)).toEqual(isRoot ? [] : [{ severity: 'warn', path: 'locked', rule: 'not-searched' }]);
  });
});

describe('the audit finds what CDK would upload from elsewhere', () => {
  let outside: string;
  beforeEach(() => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-outside-')));
    writeFileSync(join(outside, 'secret'), credentials.secretAccessKey);
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  test('behind links, which CDK follows when it zips; one without end and one to nothing end', async () => {
    write('asset.abc/empty', '');
    symlinkSync(outside, join(directory, 'asset.abc/folder'));
    symlinkSync(join(outside, 'secret'), join(directory, 'asset.abc/file'));
    symlinkSync('..', join(directory, 'asset.abc/up'));
    symlinkSync('nothing', join(directory, 'asset.abc/dangling'));
    expect((await auditAssembly(directory, credentials)).map(({ path }) => path)).toEqual(['asset.abc/file', 'asset.abc/folder/secret']);
  });

  test('where the staging of assets was switched off', async () => {
    write('manifest.json', JSON.stringify({ artifacts: { 'A.assets': { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } } } }));
    write('A.assets.json', JSON.stringify({ files: { a: { source: { path: outside, packaging: 'zip' } }, b: { source: { path: 'A.template.json' } } } }));
    write('A.template.json', '{}');
    expect((await auditAssembly(directory, credentials)).map(({ path }) => path)).toEqual([join(outside, 'secret')]);
    const seal = await sealAssembly(directory);
    writeFileSync(join(outside, 'secret'), 'other');
    expect(await changedSince(seal, directory)).toEqual([join(outside, 'secret')]);
  });
});
