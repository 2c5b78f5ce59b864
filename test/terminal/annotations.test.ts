import { assert, property, string } from 'fast-check';
import { annotatingScreen, annotation, inGroup } from '../../scripts/terminal/annotations';
import { registerSecret } from '../../scripts/secrets/registry';
import { textScreen, type Screen } from '../../scripts/terminal/screen';
import { styleFor } from '../../scripts/terminal/style';

const read = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');

/** As the runner reads a command: ActionCommand.TryParseV2 of actions/runner. */
function readAsRunner(line: string): object {
  const [, command = '', title = '', message = ''] = /^::(\w+) title=([^,:]*)::(.*)\n$/s.exec(line) ?? [];
  return { command, title: read(title), message: read(message) };
}

let printed: string[];
let commands: string[];
let screen: Screen;
beforeEach(() => {
  [printed, commands] = [[], []];
  const sink = { write: (text: string | Buffer) => printed.push(text.toString()) };
  const plain = textScreen({ style: styleFor({ isTerminal: false, columns: undefined, environment: {} }), stdout: sink, stderr: sink });
  screen = annotatingScreen(plain, (line) => commands.push(line));
});

test('whatever is said is one line, and the runner reads the same back', () => {
  assert(property(string({ unit: 'binary' }), string({ unit: 'binary' }), (title, message) => {
    const line = annotation('error', title, message);
    expect(line.match(/[\r\n]/g)).toEqual(['\n']);
    expect(readAsRunner(line)).toEqual({ command: 'error', title, message });
  }));
});

test('percent, line breaks, colon and comma are written as the runner wants them', () => {
  expect(annotation('warning', 'a:b,c%', '50 %\r\nof a:b,c')).toBe('::warning title=a%3Ab%2Cc%25::50 %25%0D%0Aof a:b,c\n');
});

test('a failure is an annotation, and not printed twice', () => {
  screen.failure({ code: 'NO_REGION', message: 'No region is known.', fix: 'export AWS_REGION=us-west-2' });
  expect(commands).toEqual(['::error title=NO_REGION::NO_REGION No region is known.%0A-> export AWS_REGION=us-west-2\n']);
  expect(printed).toEqual([]);
});

test('a warning of the checklist is in both, once', () => {
  const warning = { id: 'key-kind', status: 'warn', message: 'long-term keys', fix: 'aws configure sso' } as const;
  screen.check(warning);
  screen.check(warning);
  screen.check({ id: 'region', status: 'pass', message: 'us-west-2', fix: null });
  expect(commands).toEqual(['::warning title=key-kind::long-term keys%0Aaws configure sso\n']);
  expect(printed.join('')).toContain('warning key-kind       long-term keys');
});

test('no secret passes', () => {
  const secret = registerSecret('the-secret-of-annotations-0123456789');
  screen.failure({ code: 'INTERNAL', message: 'it is the-secret-of-annotations-0123456789', fix: `${secret ?? ''}` });
  expect(commands.join('')).not.toContain('0123456789');
});

test('a group ends however its work does', async () => {
  const lines: string[] = [];
  const stream = { write: (text: string) => lines.push(text) };
  await inGroup(stream, 'cdk deploy', () => Promise.resolve(lines.push('work\n')));
  await expect(inGroup(stream, '50%', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(lines).toEqual(['::group::cdk deploy\n', 'work\n', '::endgroup::\n', '::group::50%25\n', '::endgroup::\n']);
  expect(await inGroup(null, 'x', () => Promise.resolve(1))).toBe(1);
});
