import { findAndProve } from '../../scripts/flow/find-and-prove';
import { makePlace } from '../credentials/place';
import { identity, session, startFakeSts } from '../identity/fake-sts';
import { runFor } from './run-for-test';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const hour = 3_600_000;
const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };
const config = `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/dev\nregion = eu-west-1\n[profile base]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${'0'.repeat(40)}\n`;

test('the time beside identity is that of AWS, not that of a person who looks for a code', async () => {
  const sts = await startFakeSts((request, response) => (request.action === 'AssumeRole' ? session(assumed, new Date(Date.now() + hour)) : identity())(request, response));
  const place = makePlace();
  const run = runFor('preflight', ['--profile', 'dev'], place.project);
  let spentAsking = 0;
  const clock = performance.now.bind(performance);
  const now = jest.spyOn(performance, 'now').mockImplementation(() => clock() + spentAsking);
  const times = new Map<string, number | undefined>();
  try {
    place.inHome('.aws/config', config);
    const surroundings = place.surroundings({ AWS_ENDPOINT_URL: sts.origin }, run.options);
    await findAndProve({
      ...run,
      screen: { ...run.screen, check: ({ id }, tookMs) => { times.set(id, tookMs); } },
      surroundings: { ...surroundings, askMfaCode: async (_serial, _wasRefused, use) => {
        spentAsking = hour;
        return use('123456');
      } },
    });
  } finally {
    now.mockRestore();
    run.interruption.stop();
    place.remove();
    await sts.close();
  }
  expect(spentAsking).toBe(hour);
  expect(times.get('identity')).toBeLessThan(hour);
});
