import recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { app, context } from '../../cdk.json';

test('cdk.json has the feature flags that the installed CDK recommends, and beside them at most ours', () => {
  const flags = Object.fromEntries(Object.entries(context).filter(([key]) => key !== 'takeoff'));
  expect(flags).toEqual(recommended);
});

test('among them the one that makes findings in a template errors', () => {
  expect(context).toMatchObject({ '@aws-cdk/core:validateAgainstDefaultRules': true });
});

test('the app is started without a compiler and without npx', () => {
  expect(app).toBe('node --import tsx bin/app.ts');
});
