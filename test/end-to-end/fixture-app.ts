import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { program, type Project } from './project';

/**
 * Two stacks that need no bundling: `Base` has an SSM parameter and exports its name, `Reader` reads the export.
 * The context `prefix` gives them other names, `greeting` another text, the template parameter `Suffix` its end.
 */
export const twoStacks = `
import { App, CfnOutput, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
const prefix = app.node.tryGetContext('prefix') ?? '';
const base = new Stack(app, prefix + 'Base');
const suffix = new CfnParameter(base, 'Suffix', { default: 'none' });
const name = '/fixture/' + prefix + 'greeting';
const greeting = app.node.tryGetContext('greeting') ?? 'hello';
new SsmParameter(base, 'Greeting', { name, type: 'String', value: Fn.join(' ', [greeting, suffix.valueAsString]) });
new CfnOutput(base, 'Name', { value: name, exportName: prefix + 'fixture-name' });
const reader = new Stack(app, prefix + 'Reader');
new SsmParameter(reader, 'Copy', { name: '/fixture/' + prefix + 'copy', type: 'String', description: greeting, value: Fn.importValue(prefix + 'fixture-name') });
reader.addStackDependency(base);
`;

const runsFile = 'app-runs.txt';

/** An app in JavaScript: it is run again and again, and would be compiled each time. */
export function compiledApp(source: string): string {
  return transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20' }).code;
}

/** Puts `source` in the place of the app of `project`. It notes each time that it runs. */
export function writeApp(project: Project, source: string): void {
  const counting = `import { appendFileSync } from 'node:fs';\nappendFileSync('${runsFile}', 'x');\n${source}`;
  writeFileSync(join(project.directory, 'bin/app.js'), compiledApp(counting));
  rmSync(join(project.directory, 'bin/app.ts'));
  changeCdkJson(project, { app: 'node bin/app.js' });
}

/** How often the app of `writeApp` has run. */
export function appRuns(project: Project): number {
  const path = join(project.directory, runsFile);
  return existsSync(path) ? readFileSync(path, 'utf8').length : 0;
}

/** Changes the cdk.json of `project`. */
export function changeCdkJson(project: Project, change: { readonly context?: object; readonly [key: string]: unknown }): void {
  const path = join(project.directory, 'cdk.json');
  const before = JSON.parse(readFileSync(path, 'utf8')) as { readonly context: object };
  writeFileSync(path, JSON.stringify({ ...before, ...change, context: { ...before.context, ...change.context } }));
}

/** What the CLI itself says to an app. */
const ofCli = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:version-reporting': true, 'aws:cdk:bundling-stacks': ['**'] };

/**
 * Has the app of `project` alone make its assembly, as CDK would have it made: where synthesis is not what is tested, CDK is spared.
 *
 * @param folder in the project
 * @returns the option with which a command takes it
 */
export async function assemble(project: Project, folder: string, context: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const { app, context: said } = JSON.parse(readFileSync(join(project.directory, 'cdk.json'), 'utf8')) as { readonly app: string; readonly context: object };
  const output = join(project.directory, folder);
  rmSync(output, { recursive: true, force: true });
  const ran = await program(project, 'sh', ['-c', app], { CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify({ ...said, ...ofCli, ...context }), CDK_VALIDATION: 'false' });
  if (ran.code !== 0) throw new Error(ran.output);
  return ['--assembly', folder];
}
