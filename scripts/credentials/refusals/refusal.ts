import { Failure } from '../../failures/failure';
import { endpointOf } from '../connection/aws-client';
import { errorFacts, type ErrorFacts } from './error-facts';
import { proxyFor } from '../connection/proxy';
import type { RefusalContext } from './refusal-context';
import type { Refusal } from './refusal-row';
import { refusals } from './refusals';

/**
 * Says in our words what an error of the SDK or of Node means, and what to do. It quotes nothing of the error but
 * host names and AWS's error codes. A Failure comes back as it is.
 */
export function translate(error: unknown, context: RefusalContext): Failure {
  if (error instanceof Failure) return error;
  const facts = errorFacts(error);
  const [refusal, fact] = match(facts) ?? unknown(facts);
  const region = context.region ?? null;
  const service = context.service ?? 'sts';
  const endpoint = context.url === undefined ? endpointOf(context.aws, service) : null;
  const said = refusal.say({
    ...context,
    region,
    endpoint,
    proxy: proxyFor(context.aws, context.url ?? new URL(endpoint ?? `https://${service}.${region ?? 'us-east-1'}.amazonaws.com`)),
    title: context.found?.title ?? 'these credentials',
    fact,
  });
  return new Failure({ code: said.code ?? refusal.code, message: said.message, fix: said.fix, cause: error });
}

/** By name, then AWS's or Node's code, then message; the row that stands first wins. */
function match(facts: readonly ErrorFacts[]): readonly [Refusal, ErrorFacts] | null {
  const tests: readonly ((row: Refusal, fact: ErrorFacts) => boolean)[] = [
    (row, { name }) => row.names?.has(name) ?? false,
    (row, { code }) => row.names?.has(code) ?? false,
    (row, { message }) => row.only === undefined && (row.pattern?.test(message) ?? false),
    (row, { status }) => row.status?.(status) ?? false,
    (row, { name }) => row.envelopes?.has(name) ?? false,
  ];
  for (const test of tests) {
    for (const row of refusals) {
      const fact = facts.find((one) => test(row, one) && (row.only?.test(one.message) ?? true));
      if (fact !== undefined) return [row, fact];
    }
  }
  return null;
}

function unknown(facts: readonly ErrorFacts[]): readonly [Refusal, ErrorFacts] {
  const fact = facts[0] ?? { name: '', code: '', message: '', status: 0, host: null };
  const name = /^\w{1,60}$/.test(fact.name) ? fact.name : 'an unknown error';
  const answered = facts.some(({ status }) => status > 0);
  return [{
    code: answered ? 'AWS_UNAVAILABLE' : 'INTERNAL',
    say: () => answered
      ? { message: `AWS answered ${name} (HTTP ${facts.find(({ status }) => status > 0)?.status}), which says nothing of the credentials.`, fix: 'Run the same command again in a minute. https://health.aws.amazon.com shows whether AWS has a fault.' }
      : { message: `Something failed that cdk-takeoff does not know: ${name}.`, fix: 'Run the same command with --verbose, and report what it prints.' },
  }, fact];
}
