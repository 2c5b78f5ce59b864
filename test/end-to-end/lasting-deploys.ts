import { join } from 'node:path';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { launch, makeProject, type Ran } from './project';

/** What befalls AWS, for ever or for two requests, while CDK deploys the stack of that name. */
const faults = {
  Reset: [/^s3 /, (emulator) => { emulator.behave('reset'); }],
  Unavailable: [/cloudformation CreateChangeSet/, (emulator) => { emulator.behave('unavailable'); }],
  Throttled: [/cloudformation CreateChangeSet/, (emulator) => { emulator.behave('throttled'); }],
  Gone: [/cloudformation CreateChangeSet/, (emulator) => { emulator.vanish(); }],
  ResetTwice: [/cloudformation ExecuteChangeSet/, (emulator) => { emulator.behave('reset', 2); }],
  UnavailableTwice: [/cloudformation ExecuteChangeSet/, (emulator) => { emulator.behave('unavailable', 2); }],
  ThrottledTwice: [/cloudformation ExecuteChangeSet/, (emulator) => { emulator.behave('throttled', 2); }],
} as const satisfies Readonly<Record<string, readonly [phase: RegExp, begin: (emulator: Emulator) => void]>>;

export type LastingStack = keyof typeof faults;

const stacks = Object.keys(faults) as readonly LastingStack[];

const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
for (const name of ${JSON.stringify(stacks)}) new SsmParameter(new Stack(app, name), 'Value', { name: '/fixture/' + name, type: 'String', value: 'x' });
`;

/** Deploys that each meet a fault, and mostly wait: CDK tries again for most of a minute, and needs no processor for it. */
export interface LastingDeploys {
  /** How it ended, and its AWS, where all is well again. */
  ended(stack: LastingStack): Promise<{ readonly ran: Ran; readonly emulator: Emulator }>;
  /** The same command once more. */
  again(stack: LastingStack): Promise<Ran>;
  close(): Promise<void>;
}

/** Starts them side by side, in a project of their own, each with its own AWS. Resolves when each has met its fault. */
export async function startLastingDeploys(): Promise<LastingDeploys> {
  const project = makeProject();
  const emulators: Emulator[] = [];
  writeApp(project, app);
  // Each with an assembly of its own: several deploy at once.
  const argsOf = new Map<LastingStack, readonly string[]>();
  for (const stack of stacks) argsOf.set(stack, ['--yes', ...await assemble(project, join('assemblies', stack)), stack]);

  const deploy = (stack: LastingStack, emulator: Emulator): Promise<Ran> => launch(project, 'deploy', argsOf.get(stack), emulator.environment);

  async function deployThrough(stack: LastingStack, reached: () => void): Promise<{ readonly ran: Ran; readonly emulator: Emulator }> {
    const emulator = await startBootstrapped();
    emulators.push(emulator);
    const [phase, begin] = faults[stack];
    emulator.when(phase, () => {
      begin(emulator);
      reached();
    });
    const ran = await deploy(stack, emulator);
    reached();
    emulator.behave('well');
    return { ran, emulator };
  }

  const endings = new Map<LastingStack, ReturnType<typeof deployThrough>>();
  await Promise.all(stacks.map((stack) => new Promise<void>((reached) => { endings.set(stack, deployThrough(stack, reached)); })));

  async function ended(stack: LastingStack): ReturnType<typeof deployThrough> {
    const ending = await endings.get(stack);
    if (ending === undefined) throw new Error(`${stack} was not begun.`);
    return ending;
  }

  return {
    ended,
    again: async (stack) => deploy(stack, (await ended(stack)).emulator),
    async close() {
      await Promise.allSettled(endings.values());
      for (const emulator of emulators) await emulator.close();
      project.remove();
    },
  };
}
