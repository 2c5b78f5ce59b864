import { writeFileSync } from 'node:fs';
import { refusal, requestId } from '../identity/fake-sts';
import { secretKey, temporary, type Row } from './diagnosis/row';
import { rowsOfAws } from './diagnosis/rows-of-aws';
import { rowsOfFiles } from './diagnosis/rows-of-files';
import { rowsOfNetwork, slowRows } from './diagnosis/rows-of-network';
import { play, rowsOfPersons } from './diagnosis/rows-of-persons';
import { makeCertificates, makeWorld, type Certificates } from './diagnosis/world';
import { launch, makeProject, type Project, type Ran } from './project';

// Whatever is wrong, the first run names it: every failure really happens, in a file or on the wire, to the real preflight.
// DIAGNOSIS_TABLE=FILE npm test -- test/end-to-end/diagnosis writes what each printed, how it ended, and how long it took.

jest.setTimeout(180_000);

const table = process.env['DIAGNOSIS_TABLE'];
const rows = [...rowsOfFiles, ...rowsOfAws, ...rowsOfNetwork, ...(table === undefined ? [] : slowRows)];
/** At once: more would only wait for each other. */
const width = 4;

interface Seen {
  readonly ran: Ran;
  readonly milliseconds: number;
  /** The first line of the failure, or of the check that warns. */
  readonly line: string;
}

const seen = new Map<Row, Seen>();
let project: Project;
let certificates: Certificates;

beforeAll(async () => {
  project = makeProject();
  certificates = makeCertificates();
  const left = [...rows];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let row = left.pop(); row !== undefined; row = left.pop()) seen.set(row, await run(row));
  }));
  if (table !== undefined) writeFileSync(table, [...tableOf(rows), ...await linesOfPersons(), ''].join('\n'));
});

afterAll(() => {
  project.remove();
  for (const certificate of Object.values(certificates) as Certificates[keyof Certificates][]) certificate.remove();
});

async function run(row: Row): Promise<Seen> {
  const world = makeWorld(certificates);
  try {
    const { environment = {}, args = [] } = await row.arrange(world);
    const started = performance.now();
    const ran = await launch(project, 'preflight', args, { HOME: world.home, AWS_REGION: 'us-west-2', ...environment });
    return { ran, milliseconds: Math.round(performance.now() - started), line: lineOf(row, ran) };
  } finally {
    await world.end();
  }
}

function lineOf({ code, says }: Row, { stdout, stderr }: Ran): string {
  if (code !== null) return stderr.split('\n')[0] ?? '';
  return stdout.split('\n').find((line) => says.test(line)) ?? '';
}

function tableOf(all: readonly Row[]): string[] {
  const lines = all.map((row) => {
    const { ran, milliseconds, line } = seen.get(row) ?? { ran: { code: null }, milliseconds: 0, line: '' };
    return cells(row.when, line, ran.code, milliseconds);
  });
  return ['| what is wrong | the first line printed | exit code | ms |', '| --- | --- | --- | --- |', ...lines];
}

function cells(when: string, line: string, code: number | null, milliseconds: number): string {
  return `| ${when} | ${line.trim().replaceAll('|', String.raw`\|`)} | ${code} | ${milliseconds} |`;
}

/** What persons at a terminal do is tested where the questions are; for the table it is played once more. */
async function linesOfPersons(): Promise<string[]> {
  const lines: string[] = [];
  for (const row of rowsOfPersons) {
    const world = makeWorld(certificates);
    const { line, code, milliseconds } = await play(row, world, project);
    if (code !== row.exit || !row.says.test(line)) throw new Error(`${row.when}: exit ${code}, ${line}`);
    lines.push(cells(row.when, line, code, milliseconds));
    await world.end();
  }
  return lines;
}

test.each(rows.map((row) => [row.when, row.code ?? 'a warning', row] as const))('%s: %s', (_when, _code, row) => {
  const { ran, line } = seen.get(row) ?? { ran: null, line: '' };
  expect({ code: ran?.code, line }).toEqual({ code: row.exit, line: expect.stringMatching(row.code === null ? row.says : new RegExp(`^${row.code} `)) as string });
  expect(line.replace(/^[A-Z_]+ /, '')).toMatch(row.says);
  expect(ran?.output).not.toMatch(/wJalrXUtnFEMI|the-password-of-the-proxy|the-token-of|\n\s+at |\$metadata/);
});

test('--verbose tells each call of AWS beside the report, with the SDK\'s own name of what went wrong', async () => {
  const world = makeWorld(certificates);
  const { origin } = await world.sts(refusal('ExpiredToken', `the echo of ${secretKey}`));
  const ran = await launch(project, 'preflight', ['--json', '--verbose'], { ...temporary, HOME: world.home, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: origin });
  await world.end();
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 4, error: { code: 'EXPIRED_CREDENTIALS' } });
  expect(ran.stderr).toMatch(new RegExp(String.raw`^sts GetCallerIdentity \d+ ms ExpiredToken HTTP 403 request ${requestId}\n$`));
  expect(ran.output).not.toContain(secretKey);
});

test('nobody is sent to look for keys where AWS was not reached', () => {
  for (const row of rows.filter(({ exit }) => exit === 6)) expect([row.when, seen.get(row)?.ran.stderr]).toEqual([row.when, expect.not.stringMatching(/export AWS_ACCESS_KEY|aws configure(?! get)/) as string]);
});
