import * as fc from 'fast-check';
import { Failure } from '../../scripts/failures/failure';
import { helpFor } from '../../scripts/options/help';
import { commandNames, type CommandName } from '../../scripts/options/options';
import { parseOptions } from '../../scripts/options/parse';

function failureOf(command: CommandName, ...argv: string[]): Failure {
  try {
    parseOptions(command, argv);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`npm run ${command} -- ${argv.join(' ')} was accepted`);
}

describe('options of ours', () => {
  test('are absent or false where they are left out', () => {
    expect(parseOptions('deploy', [])).toEqual({
      command: 'deploy', local: false, yes: false, noInput: false, json: false, synth: false, verbose: false, help: false, listProfiles: false, wipe: false,
      stacks: [], synthArguments: [], cdkArguments: [],
    });
  });

  test.each<[CommandName, string[], object]>([
    ['preflight', ['--json', '--no-input'], { json: true, noInput: true }],
    ['preflight', ['--synth', '--profile', 'dev'], { synth: true, profile: 'dev' }],
    ['preflight', ['--synth', '-c', 'stage=prod'], { synth: true, synthArguments: ['-c', 'stage=prod'] }],
    ['deploy', ['--profile=dev', '--region=eu-west-1', '--account', '123456789012'], { profile: 'dev', region: 'eu-west-1', account: '123456789012' }],
    ['synth', ['--env', 'prod', '--region=eu-west-1'], { env: 'prod', region: 'eu-west-1' }],
    ['deploy', ['-y', '-v', '-j'], { yes: true, verbose: true, json: true }],
    ['deploy', ['-vy'], { yes: true, verbose: true }],
    ['deploy', ['--yes=false'], { yes: false }],
    ['deploy', ['--yes', 'false', 'A'], { yes: false, stacks: ['A'] }],
    ['deploy', ['--no-yes'], { yes: false }],
    ['deploy', ['--local', 'A', 'B'], { local: true, stacks: ['A', 'B'] }],
    ['deploy', ['--assembly', 'cdk.out'], { assembly: 'cdk.out' }],
    ['deploy', ['--assembly', 'cdk.out', 'A', '-e', '--no-color'], { assembly: 'cdk.out', stacks: ['A'], cdkArguments: ['-e', '--no-color'] }],
    ['local', ['--wipe'], { wipe: true }],
    ['call', ['get', '/notes'], { call: { method: 'GET', path: '/notes' }, stacks: [] }],
    ['call', ['POST', '/notes', '--data', '{"text":"hello"}', '--stack', 'Notes'], { call: { method: 'POST', path: '/notes', data: '{"text":"hello"}', stack: 'Notes' } }],
    ['call', ['POST', '/notes', '--data=@note.json'], { call: { method: 'POST', path: '/notes', data: '@note.json' } }],
    ['call', ['--help'], { help: true }],
  ])('%s %j', (command, argv, expected) => {
    expect(parseOptions(command, argv)).toMatchObject(expected);
  });

  test.each<[CommandName, string[], RegExp]>([
    ['deploy', ['--local', '--profile', 'dev'], /--local has credentials of its own/],
    ['deploy', ['--env', 'prod', '--profile', 'dev'], /--env says which credentials.*--profile has no meaning/],
    ['deploy', ['--env', 'prod', '--local'], /--local has no meaning/],
    ['deploy', ['--env', ''], /--env is empty/],
    ['deploy', ['--env', 'a', '--env', 'b'], /given twice/],
    ['local', ['--env', 'prod'], /no option --env/],
    ['deploy', ['--account', '12345'], /twelve digits/],
    ['deploy', ['--profile'], /--profile needs a value/],
    ['deploy', ['--profile', '--yes'], /--profile needs a value/],
    ['deploy', ['--profile', ' '], /--profile is empty/],
    ['deploy', ['--profile', 'a', '--profile', 'b'], /given twice/],
    ['deploy', ['--yes=maybe'], /no value other than true or false/],
    ['deploy', ['--assembly', 'out', '-c', 'a=b'], /synthesized before/],
    ['deploy', ['--synth'], /no option --synth\. It belongs to preflight\./],
    ['synth', ['--assembly', 'cdk.out'], /no option --assembly\. It belongs to preflight, deploy, diff, destroy\./],
    ['local', ['A'], /no stack names/],
    ['call', ['GET'], /a method and a path/],
    ['call', ['GET', 'notes'], /begins with a slash/],
    ['call', ['GET', '/notes', 'more'], /one method and one path/],
    ['call', ['/notes', 'GET'], /letters only/],
  ])('%s %j is a usage error', (command, argv, message) => {
    const failure = failureOf(command, ...argv);
    expect(failure).toMatchObject({ code: 'USAGE', exitCode: 2, message: expect.stringMatching(message) as string });
  });

  test.each([['--explain'], ['--explain', '--json']])('%j without a value says what there is', (...argv) => {
    expect(failureOf('deploy', ...argv)).toMatchObject({ code: 'USAGE', fix: expect.stringMatching(/Codes: .*EXPIRED_CREDENTIALS[^]*Checks: .*expiry/) as string });
  });

  test.each<readonly [string[], object]>([
    [['--explain', 'expiry'], { explain: 'expiry' }],
    [['--explain='], { explain: '' }],
    [['--list-profiles', '--json'], { listProfiles: true, json: true }],
  ])('call %j needs neither method nor path', (argv, options) => {
    expect(parseOptions('call', argv)).toMatchObject(options);
  });
});

describe('options of CDK', () => {
  test('come through unchanged and in order, each to where it belongs', () => {
    const argv = ['A', '-c', 'stage=prod', '--tags', 'a=b', '--tags=c=d', '--no-rollback', 'B', '--context=x=y', '--hotswap', '-e', '--outputs-file', 'out.json', '--parameters', 'A:Key=1', '--parameters', 'B:Key=2', '--method=direct'];
    expect(parseOptions('deploy', argv)).toMatchObject({
      stacks: ['A', 'B'],
      synthArguments: ['-c', 'stage=prod', '--context=x=y', '-e'],
      cdkArguments: ['--tags', 'a=b', '--tags=c=d', '--no-rollback', '--hotswap', '-e', '--outputs-file', 'out.json', '--parameters', 'A:Key=1', '--parameters', 'B:Key=2', '--method=direct'],
    });
  });

  test.each<[CommandName, string[], object]>([
    ['deploy', ['--requireApproval', 'never'], { cdkArguments: ['--requireApproval', 'never'] }],
    ['deploy', ['-t=a=b'], { cdkArguments: ['-t=a=b'] }],
    ['deploy', ['-R'], { cdkArguments: ['-R'] }],
    ['deploy', ['-fe', 'A'], { cdkArguments: ['-f', '-e'], synthArguments: ['-e'], stacks: ['A'] }],
    ['deploy', ['--force', 'true', 'A'], { cdkArguments: ['--force', 'true'], stacks: ['A'] }],
    ['deploy', ['--monitoring-time-minutes', '-1'], { cdkArguments: ['--monitoring-time-minutes', '-1'] }],
    ['deploy', ['--', '-odd-'], { stacks: ['-odd-'] }],
    ['deploy', ['--no-lookups', '--app', 'node a.js', '--build', 'tsc'], { synthArguments: ['--no-lookups', '--app', 'node a.js', '--build', 'tsc'], cdkArguments: [] }],
    ['diff', ['--strict', '--fail'], { synthArguments: ['--strict'], cdkArguments: ['--strict', '--fail'] }],
    ['bootstrap', ['aws://123456789012/us-west-2', '--trust', '1', '--trust', '2'], { stacks: ['aws://123456789012/us-west-2'], cdkArguments: ['--trust', '1', '--trust', '2'] }],
  ])('%s %j', (command, argv, expected) => {
    expect(parseOptions(command, argv)).toMatchObject(expected);
  });

  test.each(['--watch', '--plugin=x', '-p', '--role-arn', '-r=x', '-o=dir', '--output', '--notices', '--no-notices', '--debug', '--debug-cli', '--proxy', '--ca-bundle-path', '-i', '--version', '--logs', '--telemetry-file'])('%s is refused with its reason', (argument) => {
    const argv = argument.includes('=') || /^--(?:watch|no-|notices|debug|version|logs)|^-i$/.test(argument) ? [argument] : [argument, 'x'];
    expect(failureOf('deploy', ...argv).message).toMatch(/^--[\w-]+ is refused\. \S/);
  });

  test('a typing error is a usage error that names the nearest', () => {
    expect(failureOf('deploy', '--acount', '123456789012').message).toContain('The nearest is --account');
    expect(failureOf('deploy', '--require-aproval=never').message).toContain('The nearest is --require-approval');
    expect(failureOf('destroy', '--hotswap').code).toBe('USAGE');
    expect(failureOf('call', 'GET', '/x', '-c', 'a=b').code).toBe('USAGE');
  });

  test('a value that CDK takes once is refused twice', () => {
    expect(failureOf('deploy', '--progress', 'bar', '--progress', 'events').message).toContain('--progress is given twice');
  });
});

function outcome(command: CommandName, argv: readonly string[]): string {
  try {
    parseOptions(command, argv);
    return 'understood';
  } catch (error) {
    return error instanceof Failure ? 'refused' : String(error);
  }
}

describe('any command line', () => {
  test('is understood or refused with a Failure, and never crashes', () => {
    const argument = fc.oneof(fc.string(), fc.constantFrom('--', '-', '--__proto__', '--constructor', '--no-', '-=', '--=', '-c', '--tags', 'true', '--local', '--no-local'), fc.string().map((text) => `--${text}`), fc.string().map((text) => `-${text}`));
    fc.assert(fc.property(fc.constantFrom(...commandNames), fc.array(argument, { maxLength: 6 }), (command, argv) => {
      expect(outcome(command, argv)).toMatch(/^(?:understood|refused)$/);
    }), { numRuns: 10_000 });
  });

  test('keeps every argument of CDK, in order', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const option = fc.oneof(
      fc.tuple(fc.constantFrom('--tags', '-t', '--parameters', '--notification-arns'), word).map(([name, value]) => [name, `${value}=1`]),
      fc.tuple(fc.constantFrom('--tags', '--parameters'), word).map(([name, value]) => [`${name}=${value}=1`]),
      fc.constantFrom(['--force'], ['-f'], ['--no-execute'], ['--hotswap=true']),
    );
    fc.assert(fc.property(fc.array(fc.oneof(option.map((given) => ({ given })), word.map((stack) => ({ stack }))), { maxLength: 8 }), (parts) => {
      const cdkArguments = parts.flatMap((part) => ('given' in part ? part.given : []));
      const stacks = parts.flatMap((part) => ('stack' in part && !['true', 'false'].includes(part.stack) ? [part.stack] : []));
      const argv = parts.flatMap((part) => ('given' in part ? part.given : ['true', 'false'].includes(part.stack) ? [] : [part.stack]));
      expect(parseOptions('deploy', argv)).toMatchObject({ cdkArguments, stacks });
    }), { numRuns: 10_000 });
  });
});

describe('help', () => {
  test.each(commandNames)('of %s fits a screen and has examples', (command) => {
    const lines = helpFor(command).split('\n');
    expect(lines.length).toBeLessThanOrEqual(23);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[0]).toContain(`npm run ${command}`);
    expect(lines).toContain('Examples:');
  });
});
