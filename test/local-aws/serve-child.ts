import { openLocalAws } from '../../scripts/local-aws/open';

/** A process of its own that serves a local AWS until SIGTERM, for tests: `serve-child FOLDER`. */
async function main(): Promise<void> {
  const aws = await openLocalAws({ folder: process.argv[2] ?? '' });
  process.once('SIGTERM', () => void aws.close().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify({ origin: aws.origin, shared: aws.shared })}\n`);
}

void main();
