import { join } from 'node:path';
import { Failure } from '../../failures/failure';
import { variableIn } from '../../process/environment';
import { parseIni, type IniProperty, type IniSection } from './ini';
import { readTextFile, shortPath } from '../read-text-file';
import type { Surroundings } from '../source';

/** A profile, merged from both files as the SDK merges it: the credentials file's properties go first. */
export interface Profile {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  /** The same of each file alone. */
  readonly ofCredentials: ReadonlyMap<string, IniProperty>;
  readonly ofConfig: ReadonlyMap<string, IniProperty>;
  /** `~/.aws/config:12` */
  readonly where: string;
  /** That one file says two different things of it. */
  readonly conflict: Failure | null;
}

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

interface ReadFile {
  readonly title: string;
  readonly sections: readonly IniSection[];
  readonly problem: Failure | null;
}

function readSections(path: string, home: string): ReadFile {
  const title = shortPath(path, home);
  const file = readTextFile(path);
  if (file.kind === 'text') return { title, sections: parseIni(file.text), problem: null };
  const problem = file.kind === 'absent' ? null : new Failure({
    code: 'BAD_CONFIG_FILE',
    message: `The AWS file ${title} ${file.why}.`,
    fix: `Look at it: ls -l ${title}   (or use another: export AWS_CONFIG_FILE=… AWS_SHARED_CREDENTIALS_FILE=…)`,
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

/** In the config file profiles carry their prefix, but for the default one; in the credentials file none does. */
function mergeProfiles(config: ReadFile, credentials: ReadFile): Map<string, Profile> {
  const prefixed = config.sections.filter(({ kind }) => kind === 'profile');
  const hasPrefixedDefault = prefixed.some(({ name, properties }) => name === 'default' && properties.length > 0);
  const ofConfig = [...prefixed, ...(hasPrefixedDefault ? [] : config.sections.filter(({ kind, name }) => kind === 'plain' && name === 'default'))];
  const ofCredentials = credentials.sections.filter(({ kind }) => kind === 'plain');
  const inConfig = byName(ofConfig);
  const inCredentials = byName(ofCredentials);
  return new Map([...new Set([...inCredentials.keys(), ...inConfig.keys()])].map((name) => [name, profileOf(name, {
    config: inConfig.get(name) ?? [],
    credentials: inCredentials.get(name) ?? [],
  }, { config: config.title, credentials: credentials.title })]));
}

function byName(sections: readonly IniSection[]): Map<string, IniSection[]> {
  const named = new Map<string, IniSection[]>();
  for (const section of sections) {
    const sameName = named.get(section.name);
    if (sameName === undefined) named.set(section.name, [section]);
    else sameName.push(section);
  }
  return named;
}

function profileOf(name: string, sections: { config: IniSection[]; credentials: IniSection[] }, titles: { config: string; credentials: string }): Profile {
  const ofConfig = byKey(sections.config);
  const ofCredentials = byKey(sections.credentials);
  const [inConfig] = sections.config;
  const [inCredentials] = sections.credentials;
  return {
    name,
    ofConfig,
    ofCredentials,
    properties: new Map([...ofConfig, ...ofCredentials].map(([key, { value }]) => [key, value])),
    conflict: conflictIn(name, sections.config, titles.config) ?? conflictIn(name, sections.credentials, titles.credentials),
    where: inConfig === undefined ? `${titles.credentials}:${inCredentials?.line ?? 1}` : `${titles.config}:${inConfig.line}`,
  };
}

/**
 * The SDK takes the last value of a key that stands twice, here or in a second section of the same name; the AWS CLI refuses
 * the whole file. Where the values are the same it is no matter; else nobody can know which is meant.
 */
function conflictIn(profile: string, sections: readonly IniSection[], title: string): Failure | null {
  const first = new Map<string, IniProperty>();
  for (const property of sections.flatMap(({ properties }) => properties)) {
    const other = first.get(property.key) ?? property;
    if (other.value !== property.value) {
      return new Failure({
        code: 'BAD_CONFIG_FILE',
        message: `Profile ${profile} has ${property.key} twice in ${title}, with different values: in line ${other.line} and in line ${property.line}.`,
        fix: `Remove one of the two lines of ${title}, or give one of the sections another name.`,
      });
    }
    first.set(property.key, other);
  }
  return null;
}

function byKey(sections: readonly IniSection[]): Map<string, IniProperty> {
  return new Map(sections.flatMap(({ properties }) => properties.map((property) => [property.key, property] as const)));
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
