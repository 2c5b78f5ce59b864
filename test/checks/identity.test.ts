import { identityCheck } from '../../scripts/checks/identity';

const proof = { identity: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/dev', userId: 'AIDA', partition: 'aws' }, clockOffsetMs: 0 };

test('an endpoint that was asked unencrypted is warned of, by what names it', () => {
  expect(identityCheck(proof, [])).toMatchObject({ status: 'pass' });
  expect(identityCheck(proof, [{ origin: 'http://10.0.0.5:4566', namedBy: ['AWS_ENDPOINT_URL'] }])).toMatchObject({ status: 'warn', message: expect.stringContaining('Asked without encryption: http://10.0.0.5:4566 (AWS_ENDPOINT_URL). Whoever') as string });
});

test('a clock that is off is said', () => {
  expect(identityCheck({ ...proof, clockOffsetMs: 600_000 }, [])).toMatchObject({ status: 'warn', message: expect.stringContaining('It was corrected for this run.') as string });
});
