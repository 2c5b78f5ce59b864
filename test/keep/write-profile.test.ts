import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workroomOf } from '../../scripts/keep/workroom-of';
import { problemOfProfileName, writeProfile } from '../../scripts/keep/write-profile';

let home: string;
let questions: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'takeoff-profile-'));
  questions = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const credentialsFile = (): string => join(home, '.aws/credentials');
const configFile = (): string => join(home, '.aws/config');
const text = (path: string): string => readFileSync(path, 'utf8');

function have(credentials: string, config: string): void {
  mkdirSync(join(home, '.aws'));
  writeFileSync(credentialsFile(), credentials);
  writeFileSync(configFile(), config);
}

function write(name: string, answer = false): ReturnType<typeof writeProfile> {
  return writeProfile({
    surroundings: { environment: {}, home },
    name,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    region: 'eu-west-1',
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
  });
}

test('into files that do not exist', async () => {
  await write('dev');
  expect(text(credentialsFile())).toBe('[dev]\naws_access_key_id = id\naws_secret_access_key = secret\n');
  expect(text(configFile())).toBe('[profile dev]\nregion = eu-west-1\n');
  expect([credentialsFile(), configFile()].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
});

test('the default profile has no prefix in the config file', async () => {
  await write('default');
  expect(text(configFile())).toBe('[default]\nregion = eu-west-1\n');
});

test('beside others, whose lines stay', async () => {
  have('# mine\r\n[prod]\r\naws_access_key_id=P\r\naws_secret_access_key=Q\r\n', '[profile prod]\nregion = us-east-1\n\n[sso-session dev]\nsso_region = x\n');
  chmodSync(credentialsFile(), 0o644);
  await write('dev');
  expect(text(credentialsFile())).toBe('# mine\r\n[prod]\r\naws_access_key_id=P\r\naws_secret_access_key=Q\r\n\r\n[dev]\r\naws_access_key_id = id\r\naws_secret_access_key = secret\r\n');
  expect(text(configFile())).toBe('[profile prod]\nregion = us-east-1\n\n[sso-session dev]\nsso_region = x\n\n[profile dev]\nregion = eu-west-1\n');
  expect(statSync(credentialsFile()).mode & 0o777).toBe(0o600);
});

test('an existing profile is overwritten only after a yes, its stale token too', async () => {
  const before = '[dev]\naws_access_key_id = old\n# note\naws_secret_access_key = older\naws_session_token = stale\n';
  have(before, '[profile dev]\noutput = json\n');
  await expect(write('dev')).rejects.toMatchObject({ code: 'DECLINED' });
  expect(text(credentialsFile())).toBe(before);
  await write('dev', true);
  expect(text(credentialsFile())).toBe('[dev]\naws_access_key_id = id\n# note\naws_secret_access_key = secret\n');
  expect(text(configFile())).toBe('[profile dev]\nregion = eu-west-1\noutput = json\n');
  expect(questions).toHaveLength(2);
});

test('a profile that gets its credentials in another way is not touched', async () => {
  have('', '[profile dev]\ncredential_process = /bin/true\n');
  await expect(write('dev', true)).rejects.toMatchObject({ code: 'USAGE' });
  expect(text(configFile())).toBe('[profile dev]\ncredential_process = /bin/true\n');
});

test('where the config file cannot be written the credentials file is not either', async () => {
  mkdirSync(join(home, '.aws'));
  symlinkSync('/dev/null', configFile());
  await expect(write('dev')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE' });
  expect(existsSync(credentialsFile())).toBe(false);
});

describe('where the config file turns out to be one that cannot be written', () => {
  const before = '[dev]\naws_access_key_id = old\naws_secret_access_key = older\n';
  beforeEach(() => {
    have(before, '');
    writeFileSync(workroomOf(configFile()), 'in the way of what is made there');
  });

  test('the keys are taken back', async () => {
    await expect(write('dev', true)).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringMatching(/config: .* is not a folder of yours\.$/) as string });
    expect([text(credentialsFile()), text(configFile())]).toEqual([before, '']);
  });

  test('but not from under the hands of another program: then it is said where they are', async () => {
    const uid = process.getuid?.() ?? 0;
    const getuid = jest.spyOn(process, 'getuid').mockImplementation(() => {
      if (!text(credentialsFile()).includes('old') && !text(credentialsFile()).includes('other')) appendFileSync(credentialsFile(), '[other]\n'); // ours are written
      return uid;
    });
    try {
      await expect(write('dev', true)).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringMatching(/config: .* The keys of the profile dev are in \S+credentials already, its region was not written\.$/) as string });
    } finally {
      getuid.mockRestore();
    }
    expect(text(credentialsFile())).toBe('[dev]\naws_access_key_id = id\naws_secret_access_key = secret\n[other]\n');
  });
});

test.each(['', 'two words', 'a]b', 'constructor', '__proto__', 'profile.dev', '-dev', 'a\nb'])('%j is no name', (name) => {
  expect(problemOfProfileName(name)).not.toBeNull();
});

test.each(['default', 'dev', 'team-1', 'me@example.com'])('%j is a name', (name) => {
  expect(problemOfProfileName(name)).toBeNull();
});
