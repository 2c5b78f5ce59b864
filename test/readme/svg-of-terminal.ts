import { Terminal, type IBufferCell } from '@xterm/headless';

const width = 8.4;
const height = 18;
const margin = 16;

/** Of xterm's first sixteen colours, on the dark ground that the picture brings with it. */
const palette = ['#2e3436', '#ef2929', '#8ae234', '#fce94f', '#729fcf', '#ad7fa8', '#34e2e2', '#d3d7cf', '#888a85', '#ff6b6b', '#a5f06b', '#fff78a', '#9fc4ff', '#d7a9e3', '#7ff5f5', '#ffffff'];
const ground = '#16181d';
const ink = '#d3d7cf';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How a cell looks, as attributes of SVG; an empty text for one that is plain. */
function look(cell: IBufferCell): string {
  const colour = cell.isFgPalette() ? palette[cell.getFgColor()] : undefined;
  return `${colour === undefined ? '' : ` fill="${colour}"`}${cell.isBold() === 0 ? '' : ' font-weight="bold"'}${cell.isDim() === 0 ? '' : ' opacity="0.65"'}`;
}

interface Run {
  readonly column: number;
  readonly look: string;
  text: string;
}

function runsOf(terminal: Terminal, row: number): Run[] {
  const line = terminal.buffer.active.getLine(row);
  const runs: Run[] = [];
  for (let column = 0; column < (line?.translateToString(true).length ?? 0); column++) {
    const cell = line?.getCell(column);
    if (cell === undefined) continue;
    const [looks, last] = [look(cell), runs.at(-1)];
    if (last?.look === looks) last.text += cell.getChars() || ' ';
    else runs.push({ column, look: looks, text: cell.getChars() || ' ' });
  }
  return runs;
}

/** A picture of a terminal of `columns` columns to which `written` was written: all of its lines, those that scrolled away too. */
export async function svgOfTerminal(written: string, columns: number, title: string): Promise<string> {
  const terminal = new Terminal({ cols: columns, rows: 40, scrollback: 10_000, allowProposedApi: true });
  await new Promise<void>((resolve) => { terminal.write(written, resolve); });
  const { buffer: { active } } = terminal;
  let rows = active.length;
  while (rows > 0 && (active.getLine(rows - 1)?.translateToString(true) ?? '') === '') rows--;
  const text = Array.from({ length: rows }, (_, row) => runsOf(terminal, row).map((run) =>
    `<text x="${(margin + run.column * width).toFixed(1)}" y="${(margin + (row + 0.8) * height).toFixed(1)}"${run.look} xml:space="preserve">${escaped(run.text)}</text>`).join('')).filter(Boolean);
  terminal.dispose();
  const [w, h] = [Math.ceil(columns * width + 2 * margin), rows * height + 2 * margin];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${ink}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`,
    ...text,
    '</svg>',
    '',
  ].join('\n');
}
