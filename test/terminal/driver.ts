// The conversation as a program of its own, for tests in a pseudo-terminal. STS is a server of the test.
import { gitState } from '../../scripts/git/git';
import { listProfiles } from '../../scripts/credentials/profiles/list-profiles';
import type { Found, Surroundings } from '../../scripts/credentials/source';
import { Failure } from '../../scripts/failures/failure';
import { proveIdentity } from '../../scripts/identity/prove';
import { watchSignals } from '../../scripts/flow/interruption';
import { askForCredentials } from '../../scripts/terminal/ask-credentials';
import { withPrompts } from '../../scripts/terminal/prompts';
import { styleFor } from '../../scripts/terminal/style';

const environment = { ...process.env };
const aws = { AWS_ENDPOINT_URL: environment['AWS_ENDPOINT_URL'] ?? '' };
const projectDirectory = environment['PROJECT'] ?? '';
const surroundings: Surroundings = { environment, projectDirectory, home: environment['HOME'] ?? '', options: { command: 'deploy', local: false } };

function profileFound(name: string): Promise<Found> {
  const credentials = { accessKeyId: 'AKIAQAAAAAAAAAAAAAAA', secretAccessKey: 'profile-secret-of-forty-characters-aaaaaa' };
  return Promise.resolve({ source: 'profile', profile: name, title: `profile ${name}`, provider: () => Promise.resolve(credentials), region: null, aws });
}

async function converse(): Promise<void> {
  const interruption = watchSignals();
  try {
    const asked = await Promise.race([interruption.happened, withPrompts((prompts) => askForCredentials({
      prompts,
      style: styleFor({ isTerminal: true, columns: process.stdout.columns, environment }),
      write: (text) => { process.stdout.write(`${text}\n`); },
      surroundings,
      looked: [{ title: 'environment keys', why: 'not set' }, { title: '.env', why: 'no such file' }],
      regionKnown: null,
      aws,
      profiles: () => listProfiles(surroundings),
      profileFound,
      prove: proveIdentity,
      git: () => gitState(projectDirectory, environment),
    }))]);
    if (asked.kind === 'found') process.stdout.write(`ASKED ${asked.found.title} ${asked.region.value} (${asked.region.source}) ${asked.proof.identity.account}\n`);
    else process.stdout.write(`ASKED ${asked.kind}${asked.kind === 'template-written' ? ` ${asked.next}` : ''}\n`);
    process.exitCode = asked.kind === 'template-written' ? 3 : 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stdout.write(`FAILURE ${error.code} ${error.message}\n`);
    process.exitCode = error.exitCode;
  } finally {
    interruption.stop();
  }
}

void converse();
