import { allowsLookups, asksItself, handOverArguments, lookupArguments, synthesisArguments, type HandOverArguments, type SynthesisArguments } from '../../scripts/cdk/arguments';
import { assemblyGiven } from '../../scripts/cdk/synthesize';

const settled = ['--build', '', '--profile', '', '--region', 'us-west-2', '--no-proxy', '--ca-bundle-path', '', '--plugin=/p', '--no-notices'];

describe('the hand-over', () => {
  test.each<[string, Partial<HandOverArguments>, string[]]>([
    ['deploy', {}, ['deploy', '--app', '/a', ...settled, '--yes']],
    ['with the person\'s arguments, unchanged and in order', { stacks: ['A', 'B'], args: ['--tags', 'a=b', '--no-rollback', '--tags=c=d'] }, ['deploy', 'A', 'B', '--app', '/a', ...settled, '--yes', '--tags', 'a=b', '--no-rollback', '--tags=c=d']],
    ['with an approval that the person wants to give', { args: ['--require-approval', 'broadening'] }, ['deploy', '--app', '/a', ...settled, '--require-approval', 'broadening']],
    ['with an approval that nobody gives', { args: ['--require-approval=never'] }, ['deploy', '--app', '/a', ...settled, '--yes', '--require-approval=never']],
    ['diff, which asks nothing', { command: 'diff', args: ['--fail'] }, ['diff', '--app', '/a', ...settled, '--fail']],
    ['destroy', { command: 'destroy', stacks: ['A'], args: ['--force'] }, ['destroy', 'A', '--app', '/a', ...settled, '--yes', '--force']],
    ['bootstrap, with no app', { command: 'bootstrap', assembly: null, stacks: ['aws://1/r'] }, ['bootstrap', 'aws://1/r', '--app', '', ...settled, '--yes', '--qualifier', 'mine']],
    ['bootstrap with a qualifier', { command: 'bootstrap', assembly: null, stacks: ['aws://1/r'], args: ['--qualifier=other'] }, ['bootstrap', 'aws://1/r', '--app', '', ...settled, '--yes', '--qualifier=other']],
  ])('of %s', (_, init, expected) => {
    expect(handOverArguments({ command: 'deploy', assembly: '/a', stacks: [], args: [], qualifier: 'mine', region: 'us-west-2', plugins: ['/p'], ...init })).toEqual(expected);
  });

  test.each<[string[], boolean]>([
    [[], false],
    [['--require-approval', 'any-change'], true],
    [['--requireApproval=broadening'], true],
    [['--require-approval', 'never'], false],
    [['--requireApproval=never'], false],
  ])('%j: CDK asks itself: %j', (args, expected) => {
    expect(asksItself(args)).toBe(expected);
  });
});

describe('synthesis', () => {
  test.each<[Partial<SynthesisArguments>, string[]]>([
    [{}, ['synth', '--output', '/o', '--no-notices', '--no-lookups', '--quiet']],
    [{ quiet: false, stacks: ['A'], color: true, args: ['-c', 'a=b'] }, ['synth', 'A', '--output', '/o', '--no-notices', '--no-lookups', '--color', '-c', 'a=b']],
    [{ color: true, args: ['--no-color'] }, ['synth', '--output', '/o', '--no-notices', '--no-lookups', '--quiet', '--no-color']],
    [{ args: ['--lookups', 'true', '--strict', '--lookups=true', '--no-lookups'] }, ['synth', '--output', '/o', '--no-notices', '--no-lookups', '--quiet', '--strict']],
  ])('%j', (init, expected) => {
    expect(synthesisArguments({ output: '/o', stacks: [], args: [], quiet: true, color: false, ...init })).toEqual(expected);
  });

  test('leaves lookups to a run that has the assembly and not the app', () => {
    expect(lookupArguments('/a', 'us-west-2', ['/p'])).toEqual(['synth', '--app', '/a', ...settled, '--lookups', '--quiet', '--verbose']);
  });

  test.each<[string[], boolean]>([
    [[], true], [['--lookups'], true], [['--lookups', 'false'], false], [['--lookups=false'], false], [['--no-lookups'], false], [['-c', 'false'], true], [['false'], true], [['--no-lookups', '--lookups'], true],
  ])('%j: lookups are allowed: %j', (args, expected) => {
    expect(allowsLookups(args)).toBe(expected);
  });

  test.each<[string[], string | null]>([
    [[], null],
    [['--app', 'node app.js'], null],
    [['--app', 'fixtures'], `${__dirname}/fixtures`],
    [['-a=fixtures'], `${__dirname}/fixtures`],
    [['-c', 'app=fixtures'], null],
  ])('%j names the assembly %j', (args, expected) => {
    expect(assemblyGiven(__dirname, args)).toBe(expected);
  });
});
