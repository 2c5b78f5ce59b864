import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Credentials } from '../credentials/source';
import { registerCredentials } from '../secrets/registry';
import type { LocalAws } from './service';
import { temporaryKeyId } from './sts/key-ids';
import { developerSession, type Session } from './sts/sessions';

/** For so long the developer's session lasts: milliseconds. */
const lifetime = 12 * 60 * 60 * 1000;

/** A fresh session of this machine's developer. Those of servers before end. */
export function developerCredentials(local: LocalAws): Required<Credentials> {
  const credentials = {
    accessKeyId: temporaryKeyId(local.account),
    // Thirty bytes are forty characters of base64, without padding.
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(96).toString('base64'),
    expiration: new Date(Date.now() + lifetime),
  };
  registerCredentials(credentials);
  const sessions = local.store.table<Session>('sessions');
  for (const [id, { roleArn }] of sessions) if (roleArn === null) sessions.delete(id);
  developerSession(local, credentials, developerName());
  return credentials;
}

/** STS's session names have 2 to 64 of these characters. */
function developerName(): string {
  try {
    const name = userInfo().username.replace(/[^\w+=,.@-]/g, '').slice(0, 64);
    return name.length < 2 ? 'developer' : name;
  } catch {
    // A container's user may have no name.
    return 'developer';
  }
}
