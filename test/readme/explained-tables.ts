import { checkExplanations } from '../../scripts/explanations/checks';
import { codeExplanations } from '../../scripts/explanations/explain';
import { checkIds } from '../../scripts/failures/check-ids';
import { exitCodes, type FailureCode } from '../../scripts/failures/exit-codes';

/** A sentence, or a command as code with its remark behind it. */
function way(text: string): string {
  const [, command, remark] = /^((?:npm|aws|git|export|unset|chmod|printf) .*?)(?: {3}(\(.*\)))?$/.exec(text) ?? [];
  return command === undefined ? text : `\`${command}\`${remark === undefined ? '' : ` ${remark}`}.`;
}

function table(head: string, rows: readonly (readonly string[])[]): string {
  const columns = head.split(' | ').map(() => '---');
  return [head, columns.join(' | '), ...rows.map((cells) => cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | '))].map((line) => `| ${line} |`).join('\n');
}

/** By the exit code that they end a run with; those of one as they are listed in the code. */
const codes = (Object.keys(exitCodes) as FailureCode[]).toSorted((a, b) => exitCodes[a] - exitCodes[b]);

const exitCodeText = (code: FailureCode): string => (code === 'INTERRUPTED' ? '129, 130, 143' : String(exitCodes[code]));

/** What `--explain` says of each code, in short. */
export const codesTable = (): string => table('code | exit | what is wrong | what helps', codes.map((code) => {
  const { means, fix } = codeExplanations[code];
  return [code, exitCodeText(code), means, fix.map(way).join(' ')];
}));

/** What `--explain` says that each check passes for. */
export const checksTable = (): string => table('id | passes where', checkIds.map((id) => [`\`${id}\``, checkExplanations[id].means]));
