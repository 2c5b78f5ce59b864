// The floor that the preflight is held against: one GetCallerIdentity with the same SDK, as anyone would write it.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const { Account, Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
process.stdout.write(`${Account} ${Arn}\n`);
