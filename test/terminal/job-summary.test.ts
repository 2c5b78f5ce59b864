import { assert, property, string } from 'fast-check';
import { jobSummary } from '../../scripts/terminal/job-summary';
import type { Report } from '../../scripts/terminal/report';
import type { Summary } from '../../scripts/terminal/summary-text';
import { registerSecret } from '../../scripts/secrets/registry';

const report: Report = {
  ok: true,
  identity: { account: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/deploy/run-1', userId: 'AROA:run-1', partition: 'aws' },
  region: { value: 'us-west-2', source: 'AWS_REGION' },
  credentials: null,
  checks: [],
  error: null,
  exitCode: 0,
  durationMs: 61_000,
};

const deployed: Summary = { account: '123456789012', region: 'us-west-2', durationMs: 48_000, stacks: [{ stack: { id: 'Notes' }, change: { kind: 'create', resources: 3, broadening: [] } }], outputs: [{ name: 'Notes', outputs: { ApiUrl: 'https://x.example/' } }] };

/** As GitHub shows it: entities read, tags left. */
function shown(markdown: string): string {
  return markdown.replaceAll(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
}

test('says who, where, which stacks, what came out and how long', () => {
  expect(shown(jobSummary('deploy', report, deployed))).toBe(`### npm run deploy

|  |  |
| --- | --- |
| identity | <code>arn:aws:sts::123456789012:assumed-role/deploy/run-1</code> |
| account | <code>123456789012</code> |
| region | <code>us-west-2</code> |
| duration | 1 min 1 s, of which CDK 48 s |

| stack |  |
| --- | --- |
| <code>Notes</code> | created |

| output | value |
| --- | --- |
| <code>Notes.ApiUrl</code> | <code>https://x.example/</code> |

`);
});

test('a run that failed says why, and what to do', () => {
  const failed = jobSummary('deploy', { ...report, identity: null, region: null, error: { code: 'NO_REGION', message: 'No region is known.', fix: 'export AWS_REGION=us-west-2\nor so' } }, null);
  expect(shown(failed)).toMatch(/^### npm run deploy: NO_REGION\n\nNo region is known\.\n\nexport AWS_REGION=us-west-2<br>or so\n\n\|  \|  \|\n\| --- \| --- \|\n\| duration \| 1 min 1 s \|/);
});

test('nothing that a stack puts out is markup, or leaves its cell', () => {
  assert(property(string({ unit: 'binary' }), (value) => {
    const line = jobSummary('deploy', report, { ...deployed, outputs: [{ name: 'S', outputs: { K: `[x](y) <b> | \n# ${value}` } }] }).split('\n').find((one) => one.includes('S.K')) ?? '';
    expect(line).toMatch(/^\| <code>S\.K<\/code> \| <code>(?:[^<>|\\`*_~[\]#!@]|&#|<br>)*<\/code> \|$/);
  }));
});

test('is cut where it is long, and no secret passes', () => {
  registerSecret('the-secret-of-summaries-0123456789');
  const outputs = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`k${index}`, 'x'.repeat(5000)]));
  const text = jobSummary('deploy', report, { ...deployed, outputs: [{ name: 'S', outputs: { Secret: 'the-secret-of-summaries-0123456789', ...outputs } }] });
  expect(text).toContain('and 21 more');
  expect(text.length).toBeLessThan(200_000);
  expect(text).not.toContain('0123456789');
});
