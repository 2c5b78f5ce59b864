import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { findKeys, type KeyRule } from '../../scripts/secrets/find-keys';

// Put together here, so that the repository holds nothing that is shaped like a key.
const id = ['AKIA', 'QZ7WX3LMNPRT', '5YKD'].join('');
const oldId = ['AKIA', 'IZ8W93LMNPRT', '5Y0D'].join('');
const session = ['ASIA', 'QZ7WX3LMNPRT', '5YKD'].join('');
const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
const random = fc.sample(fc.uint8Array({ minLength: 600, maxLength: 600 }), { numRuns: 1, seed: 7 }).map((bytes) => Buffer.from(bytes).toString('base64'))[0] ?? '';
const documented = 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const bedrock = ['BedrockAPIKey-a1b2', '-at-210987654321:'].join('');

const rulesIn = (text: string): KeyRule[] => findKeys(Buffer.from(text)).map(({ rule }) => rule);

const found: readonly (readonly [KeyRule, readonly string[]])[] = [
  ['aws-key-pair', [
    `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`,
    `{"accessKeyId":"${session}","secretAccessKey":"${secret}"}`,
    `const keys = ["${secret}", "${id}"];`,
    `User name,Access key ID,Secret access key\ndev,${oldId},${secret}\r\n`,
    `${documented}\n${id} ${secret}`,
    `{"AccessKeyId":"${session}","SecretAccessKey":"${secret.replaceAll('/', String.raw`\/`)}"}`,
    `https://${id}:${encodeURIComponent(secret)}@s3.example`,
    `id=${id}&secret=${secret.replaceAll('/', '%2f').replaceAll('+', '%2b')}`,
  ]],
  ['aws-access-key-id', [`id: ${id}`, `${session}\n`, `https://s3.amazonaws.com/b/k?AWSAccessKeyId=${oldId}&Expires=1`, `https://b.s3.amazonaws.com/k?X-Amz-Credential=${id}%2F20261130%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Signature=${'0a1b'.repeat(16)}&X-Amz-Security-Token=${encodeURIComponent(random.slice(0, 300))}`, `${id} wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`, `${id}${' '.repeat(600)}${secret}`]],
  ['aws-session-token', [`AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjE${random}`, `token: "FwoGZXIvYXdzE${random}"`, `<SessionToken>FQoGZXIvYXdzE${random}</SessionToken>`, `AQoDYXdzE${random.slice(0, 300)}`]],
  ['bedrock-api-key', [`AWS_BEARER_TOKEN_BEDROCK=ABSK${Buffer.from(`${bedrock}${random}`).toString('base64').slice(0, 128)}`, `Bearer ABSK${Buffer.from(bedrock + random.slice(0, 55)).toString('base64')}`]],
  ['bedrock-short-term-key', [`bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Signature=${random}`).toString('base64')}`]],
];

test.each(found.flatMap(([rule, texts]) => texts.map((text, index) => [rule, index, text] as const)))('%s is found, example %i', (rule, _, text) => {
  expect(rulesIn(text)).toEqual([rule]);
});

test.each<[string, string]>([
  ['the example of the documentation', documented],
  ['the other one', 'AKIAI44QH8DHBEXAMPLE je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY'],
  ["a key of the documentation's account", 'AKIARZPUZDIKKUQZ7WX3'],
  ['bait of canarytokens.org', `AKIAQYLPMN5HHHFPZAM2 ${secret}`],
  ['a secret alone', `const x = "${secret}";`],
  ['one that was typed', `AKIAOTHEROTHEROTHER2 ${'0'.repeat(40)}`],
  ['an id of a user and of a role', 'AIDAQZ7WX3LMNPRT5YKD AROAQZ7WX3LMNPRT5YKD'],
  ['a longer word', `X${id}Y`],
  ['what no id of today has', 'AKIAQZ8W93LMNPRT5Y0D'],
  ["the documentation's token", `AQoDYXdzEPT//////////wEXAMPLE${random.slice(0, 200)}`],
  ['a token that was typed', `IQoJb3JpZ2lu${'X2VjE0'.repeat(60)}`],
  ['the beginning of a token', 'IQoJb3JpZ2luX2VjE…'],
  ['a pattern for tokens', String.raw`/IQoJb3JpZ2lu|FwoGZXIvYXdz[A-Za-z0-9/+=]{60,}/`],
  ['the beginning of a Bedrock key', 'ABSKQmVkcm9ja0FQSUtleS1...'],
  ['a Bedrock key in a longer word', `xABSK${random.slice(0, 128)}`],
  ['a name', 'bedrock-api-key-for-the-team'],
])('%s is none', (_, text) => {
  expect(rulesIn(text)).toEqual([]);
});

describe('what looks like chance is none', () => {
  const megabyte = fc.sample(fc.uint8Array({ minLength: 3000, maxLength: 3000 }), { numRuns: 300, seed: 11 }).map((bytes) => Buffer.from(bytes));
  test.each<[string, () => string]>([
    ['sha512 integrity strings', () => megabyte.map((bytes) => `"integrity": "sha512-${createHash('sha512').update(bytes).digest('base64')}"`).join('\n')],
    ['sha1 integrity strings and git SHAs', () => megabyte.map((bytes) => `sha1-${createHash('sha1').update(bytes).digest('base64')} ${createHash('sha1').update(bytes).digest('hex')}`).join('\n')],
    ['images in base64', () => megabyte.map((bytes) => `url(data:image/png;base64,${bytes.toString('base64')})`).join('\n')],
    ['images in lines of 76, and of 40', () => megabyte.map((bytes, index) => bytes.toString('base64').replace(index % 2 === 0 ? /.{76}/g : /.{40}/g, '$&\n')).join('\n')],
    ['UUIDs', () => Array.from({ length: 20_000 }, () => randomUUID().toUpperCase()).join('\n')],
    ['minified code', () => readFileSync(resolve(__dirname, '../../node_modules/aws-cdk/lib/index.js'), 'latin1')],
    ['the lockfile', () => readFileSync(resolve(__dirname, '../../package-lock.json'), 'latin1')],
    ["this repository's README", () => readFileSync(resolve(__dirname, '../../README.md'), 'latin1')],
  ])('%s', (_, text) => {
    expect(rulesIn(text())).toEqual([]);
  });
});

test('an id is told once, with its secret where one stands near any place of it', () => {
  const text = `${id}\n${' '.repeat(600)}${id} ${secret}${' '.repeat(600)}${id}`;
  expect(findKeys(Buffer.from(text))).toEqual([{ rule: 'aws-key-pair', index: 621, value: `${id}\n${secret}` }]);
});
