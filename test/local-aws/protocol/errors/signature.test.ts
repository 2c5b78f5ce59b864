import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { openProof, type ClientInit, type Proof } from '../proof';
import { told } from './told';

const proof = openProof();

type Init = Omit<ClientInit, 'credentials'> & { readonly credentials: Proof['aws']['credentials']; readonly systemClockOffset?: number };

/** One service of each protocol. */
const sends = {
  query: (init: Init) => proof.watch(new STSClient(init)).send(new GetCallerIdentityCommand({})),
  'JSON 1.1': (init: Init) => proof.watch(new SSMClient(init)).send(new GetParameterCommand({ Name: 'a' })),
  'JSON 1.0': (init: Init) => proof.watch(new DynamoDBClient(init)).send(new ListTablesCommand({})),
  'REST JSON': (init: Init) => proof.watch(new LambdaClient(init)).send(new ListFunctionsCommand({})),
  'REST XML': (init: Init) => proof.watch(new S3Client(init)).send(new ListBucketsCommand({})),
};

const spoilt: Readonly<Record<string, (init: Init) => Init>> = {
  'an unknown key': (init) => ({ ...init, credentials: { ...init.credentials, accessKeyId: 'ASIAQAAAAAAAAAAAAAAA' } }),
  'another token': (init) => ({ ...init, credentials: { ...init.credentials, sessionToken: 'x' } }),
  'another secret': (init) => ({ ...init, credentials: { ...init.credentials, secretAccessKey: 'x'.repeat(40) } }),
  'a clock that is twenty minutes slow': (init) => ({ ...init, systemClockOffset: -20 * 60 * 1000 }),
  'a clock that is twenty minutes fast': (init) => ({ ...init, systemClockOffset: 20 * 60 * 1000 }),
};

const invalid = 'The security token included in the request is invalid.';
const mismatch = 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const slow = expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/) as string;
const fast = expect.stringMatching(/^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/) as string;
const skewed = 'The difference between the request time and the current time is too large.';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html and https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const answers: Readonly<Record<keyof typeof sends, readonly (readonly [string, number, string])[]>> = {
  query: [['InvalidClientTokenId', 403, invalid], ['InvalidClientTokenId', 403, invalid], ['SignatureDoesNotMatch', 403, mismatch], ['SignatureDoesNotMatch', 403, slow], ['SignatureDoesNotMatch', 403, fast]],
  'JSON 1.1': json(400),
  'JSON 1.0': json(400),
  'REST JSON': json(403),
  'REST XML': [
    ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'], ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
    ['SignatureDoesNotMatch', 403, 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'],
    ['RequestTimeTooSkewed', 403, skewed], ['RequestTimeTooSkewed', 403, skewed],
  ],
};

function json(status: number): readonly (readonly [string, number, string])[] {
  const [unrecognized, signature] = ['UnrecognizedClientException', 'InvalidSignatureException'];
  return [[unrecognized, status, invalid], [unrecognized, status, invalid], [signature, status, mismatch], [signature, status, slow], [signature, status, fast]];
}

const kinds = Object.keys(spoilt);
const protocols = ['query', 'JSON 1.1', 'JSON 1.0', 'REST JSON', 'REST XML'] as const;

test.each(protocols.flatMap((protocol) => answers[protocol].map((answer, index) => [protocol, kinds[index] ?? '', answer] as const)))('%s tells of %s', async (protocol, kind, [name, status, message]) => {
  const init: Init = { ...proof.init, credentials: proof.aws.credentials };
  expect(await told(sends[protocol](spoilt[kind]?.(init) ?? init))).toEqual({ name, status, message });
});
