import { account } from '../checks/account';
import { expiry } from '../checks/expiry';
import { keyKind } from '../checks/key-kind';
import { readHost } from '../checks/read-host';
import { wrongAccount } from '../checks/wrong-account';
import { confirmed } from './confirm';
import { ableToCallIam, exchangeKeys } from './exchange-keys';
import { findAndProve } from './find-and-prove';
import { expectedAccount, guardRails } from './guard-rails';
import { cdkOutput, handOver } from './hand-over';
import { bootstrapStack, withStacksLocked, type LockedStack } from './lock-stacks';
import { showPlan } from './plan';
import { show, verifyNoneFailed } from './run-checks';
import type { Run } from './run';
import { leadingTo, npmRun } from './same-command';
import { withAccountAlias } from './session';
import { doneLine, nextCommands } from '../terminal/summary-text';

/** `npm run bootstrap`: prepares the account and region of the credentials for CDK. */
export async function bootstrap(run: Run): Promise<void> {
  const { options, surroundings, screen } = run;
  const found = withAccountAlias(await findAndProve(run));
  const configuration = guardRails(run.configuration, found.found);
  const proven = { ...found, configuration, surroundings, expectedAccount: expectedAccount(run, found.found), host: readHost(surroundings.environment) };
  const results = await Promise.all([keyKind.run(proven), expiry().run(proven), account.run(proven)]);
  for (const result of results) show(run, result);
  verifyNoneFailed(results);
  verifyPlaces(options.stacks, found.proof.identity.account);
  const session = ableToCallIam(run, await exchangeKeys(run, found, 'the bootstrap'), 'the bootstrap');
  await showPlan(run, session, null, []);
  screen.line();
  const { identity } = session.proof;
  const where = options.stacks.length === 0 ? `account ${identity.account} in ${session.region.value}` : options.stacks.join(' and ');
  await confirmed(run, session, { text: `Bootstrap ${where} for CDK?`, reads: false });
  const init = { command: 'bootstrap', session, assembly: null, stacks: options.stacks, args: options.cdkArguments, output: cdkOutput(run) } as const;
  const started = performance.now();
  await withStacksLocked(run, session, toolkits(options.stacks), () => handOver(run, init));
  screen.line();
  screen.line(doneLine('Bootstrapped', where, performance.now() - started, screen.style));
  for (const line of nextCommands([npmRun('deploy', leadingTo(options, session))], screen.style)) screen.line(line);
}

/** The stack that CDK makes in each place. */
function toolkits(places: readonly string[]): readonly LockedStack[] {
  const regions = places.length === 0 ? [null] : places.map((place) => /^aws:\/\/\d{12}\/([\w-]+)$/.exec(place)?.[1] ?? null);
  return [...new Set(regions)].map((region) => ({ name: bootstrapStack, account: null, region }));
}

/** CDK bootstraps with the credentials as they are: `aws://ACCOUNT/REGION` of another account cannot be made with them. */
function verifyPlaces(places: readonly string[], actual: string): void {
  for (const place of places) {
    const named = /^aws:\/\/(\d{12})\//.exec(place)?.[1] ?? actual;
    if (named !== actual) verifyNoneFailed([wrongAccount(`${place} is of account ${named}, and the credentials are of ${actual}.`, named)]);
  }
}
