import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReadme, root } from './page';

// What the README says in figures, beside the line of the code that has them: whoever changes one is led to the other.

const readme = readReadme().replaceAll(/\s+/g, ' ');

test.each<[said: string, file: string, code: string]>([
  ['(2.9 for an `[sso-session]`)', 'scripts/login/aws-cli.ts', '[2, 9]'],
  ['from 2.22 on with `--use-device-code`', 'scripts/login/aws-cli.ts', '[2, 22]'],
  ['`aws login --profile dev` runs the same way, from 2.32 on', 'scripts/login/aws-cli.ts', '[2, 32]'],
  ['authorization code with PKCE, ten minutes', 'scripts/login/code-flow.ts', ' 10 * 60_000;'],
  ['while it has 15 minutes left', 'scripts/credentials/sessions/cli-session.ts', ' 15 * 60_000;'],
  ['a session of one hour (`sts:GetSessionToken`)', 'scripts/credentials/sessions/session-token.ts', ' 3600;'],
  ['where `minSessionMinutes` asks for an hour or more', 'scripts/flow/exchange-keys.ts', ' 60;'],
  ['three attempts in all', 'scripts/credentials/connection/aws-client.ts', 'maxAttempts: 3,'],
  ['at 1 MB for a token', 'scripts/credentials/connection/collect-answer.ts', ' 1 << 20;'],
  ['and 16 MB for AWS', 'scripts/credentials/connection/collect-answer.ts', ' 16 << 20;'],
  ['are renewed five minutes before they end', 'scripts/credentials/memoize.ts', ' 5 * 60_000;'],
  ['for a second at most in all', 'scripts/credentials/machine/instance-metadata.ts', ' 1_000;'],
  ['that is too large (4 MB)', 'scripts/credentials/read-text-file.ts', ' 4 * 1024 * 1024;'],
  ['what looks like its secret within 512 characters', 'scripts/secrets/find-keys.ts', ' 512;'],
  ['a file over 8 MiB is named', 'scripts/checks/search-files.ts', ' 8 << 20;'],
  ['(three deep; inside another up to 64 MiB)', 'scripts/assembly/audit.ts', ' 3;'],
  ['(three deep; inside another up to 64 MiB)', 'scripts/assembly/audit.ts', ' 1 << 26;'],
  ['Values under 16 characters are not', 'scripts/secrets/encodings.ts', ' 16;'],
  ['up to seven may stay', 'scripts/secrets/redact.ts', ' 8;'],
  ['newest first, at most 100,', 'lib/service/page.ts', ' 100;'],
  ['A text has at most 4,096 characters', 'lib/service/note.ts', ' 4096;'],
  ['413 for a body over 32 KiB', 'lib/service/request-json.ts', ' 32 * 1024;'],
  ['20 a second get through (40 at once)', 'lib/notes-api.ts', 'rateLimit: 20, burstLimit: 40'],
  ['Lambda (arm64, 512 MB)', 'lib/notes-function.ts', 'memorySize: 512,'],
  ['CloudWatch Logs, kept for 7 days', 'lib/retention.ts', 'RetentionDays.ONE_WEEK'],
  ['On Linux, macOS or WSL with Node 20.19 or later', 'package.json', '"node": ">=20.19"'],
])('%s is what %s has', (said, file, code) => {
  expect(readme).toContain(said);
  expect(readFileSync(join(root, file), 'utf8')).toContain(code);
});
