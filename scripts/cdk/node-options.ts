/** Options of Node that neither write down what a process knows nor run code in it, without their values. */
const harmless: ReadonlySet<string> = new Set([
  '--max-old-space-size', '--max-old-space-size-percentage', '--max-semi-space-size', '--huge-max-old-generation-size', '--max-http-header-size', '--stack-trace-limit', '--v8-pool-size',
  '--secure-heap', '--secure-heap-min', '--zero-fill-buffers', '--use-largepages', '--jitless',
  '--use-openssl-ca', '--use-bundled-ca', '--use-system-ca', '--use-env-proxy', '--openssl-legacy-provider', '--enable-fips', '--force-fips',
  '--tls-cipher-list', '--tls-min-v1.0', '--tls-min-v1.1', '--tls-min-v1.2', '--tls-min-v1.3', '--tls-max-v1.2', '--tls-max-v1.3',
  '--dns-result-order', '--network-family-autoselection', '--network-family-autoselection-attempt-timeout', '--enable-network-family-autoselection',
  '--disable-warning', '--pending-deprecation', '--throw-deprecation', '--trace-deprecation', '--trace-warnings', '--trace-uncaught', '--unhandled-rejections',
  '--enable-source-maps', '--preserve-symlinks', '--preserve-symlinks-main', '--disable-proto', '--disallow-code-generation-from-strings', '--frozen-intrinsics',
]);

interface Word {
  /** As it was written. */
  readonly raw: string;
  /** As Node takes it: without quotation marks. */
  readonly text: string;
}

/** Splits as Node does: at spaces; in quotation marks, wherever in a word, a backslash takes what follows as it is. */
function wordsOf(options: string): Word[] {
  const raws = options.match(/(?:"(?:\\.|[^"\\])*"?|[^\s"])+/g) ?? [];
  return raws.map((raw) => ({ raw, text: raw.replace(/"((?:\\.|[^"\\])*)"?/g, (_, quoted: string) => quoted.replace(/\\(.)/g, '$1')) }));
}

/** The option's name as Node's documentation has it. Node takes `_` for `-`. */
function nameOf({ text }: Word): string {
  const name = text.replace(/=[^]*$/, '');
  return name.startsWith('--') ? name.replaceAll('_', '-') : name;
}

/**
 * NODE_OPTIONS for a process that can reach credentials: what of them is known to do no harm. All else could dump its
 * memory or environment, let somebody in, or run code in it (`--inspect`, `--report…`, `--require`, `--tls-keylog`).
 *
 * @returns what is kept, and the names of what is not
 * @see https://nodejs.org/docs/latest-v24.x/api/cli.html#node_optionsoptions
 */
export function harmlessNodeOptions(options: string): { readonly kept: string; readonly removed: readonly string[] } {
  const kept: string[] = [];
  const removed: string[] = [];
  let keeps = false;
  for (const word of wordsOf(options)) {
    const isOption = word.text.startsWith('-');
    const name = nameOf(word);
    if (isOption) keeps = harmless.has(name) || /^--no-[\w.-]+$/.test(name);
    if (keeps) kept.push(word.raw);
    else if (isOption) removed.push(name.replace(/[^\w.-][^]*$/, ''));
  }
  return { kept: kept.join(' '), removed };
}
