import { deploymentTarget } from '../../lib/deployment-target';

test.each([
  [{}, {}],
  [{ CDK_DEFAULT_ACCOUNT: '', CDK_DEFAULT_REGION: '' }, {}],
  [{ CDK_DEFAULT_ACCOUNT: '111122223333' }, { account: '111122223333' }],
  [{ CDK_DEFAULT_REGION: 'eu-west-1' }, { region: 'eu-west-1' }],
  [{ CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: 'eu-west-1', AWS_REGION: 'us-east-1' }, { account: '111122223333', region: 'eu-west-1' }],
])('%j → %j', (environment, expected) => {
  expect(deploymentTarget(environment)).toStrictEqual(expected);
});
