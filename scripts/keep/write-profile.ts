import { awsFilePaths, readAwsFiles } from '../credentials/profiles/aws-files';
import { kindOf } from '../credentials/profiles/profile-kind';
import type { Credentials, Surroundings } from '../credentials/source';
import { Failure, usage } from '../failures/failure';
import { setSectionValues } from './profile-lines';
import { editPrivateFile, readPrivateFile } from './private-file';

export interface WriteProfileInit {
  readonly surroundings: Pick<Surroundings, 'environment' | 'home'>;
  readonly name: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** Asks a person; the safe answer is no. */
  readonly confirm: (question: string) => Promise<boolean>;
}

export interface ProfileWritten {
  readonly credentialsPath: string;
  readonly configPath: string;
}

/**
 * What is wrong with `name` as the name of a profile, or `null`. Names of objects' members break the AWS SDK's parser,
 * and a name with a prefix would be another kind of section.
 */
export function problemOfProfileName(name: string): string | null {
  if (!/^\w[\w@+.%:-]{0,63}$/.test(name)) return 'A name has letters, digits and the signs _ - . + @ % : and no spaces.';
  if (name in Object.prototype || /^(?:profile|sso-session|services)\./.test(name)) return 'The AWS SDK cannot read a profile of that name.';
  return null;
}

/**
 * Writes the keys into the credentials file and the region into the config file, both with mode 0600.
 *
 * @throws Failure DECLINED where the profile exists and the person does not want it overwritten, USAGE for a name or a
 * kind of profile that cannot hold keys, BAD_CONFIG_FILE, FILE_SYSTEM, BUSY; nothing is written then, or the message says what is
 */
export async function writeProfile({ surroundings, name, credentials, region, confirm }: WriteProfileInit): Promise<ProfileWritten> {
  const { configPath, credentialsPath } = awsFilePaths(surroundings);
  const problem = problemOfProfileName(name);
  if (problem !== null) throw usage(`${JSON.stringify(name)} cannot be the name of a profile. ${problem}`, 'Choose another name, such as: takeoff');
  for (const path of [credentialsPath, configPath]) await readPrivateFile(path); // both can be written, or neither is
  await verifyWanted(surroundings, name, confirm);
  const keys: Edited = { before: '', after: '' };
  await editPrivateFile(credentialsPath, (text) => {
    keys.before = text;
    keys.after = setSectionValues(text, {
      isSection: (section) => section.kind === 'plain' && section.name === name,
      header: name,
      values: keyValues(credentials),
    });
    return keys.after;
  });
  try {
    // Keys of the same profile in the config file would stay beside the new ones.
    await editPrivateFile(configPath, (text) => setSectionValues(text, {
      isSection: (section) => section.name === name && (section.kind === 'profile' || (section.kind === 'plain' && name === 'default')),
      header: name === 'default' ? 'default' : `profile ${name}`,
      values: { ...noKeys, region },
    }));
  } catch (error) {
    if (await tookBack(credentialsPath, keys) || !(error instanceof Failure)) throw error;
    const { code, message, fix } = error;
    throw new Failure({ code, message: `${message} The keys of the profile ${name} are in ${credentialsPath} already, its region was not written.`, fix, cause: error });
  }
  return { credentialsPath, configPath };
}

interface Edited {
  before: string;
  after: string;
}

/** Of a profile there is all or nothing. @returns not where the file cannot be written any more, or another program has written it since */
async function tookBack(path: string, { before, after }: Edited): Promise<boolean> {
  let isOurs = false;
  try {
    await editPrivateFile(path, (text) => {
      isOurs = text === after;
      return isOurs ? before : text;
    });
    return isOurs;
  } catch {
    return false;
  }
}

const noKeys = { aws_access_key_id: null, aws_secret_access_key: null, aws_session_token: null, aws_security_token: null } as const;

/** A token that stays from an earlier session would make the new keys invalid. */
function keyValues({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string | null> {
  return { ...noKeys, aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey, aws_session_token: sessionToken ?? null };
}

async function verifyWanted(surroundings: WriteProfileInit['surroundings'], name: string, confirm: WriteProfileInit['confirm']): Promise<void> {
  const existing = readAwsFiles(surroundings).profiles.get(name);
  if (existing === undefined) return;
  const kind = kindOf(existing);
  if (kind !== 'keys' && kind !== 'none') {
    throw usage(`The profile ${name} gets its credentials in another way (${kind}): keys in it would not be used, or would break it.`, 'Choose another name, such as: takeoff');
  }
  if (kind === 'none' || (await confirm(`The profile ${name} exists (${existing.where}). Overwrite its keys?`))) return;
  throw new Failure({ code: 'DECLINED', message: `The profile ${name} was left as it is.`, fix: 'Choose another name.' });
}
