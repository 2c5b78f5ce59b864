import { accountOfKeyId } from './account-of-key';
import { entropy } from './entropy';
import { documentationAccessKeyIds } from './key-shapes';

/** Of AWS's documentation, and of emulators. */
const documentationAccounts = ['000000000000', '111122223333', '123456789012', '444455556666'];

/** Thinkst's, whose keys are planted as bait on purpose: https://canarytokens.org. */
const baitAccounts = ['052310077262', '171436882533', '266735846894', '534261010715', '595918472158', '717712589309', '730335385048', '819147034852', '992382622183'];

const accountsOfNobody: ReadonlySet<string> = new Set([...documentationAccounts, ...baitAccounts]);

/** Below this many bits a character, sixteen characters are typed and not drawn: of ids drawn at random three in 10,000 are. */
const leastEntropyOfId = 2.8;

/** Whether an access key id is none of anybody's: of a documentation, of an emulator, bait, or typed for a test. */
export function isExampleKeyId(id: string): boolean {
  if (documentationAccessKeyIds.has(id) || isExample(id)) return true;
  const account = accountOfKeyId(id);
  return (account !== null && accountsOfNobody.has(account)) || entropy(id.slice(4)) < leastEntropyOfId;
}

/** AWS's documentation writes EXAMPLE into what must not be taken for a secret; chance does in one of a thousand million tokens. */
export function isExample(text: string): boolean {
  return text.includes('EXAMPLE');
}
