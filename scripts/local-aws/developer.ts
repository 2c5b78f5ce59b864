import { userInfo } from 'node:os';
import type { Credentials } from '../credentials/source';
import type { LocalAws } from './service';
import { developerSession, newKeys } from './sts/sessions';

/** For so long the developer's session lasts: milliseconds. */
const lifetime = 12 * 60 * 60 * 1000;

/** A fresh session of this machine's developer. Those of servers before end. */
export function developerCredentials(local: LocalAws): Required<Credentials> {
  const credentials = { ...newKeys(local), expiration: new Date(Date.now() + lifetime) };
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
