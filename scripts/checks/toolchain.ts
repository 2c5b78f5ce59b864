import type { Check } from './check';
import { fail, pass, skip, warn } from './result';

/** What a deployment is made with. */
export interface Toolchain {
  /** `20.20.2` */
  readonly node: string;
  /** The least version of Node that package.json asks for, `null` where it says none. */
  readonly leastNode: string | null;
  /** `null` where the CDK CLI is not installed in the project. */
  readonly cli: {
    readonly version: string;
    /** The newest schema of cloud assemblies that it reads, `null` where that cannot be told. */
    readonly schema: number | null;
  } | null;
  /** The schema of the assembly, or of what will write it. */
  readonly schema: { readonly version: number; readonly of: string } | null;
}

/** That Node and the project's own CDK CLI can do what is asked of them, before CDK says it late. */
export const toolchain: Check<Toolchain> = {
  id: 'toolchain',
  run({ node, leastNode, cli, schema }) {
    if (leastNode !== null && isOlder(node, leastNode)) {
      return fail('toolchain', 'TOOLCHAIN', `This is Node ${node}, and package.json asks for ${leastNode} or later.`, 'Install it, for example with: nvm install --lts');
    }
    if (cli === null) return fail('toolchain', 'TOOLCHAIN', 'The CDK CLI is not installed in this project.', 'npm ci');
    if (schema === null) return skip('toolchain', `Node ${node}, CDK CLI ${cli.version}; no aws-cdk-lib in this project to compare it with`);
    if (cli.schema === null) return warn('toolchain', `Cannot tell whether the CDK CLI ${cli.version} reads what ${schema.of} writes (schema ${schema.version}).`, 'npm install --save-exact aws-cdk@2   (and check that a deployment works)');
    if (schema.version > cli.schema) {
      return fail('toolchain', 'TOOLCHAIN', `The CDK CLI ${cli.version} of this project is too old for ${schema.of}: it reads cloud assemblies up to schema ${cli.schema}, and this one has ${schema.version}.`, 'npm install --save-exact aws-cdk@2   (the CLI of this project; a global one is not used)');
    }
    return pass('toolchain', `Node ${node}, CDK CLI ${cli.version}`);
  },
};

function numbers(version: string): number[] {
  return version.split('.').map(Number);
}

/** Compares versions number by number. */
export function isOlder(version: string, least: string): boolean {
  const [a, b] = [numbers(version), numbers(least)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
