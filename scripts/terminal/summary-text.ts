import { duration } from './duration';
import { labelColumn, labelledRow, labelledRows } from './labelled-row';
import type { PlanLine } from './plan-text';
import { commandLine } from './report';
import type { Style } from './style';
import { wrap } from './wrap';

/** What a deploy has done. */
export interface Summary {
  readonly account: string;
  readonly region: string;
  readonly durationMs: number;
  readonly stacks: readonly PlanLine[];
  /** By the names of their stacks. */
  readonly outputs: readonly { readonly name: string; readonly outputs: Readonly<Record<string, string>> }[];
}

const done: Readonly<Record<PlanLine['change']['kind'], string>> = {
  create: 'created', update: 'updated', unchanged: 'template unchanged', unknown: 'deployed', destroy: 'destroyed', absent: 'was not deployed',
};

/** What became of a stack. */
export function doneTo({ kind }: PlanLine['change']): string {
  return done[kind];
}

/** After a deploy: where, how long, which stacks, and their outputs, each value whole on one line. */
export function summaryLines({ account, region, durationMs, stacks, outputs }: Summary, style: Style): string[] {
  return [
    doneLine('Deployed', `to account ${account} in ${region}`, durationMs, style),
    ...stackLines(stacks, style),
    ...outputLines(outputs, style),
  ];
}

/** After a destroy: where, how long, which stacks are gone, and what of them stays behind. */
export function removalLines({ account, region, durationMs, stacks }: Omit<Summary, 'outputs'>, style: Style): string[] {
  const kept = stacks.flatMap(({ stack, change }) => (change.kind === 'destroy' ? (change.contents?.kept ?? []).map((what) => `${what} of ${stack.id}`) : []));
  return [
    doneLine('Destroyed', `in account ${account} in ${region}`, durationMs, style),
    ...stackLines(stacks, style),
    ...labelledRows('kept', kept, style),
  ];
}

/** In place of {@link removalLines}, where no stack is there. */
export function nothingLine({ account, region }: Pick<Summary, 'account' | 'region'>, style: Style): string {
  return wrap(`${style.good(style.sign.pass)} ${style.bold('Nothing to destroy')} in account ${account} in ${region}`, style.columns, '  ', 0);
}

/** The line that says that a command has done its work, and how long that took. */
export function doneLine(what: string, where: string, durationMs: number, style: Style): string {
  return wrap(`${style.good(style.sign.pass)} ${style.bold(what)} ${where}, in ${duration(durationMs)}`, style.columns, '  ', 0);
}

function stackLines(stacks: Summary['stacks'], style: Style): string[] {
  return labelledRows('stacks', stacks.map(({ stack, change }) => `${style.bold(stack.id)}  ${doneTo(change)}`), style);
}

/** Where a value does not fit behind its name it has the line below, or, of several lines, those below: to be copied. */
function outputLines(outputs: Summary['outputs'], style: Style): string[] {
  const pairs = outputs.flatMap(({ name, outputs: values }) => Object.entries(values).map(([key, value]) => [outputs.length > 1 ? `${name}.${key}` : key, value] as const));
  return pairs.flatMap(([key, value], index) => {
    const label = index === 0 ? 'outputs' : '';
    const fits = style.columns === null || 2 + labelColumn + key.length + 2 + value.length <= style.columns;
    return fits && !value.includes('\n') ? [labelledRow(label, `${key}  ${value}`, style)] : [labelledRow(label, key, style), ...value.split('\n').map((line) => `    ${line}`)];
  });
}

/** Commands to try next. Each stays whole, so that it can be copied; a remark in brackets may follow it. */
export function nextCommands(commands: readonly string[], style: Style): string[] {
  return ['', style.bold('Next'), ...commands.map((command) => `  ${commandLine(command, style, '    ')}`)];
}
