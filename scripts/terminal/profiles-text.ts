import type { ProfileSummary } from '../credentials/profiles/list-profiles';
import type { FoundChoice } from './prompts';
import type { Style } from './style';
import { wrap } from './wrap';

const kinds: Readonly<Record<ProfileSummary['kind'], string>> = {
  keys: 'keys',
  role: 'assumed role',
  sso: 'IAM Identity Center',
  process: 'credential_process',
  login: 'aws login',
  'web-identity': 'web identity',
  none: 'no credentials',
};

const states: Readonly<Record<ProfileSummary['state'], string>> = {
  ready: 'ready',
  expired: 'expired',
  'login-needed': 'login needed',
  'mfa-needed': 'MFA code needed',
  unknown: 'not known',
  unusable: 'unusable',
};

/** `2026-11-25 14:05Z` */
function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/** In what state a profile is, and until when: `ready until 2026-11-25 14:05Z`. */
function stateText({ state, until }: Pick<ProfileSummary, 'state' | 'until'>): string {
  if (until === null) return states[state];
  return `${states[state]} ${state === 'ready' ? 'until' : 'since'} ${minute(until)}`;
}

/** Names come from files, and could move the cursor. */
function shown(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}

function details({ kind, account, region, role, mfa }: ProfileSummary): readonly string[] {
  return [kinds[kind], account ?? '-', region ?? '-', role ?? '-', mfa ? 'MFA' : '-'].map(shown);
}

/** What the files say of a profile besides its name and state, and why it is of no use. */
function detailsText(profile: ProfileSummary): string {
  const { kind, account, region, role, mfa, why } = profile;
  const known = [kinds[kind], account === null ? null : `account ${account}`, region, role === null ? null : `role ${role}`, mfa ? 'MFA' : null];
  return shown(`${known.filter((part) => part !== null).join(', ')}${why === null ? '' : `. ${why.charAt(0).toUpperCase()}${why.slice(1)}`}`);
}

const header = ['profile', 'kind', 'account', 'region', 'role', 'MFA', 'state'];

/** The profiles as a table with a line each; where one does not fit into the window, each with two lines or more. */
export function profilesText(profiles: readonly ProfileSummary[], style: Style): string {
  const rows = profiles.map((profile) => [shown(profile.name), ...details(profile), stateText(profile)]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (style.columns !== null && total > style.columns) return profiles.map((profile) => block(profile, style)).join('\n');
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const reasons = profiles.flatMap(({ name, state, why }) => (state === 'unusable' && why !== null ? [shown(`${name}: ${why}`)] : []));
  return [
    style.dim(line(header)),
    ...rows.map((row, index) => painted(line(row), profiles[index], style)),
    ...(reasons.length === 0 ? [] : ['', ...reasons.map((reason) => wrap(reason, style.columns, '  ', 0))]),
  ].join('\n');
}

/** The state, which ends the line, in its colour. */
function painted(line: string, profile: ProfileSummary | undefined, style: Style): string {
  if (profile === undefined) return line;
  const text = stateText(profile);
  return `${line.slice(0, -text.length)}${paintedState(profile, style)}`;
}

/** {@link stateText} in colour: good, not usable as it is, or to be seen. */
function paintedState(profile: Pick<ProfileSummary, 'state' | 'until'>, style: Style): string {
  const { state } = profile;
  const paint = state === 'ready' ? style.good : state === 'unknown' ? style.dim : state === 'mfa-needed' ? style.caution : style.bad;
  return paint(stateText(profile));
}

function block(profile: ProfileSummary, style: Style): string {
  const head = wrap(`${style.bold(shown(profile.name))}  ${paintedState(profile, style)}`, style.columns, '  ', 0);
  return `${head}\n  ${wrap(detailsText(profile), style.columns, '  ')}`;
}

/** Names up to this length stand in one column. */
const nameColumn = 30;

/** Finds profiles by parts of what is known of them, those first whose names have them, for a list of as many columns as the window has: each in one line where its name allows it. */
export function profilePicker(profiles: readonly ProfileSummary[], columns: number | null): (term: string) => readonly FoundChoice<string>[] {
  const column = Math.min(nameColumn, Math.max(...profiles.map(({ name }) => name.length)));
  const listed = profiles.map((profile) => ({
    text: [profile.name, ...details(profile), stateText(profile)].join(' ').toLowerCase(),
    choice: { value: profile.name, name: pickerLine(profile, column, columns), short: shown(profile.name), description: `${stateText(profile)}: ${detailsText(profile)}` },
  }));
  return (term) => {
    const words = term.toLowerCase().split(/\s+/);
    const found = listed.filter(({ text }) => words.every((word) => text.includes(word)));
    const isNamed = ({ choice }: (typeof listed)[number]): boolean => words.every((word) => choice.value.toLowerCase().includes(word));
    return [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))].map(({ choice }) => choice);
  };
}

/** Name and state, and of account and region what has room: all of it stands below the list. */
function pickerLine(profile: ProfileSummary, column: number, columns: number | null): string {
  const name = shown(profile.name);
  const room = (columns ?? Number.POSITIVE_INFINITY) - 3; // before a choice stands a pointer
  const more = [profile.account, profile.region].flatMap((part) => part ?? []).map(shown);
  const long = [name.padEnd(column), stateText(profile)];
  const lines = [[...long, ...more], [...long, ...more.slice(0, 1)], long, [name.padEnd(column), states[profile.state]], [name, states[profile.state]]].map((parts) => parts.join('  '));
  return lines.find((line) => line.length <= room) ?? name;
}
