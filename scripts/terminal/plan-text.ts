import type { AssemblyStack } from '../assembly/assembly';
import type { Proof } from '../identity/prove';
import { minutesText } from '../checks/minutes-text';
import { redact } from '../secrets/redact';
import type { StackRemoval } from '../plan/plan-removals';
import type { StackChange } from '../plan/stack-change';
import { labelColumn, labelledRow, labelledRows } from './labelled-row';
import type { Style } from './style';
import { breakLongWords, wrap } from './wrap';

/** What becomes of one stack. */
export interface PlanLine {
  readonly stack: Pick<AssemblyStack, 'id'>;
  readonly change: StackChange | StackRemoval;
}

/** What a plan says. */
export interface PlanInit {
  readonly command: string;
  /** The name of the environment of cdk.json. */
  readonly environment: string | null;
  readonly source: string;
  readonly identity: string;
  readonly account: string;
  /** Where it has one, and the caller may know it. */
  readonly accountAlias: string | null;
  readonly region: string;
  /** Where it is not AWS's own. */
  readonly endpoint: string | null;
  /** When the session ends: `null` where nobody says, and for long-term keys, which `kind` tells. */
  readonly expiration: Date | null;
  readonly kind: Proof['kind'];
  readonly now: Date;
  readonly stacks: readonly PlanLine[];
  /** What would run beside the credentials: plugins, asset executables, Docker builds. */
  readonly commands: readonly string[];
  /** Whether all of what broadens is shown, however much it is. */
  readonly verbose?: boolean;
}

/** More lines of what broadens than these are counted. */
const mostBroadening = 8;

/** The plan: who, where, what. */
export function planLines(plan: PlanInit, style: Style): string[] {
  const row = (label: string, text: string): string => labelledRow(label, text, style);
  return [
    style.bold(`Plan: ${plan.command}`),
    ...(plan.environment === null ? [] : [row('env', plan.environment)]),
    row('source', plan.source),
    row('identity', breakLongWords(plan.identity, style.columns === null ? null : style.columns - labelColumn - 2)), // the check of that name has it whole
    row('account', plan.accountAlias === null ? plan.account : `${plan.account} (${plan.accountAlias})`),
    row('region', plan.region),
    ...(plan.endpoint === null ? [] : [row('endpoint', plan.endpoint)]),
    ...(plan.kind === 'long-term' ? [] : [row('session', plan.expiration === null ? 'when it ends is not known' : timeLeft(plan.expiration, plan.now))]),
    ...labelledRows('stacks', plan.stacks.map(({ stack, change }) => `${style.bold(stack.id)}  ${changeText(change)}`), style),
    ...broadeningLines(plan, style),
    ...labelledRows('runs', plan.commands.map((command) => style.caution(`${command} (beside the credentials)`)), style),
  ];
}

/** Each begins with a plus, so that it is told from what is left of the one before. */
function broadeningLines({ stacks, verbose = false }: PlanInit, style: Style): string[] {
  const all = stacks.flatMap(({ change }) => ('broadening' in change ? change.broadening : []));
  const shown = verbose ? all : all.slice(0, mostBroadening);
  const taken = labelColumn + 4;
  const lines = shown.map((text, index) => {
    const label = style.dim((index === 0 ? 'broadens' : '').padEnd(labelColumn));
    const whole = breakLongWords(redact(text), style.columns === null ? null : style.columns - taken);
    return `  ${label}${style.caution('+')} ${wrap(style.caution(whole), style.columns, ' '.repeat(taken))}`;
  });
  const more = all.length - shown.length;
  return more === 0 ? lines : [...lines, `${' '.repeat(taken)}${style.caution(`and ${more} more, which --verbose shows`)}`];
}

/** In whole minutes, rounded down: `54 minutes left`. */
export function timeLeft(expiration: Date, now: Date): string {
  const minutes = Math.floor((expiration.getTime() - now.getTime()) / 60_000);
  if (minutes < 0) return 'has ended';
  return `${minutesText(minutes)} left`;
}

function resourcesText(count: number): string {
  return count === 1 ? '1 resource' : `${count} resources`;
}

function removalText({ contents }: Extract<StackRemoval, { readonly kind: 'destroy' }>): string {
  if (contents === null) return 'destroy, with everything in it that its removal policy does not keep';
  return `destroy, ${resourcesText(contents.resources)}${contents.kept.length === 0 ? '' : `; kept: ${contents.kept.join(', ')}`}`;
}

function changeText(change: PlanLine['change']): string {
  if (change.kind === 'destroy') return removalText(change);
  if (change.kind === 'absent') return 'nothing of it is deployed';
  if (change.kind === 'create') return `create, ${resourcesText(change.resources)}`;
  if (change.kind === 'unchanged') return 'template unchanged'; // tags and parameters may change all the same
  if (change.kind === 'unknown') return `unknown: ${change.why}`;
  const { added, changed, replaced, removed, other } = change.counts;
  const parts = [[added, 'added'], [changed, 'changed'], [replaced, 'replaced'], [removed, 'removed'], [other, other === 1 ? 'other change' : 'other changes']] as const;
  return `update: ${parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(', ')}`;
}
