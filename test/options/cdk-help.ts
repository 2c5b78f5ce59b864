import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const project = resolve(__dirname, '../..');

/** What the pinned CLI's own `--help` says of one option. */
export interface HelpOption {
  /** Without dashes, sorted. */
  readonly names: readonly string[];
  readonly takes: 'flag' | 'value' | 'array';
}

/** The options that `cdk COMMAND --help` lists; with no command, those of every command. */
export async function helpOptions(command: string | null): Promise<HelpOption[]> {
  return parseHelp(await help(command));
}

function help(command: string | null): Promise<string> {
  const cli = resolve(project, 'node_modules/aws-cdk/bin/cdk');
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', COLUMNS: '80', LANG: 'C' };
  return new Promise((done, failed) => {
    execFile(process.execPath, [cli, ...(command === null ? [] : [command]), '--help'], { env, cwd: __dirname, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error === null) done(`${stdout}${stderr}`);
      else failed(error);
    });
  });
}

/** A line of an option: names stand at the line's start, all that is indented further belongs to the text. */
function halves(line: string, column: number): readonly [string, string] {
  return /^ {2}\S/.test(line) ? [line.slice(0, column).trim(), line.slice(column).trim()] : ['', line.trim()];
}

function optionOf(lines: readonly string[], column: number): HelpOption {
  const parts = lines.map((line) => halves(line, column));
  // A name that fills the column goes on at the next line's start; one that follows a comma is another name.
  const names = parts.reduce((text, [left]) => (text.endsWith(',') ? `${text} ${left}` : `${text}${left}`), '');
  const right = parts.map(([, text]) => text).join(' ');
  const takes = right.includes('[array]') ? 'array' : /\[(?:string|number)\]/.test(right) ? 'value' : 'flag';
  return { names: names.split(',').map((name) => name.trim().replace(/^-+/, '')).toSorted(), takes };
}

function parseHelp(text: string): HelpOption[] {
  const lines = text.slice(text.indexOf('\nOptions:\n') + '\nOptions:\n'.length).split('\n');
  const end = lines.findIndex((line) => line.trim() === '');
  const body = end === -1 ? lines : lines.slice(0, end);
  const column = Math.min(...body.flatMap((line) => /^ {2}-.*?(?: {2,})(?=\S)/.exec(line)?.[0].length ?? []));
  const starts = body.flatMap((line, index) => (/^ {2}-/.test(line) && !/^ {2}-.*,$/.test(body[index - 1]?.slice(0, column).trimEnd() ?? '') ? [index] : []));
  return starts.map((start, index) => optionOf(body.slice(start, starts[index + 1]), column));
}
