import type { ProfileSummary } from '../credentials/list-profiles';
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
export function stateText({ state, until }: Pick<ProfileSummary, 'state' | 'until'>): string {
  if (until === null) return states[state];
  return `${states[state]} ${state === 'ready' ? 'until' : 'since'} ${minute(until)}`;
}

/** What the files say of a profile besides its name and state. */
function details({ kind, account, region, role, mfa }: ProfileSummary): readonly string[] {
  return [kinds[kind], account ?? '-', region ?? '-', role ?? '-', mfa ? 'MFA' : '-'];
}

/** The same in one line, without what is not known, and why it is of no use. */
export function detailsText(profile: ProfileSummary): string {
  const { kind, account, region, role, mfa, why } = profile;
  const known = [kinds[kind], account === null ? null : `account ${account}`, region, role === null ? null : `role ${role}`, mfa ? 'MFA' : null];
  return `${known.filter((part) => part !== null).join(', ')}${why === null ? '' : `. ${why.charAt(0).toUpperCase()}${why.slice(1)}`}`;
}

const header = ['profile', 'kind', 'account', 'region', 'role', 'MFA', 'state'];

/** The profiles as a table with a line each; where one does not fit into the window, each with two lines or more. */
export function profilesText(profiles: readonly ProfileSummary[], style: Style): string {
  const rows = profiles.map((profile) => [profile.name, ...details(profile), stateText(profile)]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (style.columns !== null && total > style.columns) return profiles.map((profile) => block(profile, style)).join('\n');
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const reasons = profiles.flatMap(({ name, state, why }) => (state === 'unusable' && why !== null ? [`${name}: ${why}`] : []));
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
export function paintedState(profile: Pick<ProfileSummary, 'state' | 'until'>, style: Style): string {
  const { state } = profile;
  const paint = state === 'ready' ? style.good : state === 'unknown' ? style.dim : state === 'mfa-needed' ? style.caution : style.bad;
  return paint(stateText(profile));
}

function block(profile: ProfileSummary, style: Style): string {
  const head = wrap(`${style.bold(profile.name)}  ${paintedState(profile, style)}`, style.columns, '  ', 0);
  return `${head}\n  ${wrap(detailsText(profile), style.columns, '  ')}`;
}
