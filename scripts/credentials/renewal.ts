import { shellWord } from '../process/shell-word';
import { keyExports } from './keys';
import type { Found, SourceName } from './source';

const bySource: Readonly<Record<SourceName, (profile: string) => string>> = {
  environment: () => `Get new ones where these came from, and set all three:\n${keyExports}`,
  dotenv: () => 'Get new ones where these came from, and write all three into .env: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.',
  profile: (profile) => `Renew that profile: aws configure --profile ${shellWord(profile)}`,
  local: () => 'Start the local AWS anew: npm run local',
  'web-identity': () => 'Run the job again: its role gives a new session.',
  container: () => 'Wait a minute and run the same command again: the role of the container gives a new session.',
  instance: () => 'Wait a minute and run the same command again: the role of the instance gives a new session.',
  prompt: () => 'Get new credentials, and run the same command again.',
};

/** How the session of one source is made new: the exact commands. */
export function renewalOf(found: Pick<Found, 'source' | 'profile' | 'renewal'> | null): string {
  if (found === null) return bySource.prompt('');
  return found.renewal ?? bySource[found.source](found.profile ?? 'default');
}
