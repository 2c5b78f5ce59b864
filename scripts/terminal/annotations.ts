import { redact } from '../secrets/redact';
import { failureText } from './report';
import type { Screen } from './screen';

/** As the runner of GitHub Actions reads it back; a property ends at a colon or a comma too. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * A line that the runner of GitHub Actions shows on the page of the run as well as in its log.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function annotation(level: 'error' | 'warning', title: string, message: string): string {
  return `::${level} title=${escapedProperty(redact(title))}::${escaped(redact(message))}\n`;
}

/**
 * `screen` with its failure as an annotation, in place of the same words, and one beside each warning of the checklist.
 *
 * @param write to a stream that the runner reads
 */
export function annotatingScreen(screen: Screen, write: (line: string) => void): Screen {
  const warned = new Set<string>();
  return {
    ...screen,
    check(result, tookMs) {
      screen.check(result, tookMs);
      if (result.status !== 'warn' || warned.has(result.id)) return;
      warned.add(result.id);
      write(screen.style.spell(annotation('warning', result.id, result.fix === null ? result.message : `${result.message}\n${result.fix}`)));
    },
    failure: (failure) => { write(screen.style.spell(annotation('error', failure.code, failureText(failure, screen.style)))); },
  };
}

/**
 * Runs `work`, whose lines can be folded away in the log.
 *
 * @param stream that it prints to; `null` where no runner reads it
 */
export async function inGroup<Result>(stream: { write(text: string): unknown } | null, title: string, work: () => Promise<Result>): Promise<Result> {
  stream?.write(`::group::${escaped(title)}\n`);
  try {
    return await work();
  } finally {
    stream?.write('::endgroup::\n');
  }
}
