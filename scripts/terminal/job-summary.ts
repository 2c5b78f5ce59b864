import { redact } from '../secrets/redact';
import { duration } from './duration';
import type { Report } from './report';
import { doneTo, type Summary } from './summary-text';

/** A value longer than this is cut: the page takes a megabyte of a step. */
const longest = 1000;

/** More outputs than these are counted. */
const most = 100;

/** Text that stays what it is in a table of Markdown: nothing of it is markup, a link or a new line. */
function cell(text: string): string {
  const whole = redact(text);
  const cut = whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
  return cut.replaceAll(/[&<>|\\`*_~[\]()#!@:"'$-]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll(/\r\n|\r|\n/g, '<br>').replaceAll(/\p{Cc}/gu, ' ');
}

function code(text: string): string {
  return `<code>${cell(text)}</code>`;
}

function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string[] {
  return rows.length === 0 ? [] : ['', `| ${head.join(' | ')} |`, '| --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)];
}

function outputRows({ outputs }: Summary): (readonly [string, string])[] {
  const rows = outputs.flatMap(({ name, outputs: values }) => Object.entries(values).map(([key, value]) => [code(`${name}.${key}`), code(value)] as const));
  return rows.length <= most ? rows : [...rows.slice(0, most), ['', `and ${rows.length - most} more`]];
}

/**
 * A run in Markdown, for the page of a job: who, where, which stacks, what came out, how long.
 *
 * @param deployed `null` where nothing was
 */
export function jobSummary(command: string, { identity, region, checks, error, durationMs }: Report, deployed: Summary | null): string {
  const head = error === null ? `### npm run ${cell(command)}` : `### npm run ${cell(command)}: ${cell(error.code)}`;
  const who = identity === null ? [] : ([['identity', code(identity.arn)], ['account', code(identity.account)]] as const);
  const where = region === null ? [] : ([['region', code(region.value)]] as const);
  const took = deployed === null ? duration(durationMs) : `${duration(durationMs)}, of which CDK ${duration(deployed.durationMs)}`;
  const warnings = checks.filter(({ status }) => status === 'warn').map(({ id, message }) => [code(id), cell(message)] as const);
  return [
    head,
    ...(error === null ? [] : ['', cell(error.message), '', cell(error.fix)]),
    ...table(['', ''], [...who, ...where, ['duration', took]]),
    ...table(['stack', ''], (deployed?.stacks ?? []).map(({ stack, change }) => [code(stack.id), doneTo(change)])),
    ...table(['output', 'value'], deployed === null ? [] : outputRows(deployed)),
    ...table(['warning', ''], warnings),
    '', '',
  ].join('\n');
}
