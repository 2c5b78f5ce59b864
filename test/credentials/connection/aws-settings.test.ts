import { resolveAwsVariables } from '../../../scripts/credentials/connection/aws-settings';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import { failureOf, makePlace } from '../place';

// The URL of an endpoint is shown in the plan and in messages: what is secret may not be in it.

const password = 'the-password-of-the-endpoint';

test.each([`http://me:${password}@127.0.0.1:4566`, `https://${password}@aws.example`])('an endpoint with a password is refused, unseen: %#', async (url) => {
  const failure = await failureOf(() => resolveAwsVariables({ AWS_ENDPOINT_URL_STS: url }, null));
  expect(failure).toMatchObject({ code: 'USAGE', message: expect.stringContaining('AWS_ENDPOINT_URL_STS has a user name or password in it') as string });
  expect(`${failure.message}${failure.fix}`).not.toContain(password);
});

test('so is that of a profile', async () => {
  const place = makePlace();
  try {
    place.inHome('.aws/config', `[profile dev]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = x\nendpoint_url = http://me:${password}@127.0.0.1:1\n`);
    const failure = await failureOf(() => resolveProfile('dev', place.surroundings(), { source: 'profile', title: 'profile dev', namedBy: '--profile' }));
    expect(failure).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('endpoint_url of profile dev') as string });
    expect(`${failure.message}${failure.fix}`).not.toContain(password);
  } finally {
    place.remove();
  }
});

test('one without is kept as it is', () => {
  expect(resolveAwsVariables({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/x' }, null)).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/x' });
});
