import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAwsFiles } from '../../../scripts/credentials/profiles/aws-files';
import { findCredentials } from '../../../scripts/credentials/find';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import { sourcesInOrder } from '../../../scripts/credentials/sources';
import { failureOf, longTermKeys, makePlace, secret, type Place } from '../place';

// Whatever lies where a file should be ends within five seconds, with its own words, and only warns where nobody needs it.

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

const sources = sourcesInOrder(() => Promise.reject(new Error('not opened in this test')));
const keys = `aws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\n`;

function write(bytes: Buffer | string): (path: string) => void {
  return (path) => writeFileSync(path, bytes);
}

function huge(path: string): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, 100 * 1024 * 1024);
  closeSync(file);
}

/** Root may read everything: for it the process is another user meanwhile. */
async function asAnyUser<Result>(work: () => Promise<Result>): Promise<Result> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

const kinds: readonly (readonly [string, (path: string) => void, string])[] = [
  ['100 MB', huge, 'is too large: 100 MB'],
  ['binary', write(Buffer.from('[default]\0\n')), 'is binary, not text'],
  ['not UTF-8', write(Buffer.from([0x5b, 0xc3, 0x28])), 'is not UTF-8 text'],
  ['UTF-16', write(Buffer.from('\uFEFF[default]\n', 'utf16le')), 'is not UTF-8 text'],
  ['with CR alone', write(`[default]\r${keys.replaceAll('\n', '\r')}`), 'has line ends of old Macs (CR without LF)'],
  ['a FIFO', (path) => { execFileSync('mkfifo', [path]); }, 'is a pipe or a device, not a file'],
  ['a device', (path) => { symlinkSync('/dev/zero', path); }, 'is a pipe or a device, not a file'],
  ['a link to itself', (path) => { symlinkSync(path, path); }, 'is a symbolic link that leads to itself'],
  ['without permission', (path) => { writeFileSync(path, '[default]\n', { mode: 0 }); }, 'may not be read: permission denied'],
];
const files = ['.aws/config', '.aws/credentials', '.env'] as const;

describe.each(files)('%s', (name) => {
  const path = (): string => join(name === '.env' ? place.project : place.home, name);
  beforeEach(() => {
    mkdirSync(dirname(path()), { recursive: true });
    for (const folder of [dirname(place.home), place.home, place.project]) chmodSync(folder, 0o755);
  });

  test.each(kinds)('%s is named', async (_kind, make, words) => {
    make(path());
    const failure = await asAnyUser(() => failureOf(() => findCredentials(sources, place.surroundings())));
    expect([failure.code, failure.message]).toEqual(['BAD_CONFIG_FILE', expect.stringContaining(`${name === '.env' ? '.env in this project' : `~/${name}`} ${words}`)]);
  }, 5000);

  test.each(kinds)('%s only warns beside complete environment keys', async (_kind, make, words) => {
    make(path());
    const finding = await asAnyUser(() => findCredentials(sources, place.surroundings(longTermKeys)));
    expect(finding).toMatchObject({ kind: 'found', found: { source: 'environment' }, warnings: [expect.stringMatching(/It is not needed in this run\.$/)] });
    expect(finding.warnings[0]).toContain(words);
  }, 5000);

  test('a byte order mark does no harm', async () => {
    write(`\uFEFF${name === '.env' ? `AWS_ACCESS_KEY_ID=AKIAQYLPMN5HHHFPZAM2\nAWS_SECRET_ACCESS_KEY=${secret}\n` : `[default]\n${keys}`}`)(path());
    expect(await findCredentials(sources, place.surroundings())).toMatchObject({ kind: 'found' });
  });
});

test('a directory in place of an AWS file is named, one in place of .env is none', async () => {
  mkdirSync(join(place.project, '.env'));
  expect(await findCredentials(sources, place.surroundings())).toMatchObject({ kind: 'none' });
  mkdirSync(join(place.home, '.aws/credentials'), { recursive: true });
  expect(await failureOf(() => findCredentials(sources, place.surroundings()))).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('is a directory, not a file') as string });
});

function dev(): ReturnType<typeof resolveProfile> {
  return resolveProfile('dev', place.surroundings(), { source: 'profile', title: 'profile dev', namedBy: '--profile' });
}

describe('what a file says twice', () => {
  test('with different values is named with both lines', async () => {
    place.inHome('.aws/credentials', `[dev]\n${keys}[other]\n${keys}[dev]\naws_access_key_id = AKIAQYLPMN5HHHOTHER2\n`);
    expect(await failureOf(dev)).toMatchObject({ code: 'BAD_CONFIG_FILE', message: 'Profile dev has aws_access_key_id twice in ~/.aws/credentials, with different values: in line 2 and in line 8.' });
  });

  test('in one section as well', async () => {
    place.inHome('.aws/config', `[profile dev]\nregion = eu-west-1\nregion = eu-west-2\n${keys}`);
    expect(await failureOf(dev)).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('has region twice') as string });
  });

  test('with the same values, or of another profile, is no matter', async () => {
    place.inHome('.aws/credentials', `[dev]\n${keys}[dev]\n${keys}[other]\nregion = a\n[other]\nregion = b\n`);
    expect(await dev().found.provider()).toEqual({ accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: secret });
  });

  test('in both files is no contradiction: the credentials file goes first', () => {
    place.inHome('.aws/config', '[profile dev]\nregion = eu-west-1\n');
    place.inHome('.aws/credentials', `[dev]\nregion = eu-west-2\n${keys}`);
    expect(dev().found.region).toMatchObject({ value: 'eu-west-2' });
  });

  test('of a source profile stops the role', async () => {
    place.inHome('.aws/credentials', `[dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n[base]\n${keys}[base]\naws_access_key_id = AKIAQYLPMN5HHHOTHER2\n`);
    expect(await failureOf(dev)).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('Profile base has') as string });
  });
});

test('a chain of ten thousand roles is no chain', async () => {
  const links = Array.from({ length: 10_000 }, (_, index) => `[p${index}]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = p${index + 1}\n`);
  place.inHome('.aws/credentials', links.join(''));
  expect(await failureOf(() => resolveProfile('p0', place.surroundings(), { source: 'profile', title: 'profile p0', namedBy: '--profile' }))).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('The chain of source profiles of p0') as string });
}, 5000);

test.each(['constructor', '__proto__', 'profile toString'])('a section [%s] warns beside complete environment keys, and pollutes nothing', async (name) => {
  place.inHome('.aws/config', `[profile dev]\nregion = x\n[${name}]\npolluted = yes\n`);
  const finding = await findCredentials(sources, place.surroundings(longTermKeys));
  expect(finding).toMatchObject({ kind: 'found', warnings: [expect.stringContaining('in ~/.aws/config, line 3, has a name that breaks the AWS SDK. It is not needed in this run.')] });
  for (const member of ['constructor', 'toString', '__proto__']) expect(Reflect.get({}, member)).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

test.each([
  ['twenty thousand profiles', Array.from({ length: 20_000 }, (_, index) => `[p${index}]\n${keys}`).join(''), 20_000],
  ['one profile 100,000 times', '[dev]\na=b\n'.repeat(100_000), 1],
  ['one section of a million lines', `[dev]\n${'a=b\n'.repeat(1_000_000)}`, 1],
  ['one line of four megabytes', `[dev]\na = ${' '.repeat(2_000_000)}${'# '.repeat(900_000)}`, 1],
])('%s are read in time', (_name, text, count) => {
  place.inHome('.aws/credentials', text);
  expect(readAwsFiles(place.surroundings()).profiles.size).toBe(count);
}, 5000);

test.each([
  ['my files/config', /^Look at it: ls -l ~\/'my files\/config' {3}/],
  ["it's", /^Look at it: ls -l ~\/'it'\\''s' {3}/],
])('the command that looks at %s is one that a shell understands', async (name, command) => {
  mkdirSync(join(place.home, name), { recursive: true });
  const failure = await failureOf(() => findCredentials(sources, place.surroundings({ AWS_CONFIG_FILE: join(place.home, name) })));
  expect(failure).toMatchObject({ code: 'BAD_CONFIG_FILE', fix: expect.stringMatching(command) as string });
});
