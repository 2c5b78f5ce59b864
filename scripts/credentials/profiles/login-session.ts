import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isJsonObject, jsonObjectIn } from '../../configuration/json-object';
import { variableIn } from '../../process/environment';
import { dateIn } from '../date-in';
import { readTextFile } from '../read-text-file';
import type { Surroundings } from '../source';

/** Milliseconds for which `aws login` is good at most. Its keys last 15 minutes each, and are renewed meanwhile. */
const longest = 12 * 3_600_000;

/**
 * When a login of `aws login` is over at the latest, from its file alone: it says only when its last keys end. `null`
 * where there is none. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html
 */
export function readLoginEnd({ environment, home }: Pick<Surroundings, 'environment' | 'home'>, loginSession: string): Date | null {
  const folder = variableIn(environment, 'AWS_LOGIN_CACHE_DIRECTORY') ?? join(home, '.aws', 'login', 'cache');
  const file = readTextFile(join(folder, `${createHash('sha256').update(loginSession).digest('hex')}.json`));
  const end = file.kind === 'text' ? endOfKeys(file.text) : null;
  return end === null ? null : new Date(end.getTime() + longest);
}

function endOfKeys(text: string): Date | null {
  const { accessToken, refreshToken } = jsonObjectIn(text);
  return refreshToken === undefined || !isJsonObject(accessToken) ? null : dateIn(accessToken['expiresAt']);
}
