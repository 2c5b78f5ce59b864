import { checkExplanations } from '../../scripts/explanations/checks';
import { codeExplanations } from '../../scripts/explanations/explain';
import { checkIds } from '../../scripts/failures/check-ids';

/** A sentence, or a command as code with its remark behind it. */
function way(text: string): string {
  const [, command, remark] = /^((?:npm|aws|git|export|unset|chmod|printf) .*?)(?: {3}(\(.*\)))?$/.exec(text) ?? [];
  return command === undefined ? text : `\`${command}\`${remark === undefined ? '' : ` ${remark}`}.`;
}

function table(head: string, rows: readonly (readonly string[])[]): string {
  const columns = head.split(' | ').map(() => '---');
  return [head, columns.join(' | '), ...rows.map((cells) => cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | '))].map((line) => `| ${line} |`).join('\n');
}

/** What `--explain` says of each code, in short. */
export const codesTable = (): string =>
  table('code | what is wrong | what helps', Object.entries(codeExplanations).map(([code, { means, fix }]) => [code, means, fix.map(way).join(' ')]));

/** What `--explain` says that each check passes for. */
export const checksTable = (): string => table('id | passes where', checkIds.map((id) => [`\`${id}\``, checkExplanations[id].means]));
