import { join } from 'node:path';
import { Failure } from '../failures/failure';
import { gitState, ignoreCommand, untrackCommand } from '../git/git';
import { resolveAwsVariables } from './connection/aws-settings';
import { dotenvValues, readDotenv } from './dotenv-file';
import { hasKeys, keyTexts, variableNames, verifyKeys, type KeyTexts } from './keys';
import { isDirectory } from './read-text-file';
import { resolveProfile } from './profiles/resolve-profile';
import type { Outcome, Region, Source, Surroundings } from './source';

interface Contents {
  readonly keys: KeyTexts;
  readonly profile: string | null;
  readonly region: Region | null;
}

/** @throws Failure BAD_CONFIG_FILE */
function read(surroundings: Surroundings): Contents | { readonly absent: string } {
  const file = readDotenv(join(surroundings.projectDirectory, '.env'));
  if (file.kind === 'absent') return { absent: 'there is none in this project' };
  if (file.kind === 'unusable' && file.why === isDirectory) return { absent: 'it is a directory' };
  if (file.kind === 'unusable') throw new Failure({ code: 'BAD_CONFIG_FILE', message: `.env in this project ${file.why}.`, fix: 'Look at it: ls -l .env' });
  const values = dotenvValues(file.entries);
  const get = (name: string): string | null => values.get(name)?.trim() || null;
  const region = get('AWS_REGION') ?? get('AWS_DEFAULT_REGION');
  const keys = keyTexts(variableNames, (name) => values.get(name));
  const contents: Contents = { keys, profile: get('AWS_PROFILE'), region: region === null ? null : { value: region, source: '.env' } };
  return hasKeys(keys) || contents.profile !== null ? contents : { absent: 'it has no keys and no AWS_PROFILE' };
}

/** `.env` of the project, where it cannot get into git. */
export function fromDotenv(): Source {
  return {
    title: '.env',
    async find(surroundings): Promise<Outcome> {
      const contents = read(surroundings);
      if ('absent' in contents) return { kind: 'absent', why: contents.absent };
      const { refused, warnings } = await trust(surroundings);
      if (refused !== null) return { kind: 'absent', why: refused };
      return { ...use(contents, surroundings), warnings };
    },
    holds: (surroundings) => ('absent' in read(surroundings) ? null : '.env'),
  };
}

async function trust(surroundings: Surroundings): Promise<{ readonly refused: string | null; readonly warnings: readonly string[] }> {
  const state = await gitState(surroundings.projectDirectory, surroundings.environment);
  if (state.kind === 'repository') {
    const refused = state.tracked !== false ? tracked : state.ignored ? null : notIgnored;
    return { refused, warnings: [] };
  }
  const why = state.kind === 'unknown'
    ? `whether git ignores it cannot be told: ${state.why}.`
    : 'this project is no git repository: before git init, see that .gitignore has a line .env';
  return { refused: null, warnings: [`.env is used, and ${why}`] };
}

const tracked = `it has credentials, but git tracks it: ${untrackCommand}, and new keys if it was pushed`;
const notIgnored = `it has credentials, but git does not ignore it: ${ignoreCommand}`;

function use({ keys, profile, region }: Contents, surroundings: Surroundings): Extract<Outcome, { kind: 'found' }> {
  if (!hasKeys(keys) && profile !== null) {
    const outcome = resolveProfile(profile, surroundings, { source: 'dotenv', title: '.env', namedBy: 'AWS_PROFILE in .env' });
    return { ...outcome, found: { ...outcome.found, region: region ?? outcome.found.region } };
  }
  const credentials = verifyKeys(keys, variableNames, '.env');
  return {
    kind: 'found',
    found: { source: 'dotenv', profile: null, title: '.env', provider: async () => credentials, region, aws: resolveAwsVariables(surroundings.environment, null) },
  };
}
