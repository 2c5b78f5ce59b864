import type { Found } from './source';

const exports = 'export AWS_ACCESS_KEY_ID="..."\nexport AWS_SECRET_ACCESS_KEY="..."\nexport AWS_SESSION_TOKEN="..."';

/** How the session of one source is made new: the exact commands. */
export function renewalOf(found: Pick<Found, 'source' | 'profile' | 'title' | 'renewal'> | null): string {
  if (found?.renewal !== undefined) return found.renewal;
  switch (found?.source) {
    case 'environment':
      return `Get new ones where these came from, and set all three:\n${exports}`;
    case 'dotenv':
      return 'Get new ones where these came from, and write all three into .env: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.';
    case 'profile':
      return `Renew that profile: aws configure --profile ${found.profile ?? 'default'}`;
    case 'local':
      return 'Start the local AWS anew: npm run local';
    case 'web-identity':
    case 'container':
    case 'instance':
      return 'Run the job again: its role gives a new session.';
    case 'prompt':
    case undefined:
      return 'Get new credentials, and run the same command again.';
  }
}
