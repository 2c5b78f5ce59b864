import { app, context } from '../../cdk.json';
import { runApp, type Synthesized } from './run-app';

const entry = app.split(' ').at(-1) ?? '';

/** Account and region of the stack, as the manifest has them. */
function target(synthesized: Synthesized): string | undefined {
  const { artifacts } = JSON.parse(synthesized.file('manifest.json')) as { readonly artifacts: Readonly<Record<string, { readonly environment?: string }>> };
  return artifacts['TakeoffNotes']?.environment;
}

async function withApp(file: string, environment: Readonly<Record<string, string>>, look: (synthesized: Synthesized) => void): Promise<void> {
  const synthesized = await runApp(file, environment);
  try {
    look(synthesized);
  } finally {
    synthesized[Symbol.dispose]();
  }
}

describe('bin/app.ts', () => {
  test('synthesizes with neither account nor region, and passes CloudFormation’s own rules without a finding', () =>
    withApp(entry, {}, (synthesized) => {
      expect(synthesized.code).toBe(0);
      expect(target(synthesized)).toBe('aws://unknown-account/unknown-region');
      expect(JSON.parse(synthesized.file('validation-report.json'))).toMatchObject({ pluginReports: [] });
    }));

  test('synthesizes for the account and region that the CLI names', () =>
    withApp(entry, { CDK_VALIDATION: 'false', CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: 'eu-west-1' }, (synthesized) => {
      expect(synthesized.code).toBe(0);
      expect(target(synthesized)).toBe('aws://111122223333/eu-west-1');
    }));
});

test('a context that asks for half a role is a usage error: what is wrong, an example, exit code 2, and no stack trace', () =>
  withApp(entry, { CDK_CONTEXT_JSON: JSON.stringify({ ...context, repository: 'octo/notes' }) }, ({ code, output }) => {
    expect(code).toBe(2);
    expect(output).toBe('Usage: -c environment (preferred) or -c branch must say which jobs of the repository may deploy.\nnpm run deploy -- GitHubDeployRole -c repository=owner/name -c environment=production\n');
  }));

test('the context of cdk.json makes a broken rule an error', () =>
  withApp('test/bin/apps/invalid.ts', {}, (synthesized) => {
    expect(synthesized.code).not.toBe(0);
    expect(synthesized.output).toMatch(/ERROR.*Role/s);
  }));
