import { Failure } from '../../failures/failure';
import type { IniProperty, IniSection } from './ini';

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

/** What stands in one of the two files. */
export interface SectionsOfFile {
  /** As people write its path: `~/.aws/config`. */
  readonly title: string;
  readonly sections: readonly IniSection[];
}

/** The profiles of both files. In the config file they carry their prefix, but for the default one; in the credentials file none does. */
export function mergeProfiles(config: SectionsOfFile, credentials: SectionsOfFile): ReadonlyMap<string, Profile> {
  const prefixed = config.sections.filter(({ kind }) => kind === 'profile');
  const hasPrefixedDefault = prefixed.some(({ name, properties }) => name === 'default' && properties.length > 0);
  const plainDefault = config.sections.filter(({ kind, name }) => kind === 'plain' && name === 'default');
  const inConfig = byName([...prefixed, ...(hasPrefixedDefault ? [] : plainDefault)]);
  const inCredentials = byName(credentials.sections.filter(({ kind }) => kind === 'plain'));
  return new Map([...new Set([...inCredentials.keys(), ...inConfig.keys()])].map((name) => [name, profileOf(name,
    { ...config, sections: inConfig.get(name) ?? [] },
    { ...credentials, sections: inCredentials.get(name) ?? [] })]));
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

/** @param config the sections of that name alone, as of `credentials` */
function profileOf(name: string, config: SectionsOfFile, credentials: SectionsOfFile): Profile {
  const ofConfig = byKey(config.sections);
  const ofCredentials = byKey(credentials.sections);
  const [inConfig] = config.sections;
  const [inCredentials] = credentials.sections;
  return {
    name,
    ofConfig,
    ofCredentials,
    properties: new Map([...ofConfig, ...ofCredentials].map(([key, { value }]) => [key, value])),
    conflict: conflictIn(name, config) ?? conflictIn(name, credentials),
    where: inConfig === undefined ? `${credentials.title}:${inCredentials?.line ?? 1}` : `${config.title}:${inConfig.line}`,
  };
}

/**
 * The SDK takes the last value of a key that stands twice, here or in a second section of the same name; the AWS CLI refuses
 * the whole file. Where the values are the same it is no matter; else nobody can know which is meant.
 */
function conflictIn(profile: string, { title, sections }: SectionsOfFile): Failure | null {
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
