import { join } from 'node:path';
import { openLocalAws, type OpenLocalAws } from '../../scripts/local-aws/open';
import type { PseudoTerminal, Size } from '../terminal/pseudo-terminal';
import { answer, asks, closeAll, colours, ended, launchAtTerminal } from './at-terminal';
import { bootstrap, bootstrapLocal } from './bootstrapped';
import { assemble } from './fixture-app';
import { makeProject, type Project } from './project';

// Real deploys before a person in a real terminal: to an AWS emulator that is known by its address and keys alone.

jest.setTimeout(300_000);

let project: Project;
let aws: OpenLocalAws;
const terminals: PseudoTerminal[] = [];

/** What the person exports. */
function exported(): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = aws.credentials;
  return { ...endpoint(), AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken, AWS_REGION: 'us-west-2' };
}

const endpoint = (): Readonly<Record<string, string>> => ({ AWS_ENDPOINT_URL: aws.origin, CDK_VALIDATION: 'false' });

/** Synthesized once: the sample's bundling costs more than all else of a run. */
const deployMade = 'deploy -- --assembly made';

beforeAll(async () => {
  project = makeProject();
  aws = await openLocalAws({ folder: join(project.home, 'aws') });
  await bootstrap(aws);
  await bootstrapLocal(project);
  await assemble(project, 'made');
});

afterEach(async () => {
  await closeAll(terminals, [aws.credentials.secretAccessKey, aws.credentials.sessionToken ?? '']);
});

afterAll(async () => {
  await aws.close();
  project.remove();
});

function start(command: string, environment: Readonly<Record<string, string>>, size: Partial<Size> = {}): PseudoTerminal {
  const terminal = launchAtTerminal(project, command, environment, { columns: 120, ...size });
  terminals.push(terminal);
  return terminal;
}

test.each([['n', 'n\r'], ['Enter', '\r']])('%s at the question is 7 with one calm line, and nothing is changed', async (_, keys) => {
  const terminal = start(deployMade, exported());
  await answer(terminal, [asks.deploy, keys]);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(7);
  expect(screen).toMatch(/in us-west-2\? No\nNothing was changed\.\nAFTER/);
  expect(screen).toMatch(/Plan: deploy\n +source +environment keys\n +identity +arn:aws:sts::000000000000:/);
  expect(screen).not.toContain('deploying...');
});

test('Ctrl-C at the question is 130, and nothing is changed', async () => {
  const terminal = start(deployMade, exported());
  await answer(terminal, [asks.deploy, '\u0003']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(130);
  expect(screen).toMatch(/\nInterrupted \(Ctrl-C\)\.\nAFTER/);
  expect(screen).not.toContain('deploying...');
});

test('y deploys, after that one question, and sums up', async () => {
  const terminal = start(deployMade, exported());
  await answer(terminal, [asks.deploy, 'y\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen.match(/\(y\/N\)|\? (?:Yes|No)$/gm)).toHaveLength(1);
  expect(screen).toMatch(/✔ Deployed to account 000000000000 in us-west-2, in [\d.]+ (?:s|min)/);
  expect(screen).toMatch(/outputs +ApiUrl {2}http:\/\/127\.0\.0\.1:\d+\/\S+\n\nNext\n {2}npm run call -- GET \/notes\n {2}npm run destroy\n/);
});

test('typed keys: from the preflight on to the deploy, asked once', async () => {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = aws.credentials;
  const terminal = start('preflight -- --assembly made', endpoint());
  await answer(terminal, [asks.menu, '1\r']);
  await terminal.waitFor(asks.id);
  terminal.paste(JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken }));
  await answer(terminal, [asks.region, '\r'], [asks.keep, '\r'], [asks.goOn, 'y\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toMatch(/Plan: deploy\n +source +typed credentials\n/);
  expect(screen).not.toContain('? Deploy to account');
  expect(screen).toMatch(/\S\n\n✨ {2}Synthesis time/); // the empty line is CDK's own
  expect(screen).toContain('✔ Deployed to account 000000000000 in us-west-2');
});

test('a bootstrap that is missing is offered, with No as the default', async () => {
  const terminal = start(deployMade, { ...exported(), AWS_REGION: 'eu-west-1' });
  await answer(terminal, [asks.bootstrap, '\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(5);
  expect(screen).toMatch(/NOT_BOOTSTRAPPED See bootstrap above\.\nAFTER/);
});

test('choice 4 deploys to the local AWS, in a window of 40 columns without a colour, and proves it with a call', async () => {
  const terminal = start(deployMade, { CDK_VALIDATION: 'false', NO_COLOR: '1' }, { columns: 40 });
  await answer(terminal, [asks.menu, '4\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toMatch(/GET \/notes {2}200/);
  expect(screen.replaceAll(/\s+/g, ' ')).toMatch(/Next npm run call -- --local GET \/notes npm run local \(serves it until Ctrl-C\) npm run destroy -- --local/);
  expect(colours(terminal)).toEqual([]);
});
