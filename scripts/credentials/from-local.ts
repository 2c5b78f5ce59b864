import { registerCredentials } from '../secrets/registry';
import type { Credentials, Source } from './source';

/** Opens the AWS of this machine. A parameter, so that this room does not know how. */
export type OpenLocal = () => Promise<{ readonly origin: string; readonly region: string; readonly credentials: Credentials }>;

/** `--local`: an AWS on this machine. With it no other source is looked at. */
export function fromLocal(open: OpenLocal): Source {
  return {
    title: '--local',
    alone: true,
    async find({ options }) {
      if (!options.local) return { kind: 'absent', why: 'not given' };
      const { origin, region, credentials } = await open();
      registerCredentials(credentials);
      return {
        kind: 'found',
        found: {
          source: 'local',
          profile: null,
          title: 'the local AWS',
          provider: async () => credentials,
          region: { value: region, source: 'local' },
          ownRegion: true,
          aws: { AWS_ENDPOINT_URL: origin },
        },
      };
    },
  };
}
