import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { harmlessNodeOptions } from '../../scripts/cdk/node-options';

/** What Node makes of NODE_OPTIONS, letter by letter: `ParseNodeOptionsEnvVar` of its src/node.cc. It ends where a quotation mark is not closed. */
function asNodeSplits(options: string): string[] {
  const words: string[] = [];
  let [quoted, begins] = [false, true];
  for (let at = 0; at < options.length; at++) {
    let letter = options.charAt(at);
    if (letter === '\\' && quoted) letter = options.charAt(++at);
    else if (letter === ' ' && !quoted) {
      begins = true;
      continue;
    } else if (letter === '"') {
      quoted = !quoted;
      continue;
    }
    if (begins) words.push(letter);
    else words.push(`${words.pop()}${letter}`);
    begins = false;
  }
  return quoted ? [] : words;
}

/** Whether nothing that hooks is kept, and what is kept is kept the second time. */
function keepsNoHook(options: string): boolean {
  const { kept } = harmlessNodeOptions(options);
  const again = harmlessNodeOptions(kept);
  return again.kept === kept && again.removed.length === 0 && !asNodeSplits(kept).some((word) => /^-(?:-require|-import|-ins|r)/.test(word));
}

describe('NODE_OPTIONS beside the endpoint', () => {
  test.each<[string, string, readonly string[]]>([
    ['--max-old-space-size=4096 --no-warnings', '--max-old-space-size=4096 --no-warnings', []],
    ['--unhandled-rejections strict --max_old_space_size=1', '--unhandled-rejections strict --max_old_space_size=1', []],
    ['--inspect', '', ['--inspect']],
    ['--inspect-brk=0 --no-warnings', '--no-warnings', ['--inspect-brk']],
    ['--require ./a.js --no-warnings', '--no-warnings', ['--require']],
    ['-r ./a.js', '', ['-r']],
    ['--require=./a.js', '', ['--require']],
    ['--import tsx --import=data:x', '', ['--import', '--import']],
    ['--require "./with space.js" --no-warnings', '--no-warnings', ['--require']],
    ['"--require=./with space.js" --no-warnings', '--no-warnings', ['--require']],
    [String.raw`--req"uire" "./a \" b.js" --imp"\o"rt=x --no-warnings`, '--no-warnings', ['--require', '--import']],
    ['--experimental_loader x --heapsnapshot_signal=SIGUSR2', '', ['--experimental-loader', '--heapsnapshot-signal']],
    ['--report-on-fatalerror --report-uncaught-exception --report-directory=/x', '', ['--report-on-fatalerror', '--report-uncaught-exception', '--report-directory']],
    ['--heapsnapshot-near-heap-limit=3 --cpu-prof --heap-prof --env-file=.env', '', ['--heapsnapshot-near-heap-limit', '--cpu-prof', '--heap-prof', '--env-file']],
    ['--tls-keylog=/x --openssl-config=/x --abort-on-uncaught-exception --snapshot-blob x --trace-event-categories node', '', ['--tls-keylog', '--openssl-config', '--abort-on-uncaught-exception', '--snapshot-blob', '--trace-event-categories']],
    ['--an-option-of-the-future=1', '', ['--an-option-of-the-future']],
    ['stray "', '', []],
    ['"--title a value"', '', ['--title']],
    ['--no-warnings" --require x', '', ['--no-warnings']],
    ['', '', []],
  ])('%s', (options, kept, removed) => {
    expect(harmlessNodeOptions(options)).toEqual({ kept, removed });
  });

  test('of any text keep nothing that hooks, and what is kept stays', () => {
    const piece = fc.constantFrom('--require', '--imp', 'ort', '=', '"', '\\', ' ', './a.js', '--no-warnings', '-r', '--max-old-space-size=9', '--ins_', 'pect', 'x');
    expect(() => fc.assert(fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), keepsNoHook), { numRuns: 10_000 })).not.toThrow();
  });

  test('are split as Node splits them', () => {
    const { kept } = harmlessNodeOptions(String.raw`"--max-http-header-size=12\345" --requ"ire" ./nowhere.js --stack-trace-limit="7"`);
    const seen = execFileSync(process.execPath, ['-p', '[require("node:http").maxHeaderSize, Error.stackTraceLimit].join()'], { env: { NODE_OPTIONS: kept }, encoding: 'utf8' });
    expect(seen.trim()).toBe('12345,7');
  });
});
