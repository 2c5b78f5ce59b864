import { join } from 'node:path';
import { Failure } from '../../failures/failure';
import { variableIn } from '../../process/environment';
import { shellPath } from '../../process/shell-word';
import { parseIni, type IniSection } from './ini';
import { mergeProfiles, type Profile, type SectionsOfFile } from './profile';
import { readTextFile, shortPath } from '../read-text-file';
import type { Surroundings } from '../source';

/** Both files of the AWS CLI and the SDKs, as they were read. */
export interface AwsFiles {
  readonly configPath: string;
  readonly credentialsPath: string;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly ssoSessions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** A file that cannot be used. What else there is has been read. */
  readonly unusable: readonly Failure[];
  /** Sections whose names would break the SDK's parser, and through it the process. */
  readonly hostile: readonly Failure[];
}

type Where = Pick<Surroundings, 'environment' | 'home'>;

/** Where both files are. https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html */
export function awsFilePaths({ environment, home }: Where): { readonly configPath: string; readonly credentialsPath: string } {
  const path = (variable: string, name: string): string => {
    const said = variableIn(environment, variable) ?? join(home, '.aws', name);
    return said.startsWith('~/') ? join(home, said.slice(2)) : said;
  };
  return { configPath: path('AWS_CONFIG_FILE', 'config'), credentialsPath: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials') };
}

/** Reads both AWS files, whatever their state. Throws nothing. */
export function readAwsFiles(surroundings: Where): AwsFiles {
  const paths = awsFilePaths(surroundings);
  const config = readSections(paths.configPath, surroundings.home);
  const credentials = readSections(paths.credentialsPath, surroundings.home);
  return {
    ...paths,
    profiles: mergeProfiles(config, credentials),
    ssoSessions: valuesByName(config.sections, 'sso-session'),
    services: valuesByName(config.sections, 'services'),
    unusable: [config, credentials].flatMap(({ problem }) => (problem === null ? [] : [problem])),
    hostile: [config, credentials].flatMap(({ sections, title }) => hostileSections(sections, title)),
  };
}

/** @returns no sections beside a problem */
function readSections(path: string, home: string): SectionsOfFile & { readonly problem: Failure | null } {
  const title = shortPath(path, home);
  const file = readTextFile(path);
  if (file.kind === 'text') return { title, sections: parseIni(file.text), problem: null };
  const problem = file.kind === 'absent' ? null : new Failure({
    code: 'BAD_CONFIG_FILE',
    message: `The AWS file ${title} ${file.why}.`,
    fix: `Look at it: ls -l ${shellPath(title)}   (or use another: export AWS_CONFIG_FILE=… AWS_SHARED_CREDENTIALS_FILE=…)`,
  });
  return { title, sections: [], problem };
}

const membersOfObjects: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function hostileSections(sections: readonly IniSection[], title: string): Failure[] {
  return sections.filter(({ name }) => membersOfObjects.has(name) || name === 'profile __proto__').map(({ name, line }) => new Failure({
    code: 'BAD_CONFIG_FILE',
    message: `The section "${name}" in ${title}, line ${line}, has a name that breaks the AWS SDK.`,
    fix: `Rename or remove that section: line ${line} of ${title}`,
  }));
}

function valuesByName(sections: readonly IniSection[], kind: IniSection['kind']): Map<string, ReadonlyMap<string, string>> {
  const named = new Map<string, Map<string, string>>();
  for (const section of sections.filter((one) => one.kind === kind)) {
    const values = named.get(section.name) ?? new Map<string, string>();
    for (const { key, value } of section.properties) values.set(key, value);
    named.set(section.name, values);
  }
  return named;
}
